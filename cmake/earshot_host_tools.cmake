# A cross build runs a small program of Earshot's own while it builds: earshot-embed, which a build of
# its own makes, for this machine, without the program and what that needs. Sets EARSHOT_EMBED_TOOL
# and makes the target earshot_host_tools, which keeps it up to date. Tests also run the program
# itself, of the host build in EARSHOT_HOST_BUILD_DIR.
set(EARSHOT_HOST_BUILD_DIR "${PROJECT_SOURCE_DIR}/build/host" CACHE PATH
    "Build folder of the host preset")
set(EARSHOT_HOST_PROGRAM "${EARSHOT_HOST_BUILD_DIR}/earshot")
set(EARSHOT_TOOLS_BUILD_DIR "${PROJECT_SOURCE_DIR}/build/host-tools" CACHE PATH
    "Build folder of the programs that builds for boards run")
set(EARSHOT_EMBED_TOOL "${EARSHOT_TOOLS_BUILD_DIR}/src/earshot/models/embedding/earshot-embed" CACHE FILEPATH
    "earshot-embed for the machine that builds")

if(NOT EXISTS "${EARSHOT_TOOLS_BUILD_DIR}/CMakeCache.txt")
  message(STATUS "Configuring the build of the program that this one runs")
  # It runs for a blink: what counts is how long it takes to compile.
  execute_process(
    COMMAND "${CMAKE_COMMAND}" -G Ninja -S "${PROJECT_SOURCE_DIR}" -B "${EARSHOT_TOOLS_BUILD_DIR}"
            -DEARSHOT_HOST=OFF -DEARSHOT_TESTS=OFF -DCMAKE_BUILD_TYPE=Debug
            -DCMAKE_C_FLAGS_DEBUG=-O0 -DCMAKE_CXX_FLAGS_DEBUG=-O0
            -DEARSHOT_PRECOMPILED_HEADERS=ON "-DKISSFFT_DIR=${KISSFFT_DIR}"
    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endif()
add_custom_target(earshot_host_tools
  COMMAND "${CMAKE_COMMAND}" --build "${EARSHOT_TOOLS_BUILD_DIR}" --target earshot_embed
  BYPRODUCTS "${EARSHOT_EMBED_TOOL}"
  COMMENT "Building the program that this build runs"
  USES_TERMINAL VERBATIM)

# What only tests run, they build: this one comes before those that earshot_needs_host_programs()
# names.
if(EARSHOT_QEMU_MACHINE)
  if(NOT EXISTS "${EARSHOT_HOST_BUILD_DIR}/CMakeCache.txt")
    message(STATUS "Configuring the host build, whose programs tests run")
    execute_process(COMMAND "${CMAKE_COMMAND}" --preset host -B "${EARSHOT_HOST_BUILD_DIR}"
                    WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
                    OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
  endif()
  add_test(NAME "${EARSHOT_BOARD}/host_programs"
    COMMAND "${CMAKE_COMMAND}" --build "${EARSHOT_HOST_BUILD_DIR}" --target earshot on_device_data)
  set_tests_properties("${EARSHOT_BOARD}/host_programs" PROPERTIES
    FIXTURES_SETUP host_programs TIMEOUT 7200)
endif()

function(earshot_needs_host_programs test)
  set_tests_properties("${EARSHOT_BOARD}/${test}" PROPERTIES FIXTURES_REQUIRED host_programs)
endfunction()
