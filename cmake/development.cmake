# What our own programs are built with: tests, examples, benchmarks. Nothing of it reaches a consumer, since the library's
# target does not link to this one; it is the other way round.
#
# Warnings become errors with CMAKE_COMPILE_WARNING_AS_ERROR, as the presets with tests have it: `dev` with g++, `asan` and
# `tsan` with clang++. `release` has not: a compiler that is newer than we are must not stand between a user and the demo.

set(MINIMETA_SANITIZE "" CACHE STRING "Sanitizers for our own programs, as in -fsanitize=")

set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT CMAKE_RUNTIME_OUTPUT_DIRECTORY)
    set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/bin")
endif()

add_library(minimeta_development INTERFACE)
target_link_libraries(minimeta_development INTERFACE minimeta::minimeta)
target_compile_options(
    minimeta_development
    INTERFACE $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall -Wextra -Wpedantic -Wconversion -Wshadow>
)

if(MINIMETA_SANITIZE)
    # Not optimised: with -O1 the tests would run faster than they do, and compile for three times as long. Line numbers
    # (-g1) are all that a report needs. No check of vptr: for it, the runtime opens a pipe, which tests that count
    # descriptors see, and where none is left it reports what is none.
    set(sanitize -fsanitize=${MINIMETA_SANITIZE} -fno-sanitize=vptr -fno-sanitize-recover=all)
    target_compile_options(minimeta_development INTERFACE ${sanitize} -fno-omit-frame-pointer -g1)
    target_link_options(minimeta_development INTERFACE ${sanitize})
endif()
