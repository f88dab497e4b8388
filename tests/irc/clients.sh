#!/usr/bin/env bash
# Real clients of IRC talk to each other and to somebody with nc: tests/irc/clients.sh SERVER. Needs ii, sic, weechat-headless, irssi
# and script, of which those that are not there are left out.
set -u
server=$1
home=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null; rm -rf "$home"' EXIT
cd "$home" || exit

fail() {
    printf 'clients.sh: %s\n' "$*" >&2
    tail -n 20 "$home"/*.log "$home"/ii/*/*/out 2>/dev/null >&2
    exit 1
}

# expect WHAT FILE: waits until the file has the text.
expect() {
    for _ in $(seq 200); do
        grep -aqF -- "$1" "$2" 2>/dev/null && return
        sleep 0.1
    done
    fail "$2 does not have: $1"
}

"$server" --serve --port 0 --rate 0 >server.log 2>&1 </dev/null &
expect "in a browser" server.log
port=$(sed -n 's/^listening on .*:\([0-9]*\)$/\1/p' server.log)

mkfifo nc.in
nc 127.0.0.1 "$port" <nc.in >nc.log &
exec 3>nc.in
echo "name:nc" >&3
expect "Welcome, nc!" nc.log

clients=()
if command -v ii >/dev/null; then
    ii -s 127.0.0.1 -p "$port" -n ivy -i ii >ii.log 2>&1 &
    expect "ivy(~u@minimeta) has joined #lobby" "ii/127.0.0.1/#lobby/out"
    echo "hello from ii" >"ii/127.0.0.1/#lobby/in"
    expect "ivy: hello from ii" nc.log
    clients+=(ii)
fi
if command -v sic >/dev/null; then
    mkfifo sic.in
    sic -h 127.0.0.1 -p "$port" -n sam <sic.in >sic.log 2>&1 &
    exec 4>sic.in
    expect "End of /NAMES list" sic.log
    echo ":m #lobby hello from sic" >&4
    expect "sam: hello from sic" nc.log
    clients+=(sic)
fi
if command -v weechat-headless >/dev/null; then
    weechat-headless -d weechat -r "/set logger.file.flush_delay 0; /server add m 127.0.0.1/$port -notls -nicks=wendy; /connect m" >weechat.log 2>&1 &
    expect "wendy joined." nc.log
    clients+=(weechat-headless)
fi
if command -v irssi >/dev/null && command -v script >/dev/null; then
    mkfifo irssi.in
    TERM=xterm script -qfc "irssi --home=$home/irssi -c 127.0.0.1 -p $port -n irma" irssi.log <irssi.in >/dev/null 2>&1 &
    exec 5>irssi.in
    expect "irma joined." nc.log
    printf '/msg #lobby hello from irssi\r' >&5
    expect "irma: hello from irssi" nc.log
    clients+=(irssi)
fi
[ "${#clients[@]}" -ne 0 ] || fail "there is no client of IRC here"

echo "good evening, all" >&3
[ -e "ii/127.0.0.1/#lobby/out" ] && expect "<nc> good evening, all" "ii/127.0.0.1/#lobby/out"
[ -e sic.log ] && expect "<nc> good evening, all" sic.log
[ -e weechat.log ] && expect "good evening, all" "weechat/logs/irc.m.#lobby.weechatlog"
echo "/quit" >&3
expect "Goodbye" nc.log
printf 'talked with %s\n' "${clients[*]}"
