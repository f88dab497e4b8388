#!/usr/bin/env bash
# A soak: 2,000 members come, talk, reset, resume and go at the example server for ten minutes; its memory must stay flat, and
# no descriptor may be left. scripts/soak.sh [--minutes N] [--members N]. Linux only.
set -u
. "$(dirname "$0")/lib.sh"

minutes=10
members=2000
while [ $# -gt 0 ]; do
    case $1 in
        --minutes) minutes=${2:?"how many minutes?"} ;;
        --members) members=${2:?"how many members?"} ;;
        *) die "usage: scripts/soak.sh [--minutes N] [--members N]" ;;
    esac
    shift 2
done

server=
trap 'end_step; [ -z "$server" ] || kill "$server" 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

install_missing g++ cmake ninja-build catch2
quietly soak-configure cmake --preset release -DMINIMETA_BUILD_TESTS=ON
quietly soak-build cmake --build --preset release --target tcp_server soak

log=build/log/soak-server
ulimit -n "$(ulimit -Hn)"
build/release/bin/tcp_server --serve --poller epoll --port 0 >"$log" 2>&1 </dev/null &
server=$!
port=
for _ in $(seq 100); do
    port=$(sed -n 's/.*127\.0\.0\.1:\([0-9]*\).*/\1/p' "$log" | head -n 1)
    [ -z "$port" ] || break
    sleep 0.1
done
[ -n "$port" ] || die "the server does not start; see $log"
status=0
build/release/bin/soak "$port" "$server" "$members" "$(awk "BEGIN { print int(60 * $minutes) }")" || status=1
kill "$server"
wait "$server" || status=1
server=
exit $status
