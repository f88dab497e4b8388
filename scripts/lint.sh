#!/usr/bin/env bash
# Looks for mistakes without running anything: cppcheck in seconds, and clang-tidy, which takes minutes; both, or one of them:
# scripts/lint.sh [cppcheck|clang-tidy]. Neither may have a word to say. Other versions than Debian 12's have other opinions,
# and are not asked.
set -u
. "$(dirname "$0")/lib.sh"

trap end_step EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# All but the tests with Catch2, whose macros the one cannot read, and the other has a taste about.
ours="examples bench tests/simulation tests/soak tests/fuzz tests/guide"

# Each file is read by itself, since cppcheck 2.10 ends at the first header with C++20 that it does not know: `unread`. It is
# wrong about
#   ctuOneDefinitionRuleViolation: these are several programs
#   danglingTempReference, danglingTemporaryLifetime: a function that is given a temporary need not return a part of it
#   invalidPrintfArgType_uint: std::uintmax_t{…} is a std::uintmax_t
#   uninitMemberVar: a buffer is written before it is read
unread='unicode_tables|base/variant|protocol/protocol_set'
cppcheck_all() {
    find include $ours -name '*.[ch]pp' | grep -vE "($unread)\.hpp" | sort |
        xargs cppcheck --std=c++20 --language=c++ --quiet --error-exitcode=1 --enable=warning,performance,portability \
            --suppress=missingInclude --suppress=missingIncludeSystem \
            --suppress=ctuOneDefinitionRuleViolation --suppress=danglingTempReference \
            --suppress=danglingTemporaryLifetime --suppress=invalidPrintfArgType_uint --suppress=uninitMemberVar
}

# .clang-tidy says what is looked for.
clang_tidy_all() {
    find $ours -name '*.cpp' | sort | xargs -P "$jobs" -n 1 clang-tidy -p build/dev --quiet --warnings-as-errors='*'
}

lint_with_cppcheck() {
    install_missing cppcheck
    if cppcheck --version | grep -q ' 2\.10'; then
        say "== cppcheck"
        quietly cppcheck cppcheck_all
    else
        say "== cppcheck: skipped, this is not version 2.10"
    fi
}
lint_with_clang_tidy() {
    install_missing g++ clang-tidy cmake ninja-build catch2 libbenchmark-dev
    if clang-tidy --version | grep -q 'version 14\.'; then
        say "== clang-tidy"
        quietly lint-configure cmake --preset dev -DMINIMETA_BUILD_BENCHMARKS=ON
        quietly clang-tidy clang_tidy_all
    else
        say "== clang-tidy: skipped, this is not version 14"
    fi
}

case ${1-} in
    cppcheck) lint_with_cppcheck ;;
    clang-tidy) lint_with_clang_tidy ;;
    '') lint_with_cppcheck && lint_with_clang_tidy ;;
    *) die "usage: scripts/lint.sh [cppcheck|clang-tidy]" ;;
esac
