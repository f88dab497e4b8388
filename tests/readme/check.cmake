# Run with cmake -P and root. In a README, a comment in front of a fenced block tells where it is from:
#
#     <!-- tests/readme/bot.cpp -->           the whole file
#     <!-- from tests/readme/embed.cpp -->    lines of the file
#     <!-- output: tests/readme/bot.cpp -->   all that the program prints
#
# Checks the first two, and that no block of C++ is without; or, with name and program, the third.
cmake_minimum_required(VERSION 3.23)

# Sets `result` to the content of the fenced block behind the marker, and removes all up to it from `text`.
macro(take_block text marker_size result)
    string(SUBSTRING "${${text}}" ${marker_size} -1 ${text})
    string(FIND "${${text}}" "\n" begin)
    math(EXPR begin "${begin} + 1")
    string(SUBSTRING "${${text}}" ${begin} -1 ${text})
    string(FIND "${${text}}" "\n```\n" end)
    math(EXPR end "${end} + 1")
    string(SUBSTRING "${${text}}" 0 ${end} ${result})
endmacro()

if(program)
    execute_process(COMMAND "${program}" OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
endif()

foreach(readme IN ITEMS README.md README.zh-CN.md)
    file(READ "${root}/${readme}" text)

    if(program)
        string(FIND "${text}" "<!-- output: ${name} -->\n```text\n${printed}```\n" found)
        if(found EQUAL -1)
            message(SEND_ERROR "${readme} does not show what ${name} prints:\n${printed}")
        endif()
        continue()
    endif()

    set(count 0)
    set(rest "${text}")
    while(rest MATCHES "<!-- (from )?([^ \n]+\\.cpp) -->\n```cpp\n")
        set(marker "${CMAKE_MATCH_0}")
        set(part "${CMAKE_MATCH_1}")
        set(file "${CMAKE_MATCH_2}")
        string(FIND "${rest}" "${marker}" at)
        string(SUBSTRING "${rest}" ${at} -1 rest)
        string(LENGTH "${marker}" size)
        math(EXPR size "${size} - 1")
        take_block(rest ${size} block)
        file(READ "${root}/${file}" code)
        string(FIND "${code}" "${block}" found)
        if(found EQUAL -1 OR (part STREQUAL "" AND NOT code STREQUAL block))
            message(SEND_ERROR "${readme} shows something else than what is in ${file}:\n${block}")
        endif()
        math(EXPR count "${count} + 1")
    endwhile()

    string(REGEX MATCHALL "\n *```cpp\n" blocks "${text}")
    list(LENGTH blocks blocks)
    if(count EQUAL 0 OR NOT count EQUAL blocks)
        message(SEND_ERROR "${readme} has ${blocks} blocks of C++, and ${count} of them tell where they are from")
    endif()
    message(STATUS "${readme}: ${count} blocks of C++ are as in their files")
endforeach()
