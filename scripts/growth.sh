#!/usr/bin/env bash
# Shows how the cost of what a room does grows with its members, in instructions, which do not depend on what else the
# machine does: a table of 100, 1,000 and 10,000 members.
#
#     scripts/growth.sh
set -u
. "$(dirname "$0")/lib.sh"
trap end_step EXIT

install_missing g++ cmake ninja-build valgrind

say "Building (build/release) ..."
quietly growth-configure cmake --preset release
quietly growth-build cmake --build --preset release --target growth

# Instructions of one call of `measured`, which is called a thousand times.
instructions() {
    valgrind --tool=callgrind --toggle-collect=measured --callgrind-out-file=/dev/null \
        build/release/bin/growth "$1" "$2" 2>&1 | awk '/Collected/ { printf "%d", $NF / 1000 }'
}

printf '%-20s %12s %12s %12s\n' "instructions of" "100 members" "1,000" "10,000"
for operation in say say-in-group say-stamped flush quiet-flush join-and-leave group-join-and-leave history-page \
    resume; do
    printf '%-20s' "$operation"
    for members in 100 1000 10000; do
        count=$(instructions "$members" "$operation")
        [ -n "$count" ] || die "valgrind did not count anything"
        printf ' %12s' "$count"
    done
    printf '\n'
done
