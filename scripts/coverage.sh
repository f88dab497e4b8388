#!/usr/bin/env bash
# Tells how much of include/ the tests reach; build/coverage/lines.html shows what they do not. A header of which less than
# 95 % of the lines are reached needs a reason in tests/coverage.txt, and a reason that is not needed any more has to go.
set -u
. "$(dirname "$0")/lib.sh"

trap end_step EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

install_missing g++ cmake ninja-build catch2 gcovr
find build/coverage -name '*.gcda' -delete 2>/dev/null
quietly coverage cmake --workflow --preset coverage
quietly gcovr gcovr --root . --filter include/ -j "$jobs" --csv build/coverage/lines.csv \
    --html-details build/coverage/lines.html build/coverage

awk -F '[ ,]+' '
    FNR == NR { if (!/^#/) reason[$1] = 1; next }
    FNR == 1 { next }
    { lines += $2; reached += $3; low = $3 < 0.95 * $2 }
    low && !($1 in reason) { print $1 ": " $3 " of " $2 " lines are reached, and nothing says why"; wrong = 1 }
    !low && ($1 in reason) { print $1 ": its reason in tests/coverage.txt is not needed any more"; wrong = 1 }
    END { printf "%d of %d lines of include/ are reached: %.1f %%\n", reached, lines, 100 * reached / lines; exit wrong }
' tests/coverage.txt build/coverage/lines.csv
