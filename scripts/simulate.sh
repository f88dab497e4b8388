#!/usr/bin/env bash
# A long simulation, on all cores: scripts/simulate.sh --minutes 10. It says how many events the room survived, and where it
# did not, how to have that again.
set -u
. "$(dirname "$0")/lib.sh"

minutes=1
case ${1-} in
    --minutes) minutes=${2:?"how many minutes?"} ;;
    '') ;;
    *) die "usage: scripts/simulate.sh [--minutes N]" ;;
esac

trap 'trap - EXIT; end_step; kill $(jobs -p) 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

install_missing g++ cmake ninja-build catch2
quietly simulate-configure cmake --preset dev
quietly simulate-build cmake --build --preset dev --target simulate

simulate() { build/dev/bin/simulate --seconds "$(awk "BEGIN { print 60 * $minutes }")" --seed "$1"; }

# Each core begins somewhere else, so far apart that they do not meet.
begin=$(od -An -N4 -tu4 /dev/urandom)
rm -f build/log/simulation-*
processes=()
for ((i = 0; i < jobs; ++i)); do
    simulate $((begin + i * 1000000000)) >"build/log/simulation-$i" &
    processes+=($!)
done
status=0
for process in "${processes[@]}"; do wait "$process" || status=1; done
for ((i = 0; i < jobs; ++i)); do cat "build/log/simulation-$i"; done
awk '/events survived/ { runs += $1; events += $3 } END { printf "in all: %d runs, %.0f events survived\n", runs, events }' \
    build/log/simulation-*
exit $status
