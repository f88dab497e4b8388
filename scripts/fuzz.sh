#!/usr/bin/env bash
# Fuzzes with libFuzzer, beginning with the inputs in tests/fuzz/corpus/: scripts/fuzz.sh [--minutes N] [BODY...]. Each body
# gets so many minutes (default: 1), as many at once as there are cores. An input that breaks something is left in
# build/fuzz/finds/: mend what it shows, and copy it to the corpus, where it is replayed as a test from then on.
set -u
. "$(dirname "$0")/lib.sh"

trap 'trap - EXIT; end_step; kill $(jobs -p) 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

minutes=1
if [ "${1-}" = --minutes ]; then
    minutes=${2:?"how many minutes?"}
    shift 2
fi
bodies=("$@")
[ $# -gt 0 ] || bodies=(decoder name room client history_file)

install_missing g++ clang cmake ninja-build catch2
install_missing libclang-rt-dev
quietly fuzz-configure cmake --preset fuzz
quietly fuzz-build cmake --build --preset fuzz --target "${bodies[@]/%/_fuzz}"

# fuzz BODY: what it learns stays in build/fuzz/corpus/, so that the next time goes on there.
fuzz() {
    local learned=build/fuzz/corpus/$1 log=build/log/fuzz-$1
    mkdir -p "$learned" build/fuzz/finds
    build/fuzz/bin/"$1"_fuzz -max_total_time="$(awk "BEGIN { print int(60 * $minutes) }")" -max_len=2000 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/finds/$1-" "$learned" "tests/fuzz/corpus/$1" >"$log" 2>&1 </dev/null
    local status=$?
    say "$1: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") runs$([ $status -eq 0 ] || echo ", and a FIND; see $log")"
    return $status
}

status=0
for ((i = 0; i < ${#bodies[@]}; i += jobs)); do
    running=()
    for body in "${bodies[@]:i:jobs}"; do
        fuzz "$body" &
        running+=($!)
    done
    for process in "${running[@]}"; do wait "$process" || status=1; done
done
exit $status
