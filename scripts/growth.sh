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

# Instructions of one call of `measured`, which is called $times times.
times=1000
instructions() {
    valgrind --tool=callgrind --toggle-collect=measured --callgrind-out-file=/dev/null \
        build/release/bin/growth "$1" "$2" 2>&1 | awk -v times="$times" '/Collected/ { printf "%d", $NF / times }'
}

printf '%-20s %12s %12s %12s\n' "instructions of" "100 members" "1,000" "10,000"
# row OPERATION MEMBERS...: the operation, and what it costs with so many members each.
row() {
    printf '%-20s' "$1"
    local operation=$1 members count
    shift
    for members in "$@"; do
        count=$(instructions "$members" "$operation")
        [ -n "$count" ] || die "valgrind did not count anything"
        printf ' %12s' "$count"
    done
    printf '\n'
}
for operation in say say-in-group say-stamped flush quiet-flush join-and-leave group-join-and-leave history-page \
    resume; do
    row "$operation" 100 1000 10000
done

say ""
say "Requests of a member of 128 full groups, in a room with 1,024 of them"
times=20
for request in who whois groups history away rename private-to-16 mentions-of-absent slash resume-all; do
    row "$request" 100 10000
done
