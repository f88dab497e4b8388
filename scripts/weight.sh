#!/usr/bin/env bash
# Shows what it weighs to use minimeta: what it costs to compile a program that includes it, that uses a room in memory, and
# that uses one over TCP, as ratios to a program that includes <string>, <unordered_map> and <vector>, in the same run; and
# how large the server is.
#
#     scripts/weight.sh [COMPILER [INCLUDE_DIRECTORY]]
set -u
. "$(dirname "$0")/lib.sh"
trap end_step EXIT

compiler=${1:-g++}
include=${2:-include}
install_missing g++ cmake ninja-build

standard='#include <string>
#include <unordered_map>
#include <vector>
int main() {}'

included='#include "minimeta/minimeta.hpp"
int main() {}'

in_memory='#include <cstdio>
#include "minimeta/minimeta.hpp"
int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport};
    const auto lily = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.settle(room);
    std::puts(transport.take(lily).c_str());
}'

over_tcp='#include <cstdio>
#include "minimeta/minimeta.hpp"
#include "minimeta/net/tcp_transport.hpp"
int main() {
    minimeta::SelectTransport transport;
    minimeta::Room room{transport};
    auto listening = transport.listen("127.0.0.1", 5000);
    if (!listening) return std::puts(listening.error().text().c_str());
    transport.run(room);
}'

# CPU time of one compilation without optimisation, in milliseconds.
milliseconds() {
    local TIMEFORMAT=%U time
    time=$({ time "$compiler" -std=c++20 -I"$include" -c -x c++ -o /dev/null - <<<"$1" 2>&3; } 3>&2 2>&1) || exit 1
    printf '%s\n' "$((10#${time//./}))"
}

# The least of several, taken by turns: what other work there is only ever adds to it.
programs=("$standard" "$included" "$in_memory" "$over_tcp")
least=()
for _ in $(seq 10); do
    for i in "${!programs[@]}"; do
        took=$(milliseconds "${programs[i]}") || die "$compiler refuses what it should compile"
        if [ -z "${least[i]:-}" ] || [ "$took" -lt "${least[i]}" ]; then least[i]=$took; fi
    done
done

line() { say "$1 $2 ms, $(awk -v a="${least[0]}" -v b="$2" 'BEGIN { printf "%.2f", b / a }') times the first"; }
say "$compiler, CPU time to compile"
say "<string>, <unordered_map>, <vector>:   ${least[0]} ms"
line "minimeta/minimeta.hpp:                " "${least[1]}"
line "a room in memory:                     " "${least[2]}"
line "a room over TCP:                      " "${least[3]}"

quietly weight-configure cmake --preset release
quietly weight-build cmake --build --preset release --target tcp_server
strip -o build/tcp_server.stripped build/release/bin/tcp_server
say "tcp_server, stripped:                  $(stat -c %s build/tcp_server.stripped) bytes"
