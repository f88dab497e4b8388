# What the scripts share; to be sourced. It enters the repository's root, so that they can be called from anywhere.
#
# A step is quiet while all is well: its output goes to a file in build/log/, which is shown when the step fails.

cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1

say() { printf '%s\n' "$*"; }

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# A step runs in a process group of its own, so that whatever it has started ends with it. Scripts set a trap:
# `trap end_step EXIT`.
step_pid=
end_step() {
    [ -n "$step_pid" ] || return 0
    kill -TERM -- "-$step_pid" 2>/dev/null
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        kill -0 -- "-$step_pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL -- "-$step_pid" 2>/dev/null
    step_pid=
}

# give_up LOG STATUS COMMAND...: shows what the step said, and ends the script.
give_up() {
    cat "$1" >&2
    die "failed with status $2: ${*:3} (what it said is above, and in $1)"
}

# quietly NAME COMMAND...: runs the command, with its output in build/log/NAME.
quietly() {
    local log=build/log/$1 status=0
    shift
    mkdir -p build/log
    set -m
    "$@" >"$log" 2>&1 </dev/null &
    step_pid=$!
    set +m
    wait "$step_pid" || status=$?
    end_step
    [ "$status" -eq 0 ] || give_up "$log" "$status" "$@"
}

# The same for what may ask for a password.
in_front() {
    local log=build/log/$1
    shift
    mkdir -p build/log
    "$@" >"$log" 2>&1 </dev/null || give_up "$log" "$?" "$@"
}

# Is there a header of this name for the compiler?
have_header() { printf '#if !__has_include(<%s>)\n#error\n#endif\n' "$1" | c++ -E -x c++ - >/dev/null 2>&1; }

# Is this there already? Asked by the name of the Debian package that brings it.
have_package() {
    case $1 in
        g++) have c++ ;;
        clang) have clang++ ;;
        libclang-rt-dev) echo 'int main() {}' | clang++ -fsanitize=address -x c++ - -o /dev/null 2>/dev/null ;;
        ninja-build) have ninja ;;
        catch2) have_header catch2/catch_all.hpp || have_header catch2/catch.hpp ;;
        libbenchmark-dev) have_header benchmark/benchmark.h ;;
        libicu-dev) have_header unicode/uspoof.h ;;
        libc++-dev | libc++abi-dev) echo 'int main() {}' | clang++ -stdlib=libc++ -x c++ - -o /dev/null 2>/dev/null ;;
        g++-multilib) echo '#include <string>' | c++ -m32 -x c++ -c - -o /dev/null 2>/dev/null ;;
        g++-mingw-w64-x86-64-posix) have x86_64-w64-mingw32-g++-posix ;;
        binutils-s390x-linux-gnu) have s390x-linux-gnu-ld ;;
        libstdc++-12-dev-s390x-cross) [ -e /usr/s390x-linux-gnu/include/c++/12 ] ;;
        qemu-user) have qemu-s390x ;;
        unicode-data) [ -e /usr/share/unicode/NormalizationTest.txt.bz2 ] ;;
        *) have "$1" ;;
    esac
}

# install_missing PACKAGE...: installs what is not there, on Debian and its relatives; elsewhere says what is needed. A
# machine that has all of it needs neither a network nor any rights.
install_missing() {
    local package missing=() as_root=()
    for package in "$@"; do
        have_package "$package" || missing+=("$package")
    done
    if [ "${#missing[@]}" -gt 0 ]; then
        have apt-get || die "please install, by their names on Debian: ${missing[*]}"
        if [ "$(id -u)" -ne 0 ]; then
            have sudo || die "please install, as root: apt-get install ${missing[*]}"
            as_root=(sudo)
            [ -t 0 ] || as_root=(sudo -n)  # nobody is there to type a password
            "${as_root[@]}" true || die "please install, as root: apt-get install ${missing[*]}"
        fi
        say "Installing ${missing[*]} ..."
        as_root+=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300)
        in_front apt-update "${as_root[@]}" update
        in_front apt-install "${as_root[@]}" install -y --no-install-recommends "${missing[@]}"
    fi
    check_cmake
}

# The presets are in a format that CMake reads since 3.25.
check_cmake() {
    local version
    version=$(cmake --version | sed -n '1s/[^0-9]*\([0-9]*\.[0-9]*\).*/\1/p')
    [ "${version%%.*}" -gt 3 ] || [ "${version##*.}" -ge 25 ] ||
        die "this needs CMake 3.25 or newer, and here is $version (newer ones: https://cmake.org/download, or pip install cmake)"
}

jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$jobs}
export CTEST_PARALLEL_LEVEL=${CTEST_PARALLEL_LEVEL:-$jobs}
