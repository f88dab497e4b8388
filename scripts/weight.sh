#!/usr/bin/env bash
# Shows what it weighs to use minimeta: how long including it takes to compile, as a ratio to <vector>, <string> and
# <unordered_map> in the same run, and how large the server is.
#
#     scripts/weight.sh [COMPILER]
set -u
. "$(dirname "$0")/lib.sh"
trap end_step EXIT

compiler=${1:-g++}
install_missing g++ cmake ninja-build

# The least CPU time of several compilations, in milliseconds: what other work there is only ever adds to it.
rounds=15
milliseconds() {
    local TIMEFORMAT=%U
    { time "$compiler" -std=c++20 -Iinclude -fsyntax-only -x c++ - <<<"$1" 2>&3; } 3>&2 2>&1 | tr -d .
}
least() { sort -n | head -n 1; }

standard=$'#include <string>\n#include <unordered_map>\n#include <vector>\n'
ours=$'#include "minimeta/minimeta.hpp"\n'
standard_times= ours_times=
for _ in $(seq "$rounds"); do
    standard_times+="$((10#$(milliseconds "$standard")))"$'\n'
    ours_times+="$((10#$(milliseconds "$ours")))"$'\n'
done
a=$(printf '%s' "$standard_times" | least)
b=$(printf '%s' "$ours_times" | least)
say "<string>, <unordered_map>, <vector>:  $a ms"
say "minimeta/minimeta.hpp:                $b ms, $(awk -v a="$a" -v b="$b" 'BEGIN { printf "%.2f", b / a }') times that"

quietly weight-configure cmake --preset release
quietly weight-build cmake --build --preset release --target tcp_server
strip -o build/tcp_server.stripped build/release/bin/tcp_server
say "tcp_server, stripped:                 $(stat -c %s build/tcp_server.stripped) bytes"
