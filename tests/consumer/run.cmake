# Run with cmake -P: configures, builds and runs the consumer in the directory `way`, afresh in `work_dir`. For
# find_package the library is installed first, and the installed tree is moved, since it must not remember where it was.
cmake_minimum_required(VERSION 3.23)

function(run)
    execute_process(COMMAND ${ARGN} COMMAND_ECHO STDOUT COMMAND_ERROR_IS_FATAL ANY)
endfunction()

file(REMOVE_RECURSE "${work_dir}")
set(toolchain -G "${generator}" "-DCMAKE_MAKE_PROGRAM=${make_program}" "-DCMAKE_CXX_COMPILER=${compiler}")
set(consumer "${CMAKE_COMMAND}" ${toolchain} -S "${CMAKE_CURRENT_LIST_DIR}/${way}")

if(way STREQUAL "find_package")
    run("${CMAKE_COMMAND}" ${toolchain} -S "${library}" -B "${work_dir}/library" -DMINIMETA_BUILD_TESTS=OFF
        -DMINIMETA_BUILD_EXAMPLES=OFF -DMINIMETA_BUILD_BENCHMARKS=OFF
    )
    run("${CMAKE_COMMAND}" --install "${work_dir}/library" --prefix "${work_dir}/installed")
    file(RENAME "${work_dir}/installed" "${work_dir}/moved")
    file(REMOVE_RECURSE "${work_dir}/library")

    file(GLOB_RECURSE package_files "${work_dir}/moved/*.cmake")
    foreach(package_file IN LISTS package_files)
        file(READ "${package_file}" content)
        foreach(place IN ITEMS "${work_dir}" "${library}")
            string(FIND "${content}" "${place}" found)
            if(NOT found EQUAL -1)
                message(FATAL_ERROR "${package_file} names ${place}, which a user does not have")
            endif()
        endforeach()
    endforeach()

    list(APPEND consumer "-DCMAKE_PREFIX_PATH=${work_dir}/moved")
    set(wanted "-DMINIMETA_VERSION=${version}")
else()
    set(wanted "-DMINIMETA_LIBRARY=${library}")
endif()

run(${consumer} -B "${work_dir}/build" "${wanted}")
run("${CMAKE_COMMAND}" --build "${work_dir}/build")
run("${work_dir}/build/consumer")

# A version that we are not is refused, and for that reason.
if(way STREQUAL "find_package")
    foreach(impossible IN ITEMS 99 0.99)
        execute_process(
            COMMAND ${consumer} -B "${work_dir}/refused" "-DMINIMETA_VERSION=${impossible}"
            RESULT_VARIABLE status
            OUTPUT_VARIABLE complaint
            ERROR_VARIABLE complaint
        )
        string(REGEX REPLACE "[ \n]+" " " complaint "${complaint}")
        if(status EQUAL 0 OR NOT complaint MATCHES "compatible with requested version \"${impossible}\"")
            message(FATAL_ERROR "Version ${impossible} was not refused:\n${complaint}")
        endif()
    endforeach()
endif()
