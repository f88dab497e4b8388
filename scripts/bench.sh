#!/usr/bin/env bash
# Measures, prints the medians, and draws docs/figures/. It takes a few minutes; what the figures mean is in
# docs/performance.md.
#
#     scripts/bench.sh
#     scripts/bench.sh --quick    less of everything; its figures go to build/bench/ and leave docs/figures/ alone
set -u
. "$(dirname "$0")/lib.sh"

trap end_step EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

out=build/bench
bin=build/release/bin
case ${1-} in
    "") quick='' rounds=5 sizes="10 30 100 300 900 3000" figures=docs/figures ;;
    --quick) quick=1 rounds=1 sizes="10 100 900" figures=$out ;;
    *)
        printf 'usage: scripts/bench.sh [--quick]\n' >&2
        exit 2
        ;;
esac

# Where there is no epoll, there is nothing to compare, and no figure is drawn.
servers="room-select"
[ "$(uname -s)" != Linux ] || servers="room-select room-epoll naive-epoll"

# The median of each group of numbers: lines of `KEY NUMBER...` to lines of `KEY MEDIAN...`, in the order of KEY.
medians() {
    sort -n | awk '
        function median(column,    n, i, j, t, sorted) {
            for (n = 1; n <= count; n++) {
                t = value[n, column]
                for (i = n; i > 1 && sorted[i - 1] > t; i--) sorted[i] = sorted[i - 1]
                sorted[i] = t
            }
            return count % 2 ? sorted[(count + 1) / 2] : (sorted[count / 2] + sorted[count / 2 + 1]) / 2
        }
        function finish(    c) {
            if (!count) return
            printf "%s", key
            for (c = 2; c <= columns; c++) printf " %.9g", median(c)
            print ""
            count = 0
        }
        $1 != key { finish(); key = $1 }
        { count++; columns = NF; for (c = 2; c <= NF; c++) value[count, c] = $c + 0 }
        END { finish() }'
}

# ---- Without a network

