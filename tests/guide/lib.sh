# What chat.sh and transcript.sh share, to be sourced: $dir for their files, removed in the end with the processes in $pids;
# and await.
dir=$(mktemp -d)
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
    wait
    rm -rf "$dir"
}
trap finish EXIT

# await TEXT FILE: until the file has the text.
await() {
    for _ in $(seq 200); do
        grep -qF -- "$1" "$2" 2>/dev/null && return
        sleep 0.05
    done
    echo "\"$1\" did not appear; $2 has:" >&2
    cat "$2" >&2
    exit 1
}

# await_port LOG: until the server whose log this is listens; sets port.
await_port() {
    await "listening on 127.0.0.1:" "$1"
    port=$(sed -n 's/^listening on .*://p' "$1")
}
