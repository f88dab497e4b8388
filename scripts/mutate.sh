#!/usr/bin/env bash
# Applies the deliberate bugs of tests/mutations/, one by one, to copies of the tree, and tells which tests catch each:
# scripts/mutate.sh, or scripts/mutate.sh NAME... for some. What survives is a missing test.
#
# A patch says which tests are likely to catch it: those run first. A bug that does not compile is caught by no test, so that is
# an error, as is a patch that does not apply (any more).
set -u
. "$(dirname "$0")/lib.sh"

trap 'trap - EXIT; kill $(jobs -p) 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

kinds="unit simulate scenario net e2e"  # of tests, those that catch most for their time first

# The unit tests of the headers that a patch changes, without all the others.
nearest() {
    local header test objects=()
    for header in $(sed -n 's,^+++ b/include/minimeta/\(.*\)\.hpp.*,\1,p' "$1"); do
        for test in "tests/unit/$header"_test.cpp "tests/unit/$header"_*_test.cpp; do
            [ -e "$test" ] && objects+=("tests/CMakeFiles/unit_tests.dir/${test#tests/}.o")
        done
    done
    [ "${#objects[@]}" -gt 0 ] || return 0
    ninja -C build/dev test_main "${objects[@]}" || return 2
    (cd build/dev && c++ -o bin/nearest "${objects[@]}" tests/libtest_main.a -pthread) || return 0  # it may need more
    timeout 120 build/dev/bin/nearest || return 1
}

# Builds and runs tests of one kind: 0 if they pass, 1 if one fails, 2 if they do not build.
run_tests() {
    case $1 in
        unit)
            nearest "$2" || return
            ninja -C build/dev unit_tests || return 2
            timeout 300 build/dev/bin/unit_tests || return 1
            ;;
        simulate)
            ninja -C build/dev simulate || return 2
            timeout 600 build/dev/bin/simulate --seed 1 --runs 200 || return 1
            ;;
        net)
            ninja -C build/dev net_tests net_epoll_tests || return 2
            timeout 300 build/dev/bin/net_tests && timeout 300 build/dev/bin/net_epoll_tests || return 1
            ;;
        *)
            ninja -C build/dev "$1_tests" || return 2
            timeout 300 "build/dev/bin/$1_tests" || return 1
            ;;
    esac
}

# try PATCH: in a copy of the tree, applies it, looks who catches it, and takes it back.
try() {
    local patch=$1 name hint kind status=0 begin=$SECONDS
    name=$(basename "$patch" .patch)
    if ! patch -p1 -s -f <"$patch"; then
        echo "ERROR     $name does not apply any more" >&3
        return 1
    fi
    hint=$(sed -n 's/^Caught by: //p' "$patch")
    for kind in $hint ${kinds/$hint/}; do
        run_tests "$kind" "$patch"
        status=$?
        [ "$status" -eq 0 ] || break
    done
    patch -p1 -s -f -R <"$patch"
    case $status in
        0) echo "SURVIVED  $name: $(head -n 1 "$patch")" >&3 ;;
        1) echo "caught    $name, by $kind, in $((SECONDS - begin)) s" >&3 ;;
        *) echo "ERROR     $name does not compile" >&3 ;;
    esac
    [ "$status" -eq 1 ]
}

# worker N OF PATCH...: tries every OFth patch in a copy of the tree of its own.
worker() {
    local number=$1 of=$2 tree=build/mutate/$1 failed=0 i=0 patch
    shift 2
    mkdir -p "$tree"
    tar -c --exclude=./build --exclude=./.git . | tar -x -m -C "$tree"
    cd "$tree" || return 1
    cmake --preset dev -DCMAKE_COMPILE_WARNING_AS_ERROR=OFF
    for patch in "$@"; do
        [ $((i++ % of)) -ne "$number" ] || try "$patch" || failed=1
    done
    return "$failed"
}

install_missing g++ cmake ninja-build catch2 patch
patches=()
for name in "$@"; do patches+=("tests/mutations/$name.patch"); done
[ $# -gt 0 ] || patches=(tests/mutations/*.patch)
mkdir -p build/mutate
workers=()
for ((i = 0; i < jobs; ++i)); do
    CMAKE_BUILD_PARALLEL_LEVEL=1 worker $i "$jobs" "${patches[@]}" 3>&1 >"build/mutate/$i.log" 2>&1 </dev/null &
    workers+=($!)
done
status=0
for worker in "${workers[@]}"; do wait "$worker" || status=1; done
say "${#patches[@]} deliberate bugs in $((SECONDS / 60)) min"
[ "$status" -eq 0 ] || die "not all of them were caught; the logs are build/mutate/*.log"
say "All of them were caught."
