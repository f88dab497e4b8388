#!/usr/bin/env bash
# transcript.sh SERVER ROOT: the conversations that the guide shows happen like that.
#
# A block of text after <!-- transcript: NAME --> is what that member reads, or what the server logs. Ports are not compared.
set -u
server=$1 root=$2
. "$(dirname "$0")/lib.sh"

# serve NAME OPTION...: starts a server, whose log is $dir/NAME, and sets port.
serve() {
    local log=$dir/$1
    shift
    "$server" --serve --port 0 "$@" >"$log" 2>&1 </dev/null &
    pids+=($!)
    await_port "$log"
}

# join NAME: connects a member, which reads into $dir/NAME.
declare -A wire
join() {
    local fd
    exec {fd}<>"/dev/tcp/127.0.0.1/$port"
    wire[$1]=$fd
    cat <&"$fd" >"$dir/$1" &
    pids+=($!)
    type_line "$1" "name:$1"
    await "$1" "$dir/$1"
}

type_line() { printf '%s\n' "$2" >&"${wire[$1]}"; }

serve server
join bob
join eve
await "Welcome, eve!" "$dir/eve"
join lily
await "Welcome, lily!" "$dir/lily"
type_line lily "hello, everybody"
await "lily: hello, everybody" "$dir/bob"
type_line bob "hi lily"
await "bob: hi lily" "$dir/eve"
type_line eve "@lily psst, just for you"
await "psst" "$dir/lily"
type_line lily "@bbo are you there?"
await "Not here: bbo" "$dir/lily"
type_line lily "/who"
await "Here now" "$dir/lily"
type_line bob "/me waves"
await "* bob waves" "$dir/eve"
type_line eve "/quit"
await "Goodbye" "$dir/eve"
await "eve is gone" "$dir/lily"
type_line lily "/quit"
await "Goodbye" "$dir/lily"
await "lily left" "$dir/server"

serve chinese --lang zh
join 莉莉
await "欢迎你，莉莉" "$dir/莉莉"
type_line 莉莉 "@bob 你好"
await "bob 不在场" "$dir/莉莉"
type_line 莉莉 "/who"
await "在场 1 人" "$dir/莉莉"
type_line 莉莉 "/quit"
await "再见" "$dir/莉莉"

# compare NAME PAGE: the page shows what happened.
status=0
without_ports() { sed -E 's/(127\.0\.0\.1):[0-9]+/\1/'; }
compare() {
    awk -v marker="<!-- transcript: $1 -->" '
        $0 == marker { found = 1; next }
        found && /^```/ { if (inside) exit; inside = 1; next }
        inside && !/^\$ / { print }' "$root/$2" | without_ports >"$dir/shown"
    without_ports <"$dir/$1" | diff -u "$dir/shown" - || { echo "$2 does not show what $1 reads" >&2; status=1; }
}
for guide in docs/guide docs/guide/zh-CN; do
    for name in server lily eve; do compare "$name" "$guide/programs.md"; done
done
compare 莉莉 docs/guide/zh-CN/phrases.md
exit "$status"
