#!/usr/bin/env bash
# chat.sh SERVER CLIENT: two people chat through the server, which prints where it listens.
set -u
server=$1 client=$2
dir=$(mktemp -d)
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    wait
    rm -rf "$dir"
}
trap finish EXIT

# await TEXT FILE: until the text is in the file.
await() {
    for _ in $(seq 100); do
        grep -qF -- "$1" "$2" 2>/dev/null && return
        sleep 0.1
    done
    echo "nobody said \"$1\"; $2 holds:" >&2
    cat "$2" >&2
    exit 1
}

"$server" >"$dir/server" </dev/null &
pids+=($!)
await "listening on 127.0.0.1:" "$dir/server"
port=$(sed -n 's/^listening on .*://p' "$dir/server")

mkfifo "$dir/bob-types"
"$client" --port "$port" --name bob <"$dir/bob-types" >"$dir/bob" 2>&1 &
pids+=($!)
exec 3>"$dir/bob-types"
await "Welcome, bob!" "$dir/bob"

printf 'hello\npsst @bob\n' | "$client" --port "$port" --name lily >"$dir/lily" 2>&1 || exit 1
await "Welcome, lily!" "$dir/lily"
await "Sent in private to bob" "$dir/lily"
await "-- Goodbye!" "$dir/lily"
await "-- lily joined." "$dir/bob"
await "lily: hello" "$dir/bob"
await "[private] lily: psst @bob" "$dir/bob"
await "-- lily is gone." "$dir/bob"
exec 3>&-