# Each benchmark's name and its "per delivery", out of the JSON: `room 64 100 5.1e-09` is 64 messages to 100 members.
deliveries_in() {
    awk -F'[:,]' '
        /"run_type": "iteration"/ { single = 1 }
        /"name": / { split($0, part, /"|\//); kind = part[4]; single = 0
                     members = messages = bytes = 0
                     for (i = 5; i in part; i++) {
                         if (part[i] ~ /^members:/) members = substr(part[i], 9)
                         if (part[i] ~ /^messages:/) messages = substr(part[i], 10)
                         if (part[i] ~ /^bytes:/) bytes = substr(part[i], 7)
                     } }
        /"per delivery": / && single && bytes + 0 == 64 && kind ~ /say_to_all$/ {
            printf "%s %d %d %.9g\n", kind == "say_to_all" ? "room" : "naive", messages, members, $2 * 1e9 }' "$1"
}

# The medians of all other benchmarks that have something of the kind, as lines of a table.
others_in() {
    awk -F'": |,' '
        function number(name, factor, digits) { return name in field ? sprintf(digits, field[name] * factor) : "" }
        function finish() {
            if (name ~ /_median$/ && name !~ /(say|lines)_to_all/ && ("per delivery" in field || "per member" in field)) {
                sub(/_median$/, "", name)
                printf "| %s | %s | %s | %s | %s | %s |\n", name, number("per delivery", 1e9, "%.3g"),
                    number("per member", 1e9, "%.3g"), number("bytes/member", 1, "%.4g"),
                    number("sends/member", 1, "%.3g"), number("new/message", 1, "%.2g") number("new/member", 1, "%.2g")
            }
            split("", field)
        }
        /^ *"name": / { finish(); name = $2; gsub(/"/, "", name) }
        /^ *"/ { key = $1; sub(/^ *"/, "", key); field[key] = $2 }
        END { finish() }' "$1" | sort -V
}

measure_room() {
    local kind messages
    say "== bench_room: $rounds rounds, interleaved"
    quietly bench-room "$bin/bench_room" --benchmark_repetitions="$rounds" \
        --benchmark_enable_random_interleaving=true --benchmark_min_time=0.02 \
        --benchmark_filter="${quick:+^(naive_)?say_to_all/.*bytes:64$}" \
        --benchmark_out="$out/room.json" --benchmark_out_format=json
    deliveries_in "$out/room.json" >"$out/room.txt"
    for kind in room naive; do
        for messages in 1 64; do
            awk -v k="$kind" -v m="$messages" '$1 == k && $2 == m { print $3, $4 }' "$out/room.txt" |
                medians >"$out/$kind-$messages.dat"
        done
    done
    say ""
    say "| members | minimeta, 1 message a turn | naive | minimeta, 64 messages | naive |"
    say "|---|---|---|---|---|"
    paste -d ' ' "$out/room-1.dat" "$out/naive-1.dat" "$out/room-64.dat" "$out/naive-64.dat" |
        awk '{ printf "| %d | %.3g | %.3g | %.3g | %.3g |\n", $1, $2, $4, $6, $8 }'
    say ""
    [ -n "$quick" ] && return
    say "| groups, history and storms | ns per delivery | per member | bytes per member | sends per member | new per message |"
    say "|---|---|---|---|---|---|"
    others_in "$out/room.json"
    say ""
}

# ---- Over TCP

# one_run MODE SERVER RECEIVERS: appends the result to tcp.json, and what is drawn of it to MODE-SERVER.txt. It is
# short, since a long run says no more on a machine that others use, too; the rounds do.
one_run() {
    local mode=$1 server=${2%-*} poller=${2#*-} receivers=$3 messages
    case $mode-$server in
        latency-*) messages=$((200000 / receivers)) ;;
        *-room) messages=$((2000000 / receivers)) ;;
        *) messages=$((200000 / receivers)) ;;
    esac
    [ "$messages" -le 2000 ] || [ "$mode" != latency ] || messages=2000
    quietly bench-tcp "$bin/tcp_fan_out" --json --mode "$mode" --server "$server" --poller "$poller" \
        --receivers "$receivers" --messages "$messages"
    cat build/log/bench-tcp >>"$out/tcp.json"
    awk -F'[:,]' '{
        for (i = 1; i < NF; i++) { gsub(/[ "{]/, "", $i); field[$i] = $(i + 1) }
        print field["receivers"] + 0, field["server_cpu_ns_per_delivery"] + 0, field["deliveries_per_s"] + 0,
            field["last_p50_us"] + 0, field["deliveries_per_receive"] + 0 }' build/log/bench-tcp >>"$out/$mode-$2.txt"
}

measure_tcp() {
    local round mode server receivers
    rm -f "$out"/tcp.json "$out"/throughput-*.txt "$out"/latency-*.txt
    for round in $(seq "$rounds"); do
        say "== tcp_fan_out: round $round of $rounds"
        for receivers in $sizes; do
            for mode in throughput latency; do
                for server in $servers; do
                    [ "$receivers" -lt 1000 ] || [ "$server" != room-select ] || continue  # where select() ends
                    one_run "$mode" "$server" "$receivers"
                done
            done
        done
    done
    say ""
    say "| mode | server | receivers | CPU ns per delivery | deliveries a second | until the last has it, us | at a time |"
    say "|---|---|---|---|---|---|---|"
    for mode in throughput latency; do
        for server in $servers; do
            medians <"$out/$mode-$server.txt" >"$out/$mode-$server.dat"
            awk -v first="| $mode | ${server/-/, }" \
                '{ printf "%s | %d | %.0f | %.0f | %.0f | %.1f |\n", first, $1, $2, $3, $4, $5 }' \
                "$out/$mode-$server.dat"
        done
    done
    say ""
}

SECONDS=0
say "== tools"
install_missing g++ cmake ninja-build libbenchmark-dev gnuplot-nox
say "== build"
quietly bench-configure cmake --preset release
quietly bench-build cmake --build --preset release --target bench_room tcp_fan_out
mkdir -p "$out" "$figures"

measure_room
measure_tcp
if [ "$(uname -s)" = Linux ]; then
    quietly bench-figures gnuplot -e "from = '$out'; into = '$figures'" bench/figures.gnuplot
    say "The figures are in $figures/."
fi
say "All that was measured is in $out/. It took $((SECONDS / 60)) min $((SECONDS % 60)) s."
