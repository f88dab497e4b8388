# What is installed as a library is for this machine. Catch2 2 is only a header, and good for any machine; but beside it in
# /usr/include are headers of this machine's system, so it is linked to a folder of its own.
find_path(catch2_at catch2/catch.hpp PATHS /usr/include NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH)
if(NOT catch2_at)
    message(FATAL_ERROR "minimeta: the tests of other machines need Catch2 2, which is only a header (Debian 12: catch2)")
endif()
file(MAKE_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/catch2")
file(CREATE_LINK "${catch2_at}/catch2" "${CMAKE_CURRENT_BINARY_DIR}/catch2/catch2" SYMBOLIC)
add_library(Catch2::Catch2 INTERFACE IMPORTED)
target_include_directories(Catch2::Catch2 INTERFACE "${CMAKE_CURRENT_BINARY_DIR}/catch2")
