#!/usr/bin/env bash
# Everything that must hold before a change goes in, from an empty machine on; CI runs nothing else. Each step is a
# workflow that can be run alone: `cmake --workflow --preset dev`. `scripts/test.sh --all` also does what takes too long for
# CI: other platforms and standard libraries, valgrind, clang-tidy, coverage.
set -u
. "$(dirname "$0")/lib.sh"

case ${1-} in
    --all | '') all=${1-} ;;
    *) die "usage: scripts/test.sh [--all]" ;;
esac

trap end_step EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

count=0
SECONDS=0

# workflow PRESET WHAT: configures, builds and tests; shows ctest's last lines.
workflow() {
    local preset=$1 log=build/log/$1 begin=$SECONDS passed
    say "== $preset: $2"
    quietly "$preset" "${runner[@]}" cmake --workflow --preset "$preset"
    sed -n '/tests passed,/p; /^Total Test time/p' "$log"
    passed=$(sed -n 's/.* tests passed, 0 tests failed out of \([0-9]*\).*/\1/p' "$log" | tail -n 1)
    [ -n "$passed" ] || die "$preset ran no tests; see $log"
    count=$((count + passed))
    say "   took $((SECONDS - begin)) s"
}

# Sanitizers keep their notes at fixed addresses. Where the kernel scatters programs more widely than they know, they die
# at the start, unless they are run without that.
choose_runner() {
    runner=()
    local bits
    bits=$(cat /proc/sys/vm/mmap_rnd_bits 2>/dev/null || echo 0)
    if [ "$bits" -gt 28 ] && setarch -R true 2>/dev/null; then runner=(setarch -R); fi
}

# Can a program with this sanitizer run here at all?
sanitizer_runs() {
    mkdir -p build/log
    echo 'int main() {}' | clang++ -fsanitize="$1" -x c++ - -o "build/log/probe-$1" &&
        "${runner[@]}" "build/log/probe-$1" >/dev/null 2>&1
}

# The end-to-end tests, in which valgrind runs the programs. Not those that need to have few descriptors, since it takes some
# for itself, nor a swarm, for which it is too slow.
memcheck() {
    local begin=$SECONDS logs=$PWD/build/log/memcheck
    say "== memcheck: the programs in the end-to-end tests, with valgrind"
    rm -rf "$logs"
    mkdir -p "$logs"
    MINIMETA_TEST_RUNNER="$(command -v valgrind) -q --leak-check=full --log-file=$logs/%p" \
        quietly memcheck-tests ctest --preset dev -L '^e2e$' -E 'few descriptors|two members can talk'
    grep -r . "$logs" && die "valgrind complains; see $logs"
    say "   took $((SECONDS - begin)) s"
}

say "== tools"
install_missing g++ clang cmake ninja-build catch2 libbenchmark-dev
install_missing libicu-dev unicode-data bzip2  # oracles of the tests about names
install_missing patch  # for the deliberate bugs
install_missing libasio-dev libuv1-dev libenet-dev qtbase5-dev  # whose event loops the examples are in
install_missing libclang-rt-dev  # by itself, since where there is no such package, clang brings what is in it
choose_runner
c++ --version | head -n 1
clang++ --version | head -n 1
cmake --version | head -n 1

# Other versions of clang-format have other opinions, so only this one is asked.
if have clang-format && clang-format --version | grep -q 'version 14\.'; then
    say "== format"
    find include examples tests bench -name '*.[ch]pp' -print0 |
        xargs -0 clang-format --dry-run -Werror || die "the format is not that of .clang-format (clang-format -i mends it)"
else
    say "== format: skipped, there is no clang-format 14 here"
fi

bash scripts/lint.sh cppcheck || exit

workflow dev "all tests with g++, warnings are errors"
workflow asan "everything with clang++, and with AddressSanitizer and UndefinedBehaviorSanitizer"
if sanitizer_runs thread; then
    workflow tsan "the tests of net/ and of the programs with ThreadSanitizer"
else
    say "== tsan: skipped, ThreadSanitizer does not run on this machine"
fi
workflow release "examples and benchmarks, optimised; each runs once"

if [ -n "$all" ]; then
    install_missing libc++-dev libc++abi-dev valgrind
    workflow libcxx "with clang++ and its own standard library"
    memcheck
    install_missing g++-multilib
    workflow m32 "with 32 bits"
    install_missing binutils-s390x-linux-gnu libstdc++-12-dev-s390x-cross qemu-user
    workflow big-endian "the core on a big-endian machine, emulated"
    install_missing g++-mingw-w64-x86-64-posix wine
    workflow mingw "the core on Windows, emulated"
    say "== browser: the page in Chromium"
    bash scripts/browser.sh "$PWD/build/release/bin/tcp_server" || exit
    say "== irc: real clients"
    install_missing ii sic irssi weechat-headless netcat-openbsd
    bash tests/irc/clients.sh "$PWD/build/release/bin/tcp_server" || exit
    bash scripts/lint.sh clang-tidy || exit
    say "== coverage"
    bash scripts/coverage.sh || exit
fi

say ""
say "All passed: $count tests in $((SECONDS / 60)) min $((SECONDS % 60)) s."
