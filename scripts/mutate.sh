#!/usr/bin/env bash
# Applies the deliberate bugs of tests/mutations/, one by one, to copies of the tree, and tells which tests catch each:
# scripts/mutate.sh, or scripts/mutate.sh NAME... for some. What survives is a missing test.
#
# A patch says which tests are likely to catch it: those run first. A bug that does not compile is caught by no test, so that
# is an error, as is a patch that does not apply (any more), and a test that fails without the bug, too.
set -u
. "$(dirname "$0")/lib.sh"

workers=()
trap 'trap - EXIT; for each in "${workers[@]}"; do kill -TERM -- "-$each" 2>/dev/null; done' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

kinds="unit simulate scenario net e2e"  # of tests, those that catch most for their time first

build() { ninja -j 1 -C build/dev "$@"; }  # since there are as many workers as cores

run() { timeout --foreground "$@" || return 1; }

# The unit tests of the headers that a patch changes, without all the others.
nearest() {
    local header test objects=()
    for header in $(sed -n 's,^+++ b/include/minimeta/\(.*\)\.hpp.*,\1,p' "$1"); do
        [[ $header == net/* ]] && continue  # which are no unit_tests
        for test in "tests/unit/$header"_test.cpp "tests/unit/$header"_*_test.cpp; do
            [ -e "$test" ] && objects+=("tests/CMakeFiles/unit_tests.dir/${test#tests/}.o")
        done
    done
    [ "${#objects[@]}" -gt 0 ] || return 0
    build test_main "${objects[@]}" || return 2
    (cd build/dev && c++ -o bin/nearest "${objects[@]}" tests/libtest_main.a -pthread) || return 0  # it may need more
    run 120 build/dev/bin/nearest
}

# Builds and runs tests of one kind: 0 if they pass, 1 if one fails, 2 if they do not build.
run_tests() {
    case $1 in
        unit)
            nearest "$2" || return
            build unit_tests || return 2
            run 300 build/dev/bin/unit_tests
            ;;
        simulate)
            build simulate || return 2
            run 600 build/dev/bin/simulate --seed 1 --runs 200
            ;;
        net)
            build net_tests net_epoll_tests || return 2
            run 300 build/dev/bin/net_tests && run 300 build/dev/bin/net_epoll_tests
            ;;
        *)
            build "$1_tests" || return 2
            run 300 "build/dev/bin/$1_tests"
            ;;
    esac
}

# passes KIND PATCH: the same, with the output in the file `last`. Tests with real sockets and programs have to fail twice.
passes() {
    local status=1 times=1
    case $1 in net | e2e) times=2 ;; esac
    while [ "$status" -eq 1 ] && [ $((times--)) -gt 0 ]; do
        run_tests "$1" "$2" >last 2>&1
        status=$?
        cat last
    done
    return "$status"
}

# What failed, in a few words: the name of a case of Catch2, or what a simulation says, or how a program died.
failure() {
    awk '/^-----------------/ { getline; exit }  /^(connection|person|the (room|program)) / { exit }  END { print }' last |
        cut -c 1-100
}

declare -A sound  # kinds that are known to pass without a bug
try() {           # PATCH: in a copy of the tree, applies it, looks who catches it, and takes it back.
    local patch=$1 name kind status=0 begin=$SECONDS by
    name=$(basename "$patch" .patch)
    if ! patch -F0 -p1 -s -f <"$patch"; then
        echo "ERROR     $name does not apply any more" >&3
        return 1
    fi
    for kind in $({ sed -n 's/^Caught by: //p' "$patch"; echo "$kinds"; } | tr ' ' '\n' | awk '!seen[$0]++'); do
        passes "$kind" "$patch"
        status=$?
        [ "$status" -eq 0 ] || break
    done
    by=$(failure)
    patch -p1 -s -f -R <"$patch"
    if [ "$status" -eq 1 ] && [ -z "${sound[$kind]-}" ]; then
        passes "$kind" "$patch" && sound[$kind]=yes || status=3
    fi
    case $status in
        0) echo "SURVIVED  $name: $(head -n 1 "$patch")" >&3 ;;
        1) echo "caught    $name, by $kind, in $((SECONDS - begin)) s: $by" >&3 ;;
        2) echo "ERROR     $name does not compile" >&3 ;;
        *) echo "ERROR     $name: $kind fails without it, too" >&3 ;;
    esac
    [ "$status" -eq 1 ]
}

# worker N OF PATCH...: tries every OFth patch in a copy of the tree of its own.
worker() {
    local number=$1 of=$2 tree=build/mutate/$1 failed=0 i=0 patch
    shift 2
    set +m  # what it starts stays in its group
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
set -m  # each worker in a process group, so that what it has started ends with it
for ((i = 0; i < jobs; ++i)); do
    worker $i "$jobs" "${patches[@]}" 3>&1 >"build/mutate/$i.log" 2>&1 </dev/null &
    workers+=($!)
done
set +m
status=0
for worker in "${workers[@]}"; do wait "$worker" || status=1; done
say "${#patches[@]} deliberate bugs in $((SECONDS / 60)) min"
[ "$status" -eq 0 ] || die "not all of them were caught; the logs are build/mutate/*.log"
say "All of them were caught."
