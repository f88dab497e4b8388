# cmake -D root=... -D name=FILE -D program=PATH -P check_output.cmake: the pages show what the program prints.
#
# The comment <!-- output: FILE --> stands in front of a block of text, in at least one page of each language.
cmake_minimum_required(VERSION 3.23)
include("${CMAKE_CURRENT_LIST_DIR}/pages.cmake")

execute_process(COMMAND "${program}" OUTPUT_VARIABLE printed COMMAND_ERROR_IS_FATAL ANY)
set(marker "<!-- output: ${name} -->\n")

foreach(language IN ITEMS en zh)
    set(shown FALSE)
    foreach(page IN LISTS pages_${language})
        file(READ "${root}/${page}" text)
        string(REPLACE "${marker}```text\n${printed}```\n" "" without "${text}")
        string(FIND "${without}" "${marker}" wrong)
        if(NOT wrong EQUAL -1)
            message(SEND_ERROR "${page} shows something else than what ${name} prints:\n${printed}")
        endif()
        if(NOT without STREQUAL text)
            set(shown TRUE)
        endif()
    endforeach()
    if(NOT shown)
        message(SEND_ERROR "No page (${language}) shows what ${name} prints:\n${printed}")
    endif()
endforeach()
