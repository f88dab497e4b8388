# Windows, where the core has to compile and work as anywhere; net/ is for POSIX. With MinGW-w64, its threads being those
# of POSIX, and linked statically, so that Wine finds all of a program in one place.
#
# Debian: g++-mingw-w64-x86-64-posix wine
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
set(CMAKE_EXE_LINKER_FLAGS_INIT -static)
set(CMAKE_FIND_ROOT_PATH /usr/x86_64-w64-mingw32)
find_program(wine wine)
if(wine)
    set(CMAKE_CROSSCOMPILING_EMULATOR ${wine})
endif()
