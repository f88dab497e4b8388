# Run with cmake -P and include_dir. Checks which folder may include which:
#
# - Arrows point down: a header includes headers of its own layer and of those below. The layers are the folders, listed
#   here from the lowest on; docs/architecture.md tells what each is for.
# - Nothing but net/ and chrono.hpp includes a standard header that is not listed here. A socket, a thread, a stream and a
#   clock are not, and what costs much to compile is not either (<algorithm>, <functional>, <memory>). To use another one,
#   add it here, and look at what scripts/weight.sh says then.
# - No two headers include each other, however far around.
# - No header is longer than 350 lines, but tables that a script wrote: it has probably two ideas.
cmake_minimum_required(VERSION 3.23)

set(allowed
    array bit cassert compare concepts cstddef cstdint cstring initializer_list limits new optional span string string_view
    tuple type_traits utility vector
)

set(layers
    "base/[a-z0-9_]+|time|version"
    "error|limits|memory_bound|role|bytes|message|command|event|reply|request|metrics|protocol|transport|hooks"
    "history/[a-z0-9_]+"
    "protocol/[a-z0-9_/]+"
    "(transport|driver)/[a-z0-9_]+"
    "delivery/[a-z0-9_]+"
    "state/[a-z0-9_]+"
    "features/[a-z0-9_]+"
    "features"
    "operations/[a-z0-9_]+"
    "room|minimeta"
    "chrono|net/[a-z0-9_]+"  # beside the room, over the transports: the only ones that know an operating system
)
set(longest 350)

function(fail)
    string(CONCAT message ${ARGN})
    message(SEND_ERROR "${message}")
endfunction()

# Sets `result` to the layer's number, from 0.
function(layer_of header result)
    set(number 0)
    foreach(layer IN LISTS layers)
        if(header MATCHES "^minimeta/(${layer})\\.hpp$")
            set(${result} ${number} PARENT_SCOPE)
            return()
        endif()
        math(EXPR number "${number} + 1")
    endforeach()
    fail("${header} is in no layer: it belongs into one of the folders")
    set(${result} 0 PARENT_SCOPE)
endfunction()

file(GLOB_RECURSE headers RELATIVE "${include_dir}" "${include_dir}/minimeta/*.hpp")
list(LENGTH layers beside)
math(EXPR beside "${beside} - 1")
set(needed 4)  # the last layer that a transport needs to know
foreach(header IN LISTS headers)
    layer_of("${header}" layer)
    set(own_${header} "")
    file(STRINGS "${include_dir}/${header}" lines REGEX "^[ \t]*#[ \t]*include")
    foreach(line IN LISTS lines)
        if(line MATCHES "include[ \t]*\"([^\"]+)\"")
            set(included "${CMAKE_MATCH_1}")
            if(NOT EXISTS "${include_dir}/${included}")
                fail("${header} includes \"${included}\", which is no path from include/")
                continue()
            endif()
            list(APPEND own_${header} "${included}")
            layer_of("${included}" below)
            if(below GREATER layer OR (layer EQUAL beside AND below GREATER needed AND NOT below EQUAL beside))
                fail("${header} includes ${included}, and arrows only point down")
            endif()
        elseif(line MATCHES "include[ \t]*<([^>]+)>")
            set(included "${CMAKE_MATCH_1}")
            if(NOT layer EQUAL beside AND NOT included IN_LIST allowed)
                fail("${header} includes <${included}>, which is not among the headers that the room may use")
            endif()
        endif()
    endforeach()

    file(READ "${include_dir}/${header}" content)
    string(REGEX MATCHALL "\n" content "${content}")
    list(LENGTH content length)
    if(length GREATER longest AND NOT header MATCHES "_tables\\.hpp$")
        fail("${header} has ${length} lines, and probably two ideas")
    endif()
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
