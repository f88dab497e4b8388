# A big-endian machine with 64 bits: IBM's s390x, which clang++ compiles for and qemu runs. g++ would need a second compiler,
# and Debian's cannot be installed beside g++-multilib, which the preset m32 needs.
#
# Debian: binutils-s390x-linux-gnu libstdc++-12-dev-s390x-cross qemu-user
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR s390x)
set(CMAKE_CXX_COMPILER clang++)
set(CMAKE_CXX_COMPILER_TARGET s390x-linux-gnu)
set(CMAKE_FIND_ROOT_PATH /usr/s390x-linux-gnu)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-s390x -L /usr/s390x-linux-gnu)
