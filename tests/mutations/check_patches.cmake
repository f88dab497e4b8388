# cmake -D patch=... -D root=... -P check_patches.cmake: each deliberate bug applies to the tree, which stays as it is.
file(GLOB patches "${root}/tests/mutations/*.patch")
list(LENGTH patches count)
if(count LESS 50)
    message(SEND_ERROR "there are ${count} deliberate bugs, and should be 50 at least")
endif()
foreach(each IN LISTS patches)
    execute_process(
        COMMAND "${patch}" -F0 -p1 -s -f --dry-run -d "${root}" -i "${each}" RESULT_VARIABLE status OUTPUT_VARIABLE output
    )
    if(NOT status EQUAL 0)
        get_filename_component(name "${each}" NAME)
        message(SEND_ERROR "${name} does not apply any more; renew it:\n${output}")
    endif()
endforeach()
message(STATUS "${count} deliberate bugs apply")
