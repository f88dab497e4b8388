# Run with cmake -P and include_dir. Checks who may include whom:
#
# - Nothing above net/ includes anything of net/ or chrono.hpp, and so neither does the umbrella.
# - Nothing above net/ includes a standard header that is not listed here. A socket, a thread, a stream and a clock are
#   not, and what costs much to compile is not either (<functional>, <regex>). Whoever needs another one adds it here, and
#   knows what it does to the compile time of everybody.
# - No two headers include each other, however far around.
cmake_minimum_required(VERSION 3.23)

set(allowed
    algorithm array bit cassert charconv compare concepts cstddef cstdint cstring deque initializer_list iterator limits
    map memory new numeric optional span string string_view tuple type_traits unordered_map unordered_set utility variant
    vector
)

function(fail)
    string(CONCAT message ${ARGN})
    message(SEND_ERROR "${message}")
endfunction()

# Is this header one that may know the world?
function(is_worldly header result)
    if(header MATCHES "^minimeta/net/" OR header STREQUAL "minimeta/chrono.hpp")
        set(${result} TRUE PARENT_SCOPE)
    else()
        set(${result} FALSE PARENT_SCOPE)
    endif()
endfunction()

file(GLOB_RECURSE headers RELATIVE "${include_dir}" "${include_dir}/minimeta/*.hpp")
foreach(header IN LISTS headers)
    is_worldly("${header}" worldly)
    set(own_${header} "")
    file(STRINGS "${include_dir}/${header}" lines REGEX "^[ \t]*#[ \t]*include")
    foreach(line IN LISTS lines)
        if(line MATCHES "include[ \t]*\"([^\"]+)\"")
            set(included "${CMAKE_MATCH_1}")
            if(NOT EXISTS "${include_dir}/${included}")
                fail("${header} includes \"${included}\", which is no path from include/")
            endif()
            list(APPEND own_${header} "${included}")
            is_worldly("${included}" included_worldly)
            if(included_worldly AND NOT worldly)
                fail("${header} includes ${included}, and arrows only point down")
            endif()
        elseif(line MATCHES "include[ \t]*<([^>]+)>")
            set(included "${CMAKE_MATCH_1}")
            if(NOT worldly AND NOT included IN_LIST allowed)
                fail("${header} includes <${included}>, which is not among the headers that the core may use")
            endif()
        endif()
    endforeach()
endforeach()

# Takes away, again and again, the headers that include none of those left. Whatever stays is a circle.
set(left ${headers})
set(before "")
while(NOT "${left}" STREQUAL "${before}")
    set(before ${left})
    foreach(header IN LISTS before)
        set(waits FALSE)
        foreach(included IN LISTS own_${header})
            if(included IN_LIST left)
                set(waits TRUE)
            endif()
        endforeach()
        if(NOT waits)
            list(REMOVE_ITEM left "${header}")
        endif()
    endforeach()
endwhile()
if(left)
    list(JOIN left ", " left)
    fail("These include each other in a circle, or lie above one: ${left}")
endif()
