# cmake -D root=... -P check_code.cmake: the code in the pages is that of the programs.
#
# A comment in front of each block of C++ says where the block comes from:
#
#     <!-- tests/guide/bot.cpp -->           the whole file
#     <!-- from tests/guide/embed.cpp -->    consecutive lines of the file
#
# Fails if a block has no such comment or differs from its file, if a program of tests/guide/ is not shown in each
# language, or if a page of the guide is missing in one.
cmake_minimum_required(VERSION 3.23)
include("${CMAKE_CURRENT_LIST_DIR}/pages.cmake")

# Sets `result` to the content of the fenced block after the marker, and removes everything before it from `text`.
macro(take_block text marker_size result)
    string(SUBSTRING "${${text}}" ${marker_size} -1 ${text})
    string(FIND "${${text}}" "\n" begin)
    math(EXPR begin "${begin} + 1")
    string(SUBSTRING "${${text}}" ${begin} -1 ${text})
    string(FIND "${${text}}" "\n```\n" end)
    math(EXPR end "${end} + 1")
    string(SUBSTRING "${${text}}" 0 ${end} ${result})
endmacro()

file(GLOB programs RELATIVE "${root}" "${CMAKE_CURRENT_LIST_DIR}/*.cpp")
list(APPEND programs examples/hello_room.cpp)

foreach(language IN ITEMS en zh)
    set(shown)
    foreach(page IN LISTS pages_${language})
        file(READ "${root}/${page}" text)
        set(count 0)
        set(rest "${text}")
        while(rest MATCHES "<!-- (from )?([^ \n]+\\.[ch]pp) -->\n```cpp\n")
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
                message(SEND_ERROR "${page} differs from ${file}:\n${block}")
            endif()
            list(APPEND shown "${file}")
            math(EXPR count "${count} + 1")
        endwhile()

        string(REGEX MATCHALL "\n *```cpp\n" blocks "${text}")
        list(LENGTH blocks blocks)
        if(NOT count EQUAL blocks)
            message(SEND_ERROR "${page} has ${blocks} blocks of C++, of which ${count} say where they come from")
        endif()
    endforeach()

    foreach(program IN LISTS programs)
        if(NOT program IN_LIST shown)
            message(SEND_ERROR "No page shows ${program} (${language})")
        endif()
    endforeach()
    list(LENGTH shown count)
    message(STATUS "${language}: ${count} blocks of C++ are as in their files")
endforeach()

list(TRANSFORM pages_zh REPLACE "/zh-CN/" "/" OUTPUT_VARIABLE mirrored)
foreach(page IN LISTS pages_en)
    if(page MATCHES "^docs/guide/" AND NOT page IN_LIST mirrored)
        message(SEND_ERROR "${page} has no page in docs/guide/zh-CN/")
    endif()
endforeach()
foreach(page IN LISTS mirrored)
    if(page MATCHES "^docs/guide/" AND NOT page IN_LIST pages_en)
        message(SEND_ERROR "docs/guide/zh-CN/ has a page for ${page}, which does not exist")
    endif()
endforeach()
