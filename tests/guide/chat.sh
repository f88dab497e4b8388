#!/usr/bin/env bash
# chat.sh SERVER CLIENT: two people chat through the server, which prints where it listens.
set -u
server=$1 client=$2
. "$(dirname "$0")/lib.sh"

"$server" >"$dir/server" </dev/null &
pids+=($!)
await_port "$dir/server"

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
