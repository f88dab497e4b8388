# Run with cmake -P, and compiler, include_dir and source. Such a source begins with lines
#
#     // expect: <regular expression>
#
# each of which the compiler's complaint must match, and compiles once MINIMETA_CONTROL is defined. Without that control
# a test would also pass for a typing error.
cmake_minimum_required(VERSION 3.23)

file(STRINGS "${source}" expectations REGEX "^// expect: ")
if(NOT expectations)
    message(FATAL_ERROR "${source} does not say what to expect")
endif()

function(compile result output)
    execute_process(
        COMMAND "${CMAKE_COMMAND}" -E env LC_ALL=C "${compiler}" -std=c++20 -fsyntax-only -Werror=unused-result -I "${include_dir}" ${ARGN} "${source}"
        RESULT_VARIABLE status
        OUTPUT_VARIABLE text
        ERROR_VARIABLE text
    )
    set(${result} "${status}" PARENT_SCOPE)
    set(${output} "${text}" PARENT_SCOPE)
endfunction()

compile(status complaint -D MINIMETA_CONTROL)
if(NOT status EQUAL 0)
    message(FATAL_ERROR "The control does not compile either:\n${complaint}")
endif()

compile(status complaint)
string(REPLACE "${source}" "" complaint "${complaint}")  # its name is not what it complains of
if(status EQUAL 0)
    message(FATAL_ERROR "This compiles, and must not: ${source}")
endif()
foreach(expectation IN LISTS expectations)
    string(REPLACE "// expect: " "" expectation "${expectation}")
    if(NOT complaint MATCHES "${expectation}")
        message(FATAL_ERROR "The complaint does not match `${expectation}`:\n${complaint}")
    endif()
endforeach()
