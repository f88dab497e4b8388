#!/usr/bin/env bash
# A room to try: builds the server and the client, starts the one and puts you into the other. When you leave, all ends.
#
#     scripts/demo.sh
#     printf 'name:lily\nhello\n:quit\n' | scripts/demo.sh
set -u
. "$(dirname "$0")/lib.sh"

server_pid=
server_log=
finish() {
    end_step
    if [ -n "$server_pid" ]; then
        kill "$server_pid" 2>/dev/null
        for _ in $(seq 50); do
            kill -0 "$server_pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$server_pid" 2>/dev/null
        wait "$server_pid" 2>/dev/null
    fi
    [ -z "$server_log" ] || rm -f "$server_log"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

install_missing g++ cmake ninja-build

say "Building the server and the client (build/release) ..."
quietly demo-configure cmake --preset release
quietly demo-build cmake --build --preset release --target tcp_server tcp_client

say "Starting the server ..."
bin=build/release/bin
server_log=$(mktemp)
set -m  # a group of its own: Ctrl-C is meant for the client, and the server ends after it
"$bin/tcp_server" --serve --port 0 --recent 10 --private 50 >"$server_log" 2>&1 </dev/null &
server_pid=$!
set +m

port=
for _ in $(seq 100); do
    port=$(sed -n 's/^listening on .*:\([0-9][0-9]*\)$/\1/p' "$server_log" | head -n 1)
    [ -z "$port" ] || break
    kill -0 "$server_pid" 2>/dev/null || break
    sleep 0.1
done
if [ -z "$port" ]; then
    cat "$server_log" >&2
    die "the server did not start to listen"
fi

if [ -t 0 ]; then
    say "The room is open on port $port. In a browser: http://127.0.0.1:$port/"
    say "More people join from other terminals, with either of:"
    say "    $PWD/$bin/tcp_client --port $port"
    say "    nc 127.0.0.1 $port"
    say ""
fi
"$bin/tcp_client" --port "$port" --start
status=$?
[ "$status" -eq 0 ] || say "The client ended with status $status."
exit "$status"
