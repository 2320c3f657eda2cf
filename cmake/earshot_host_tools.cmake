# A cross build runs Earshot's own programs while it builds: those of the host build beside it. Sets
# EARSHOT_HOST_BUILD_DIR and EARSHOT_EMBED_TOOL and makes the target earshot_host_tools, which keeps
# them up to date.
set(EARSHOT_HOST_BUILD_DIR "${PROJECT_SOURCE_DIR}/build/host" CACHE PATH
    "Build folder of the host preset")
set(EARSHOT_EMBED_TOOL "${EARSHOT_HOST_BUILD_DIR}/models/embedding/earshot-embed" CACHE FILEPATH
    "earshot-embed for the machine that builds")
set(EARSHOT_HOST_PROGRAM "${EARSHOT_HOST_BUILD_DIR}/earshot")

if(NOT EXISTS "${EARSHOT_HOST_BUILD_DIR}/CMakeCache.txt")
  message(STATUS "Configuring the host build, whose programs this one needs")
  execute_process(COMMAND "${CMAKE_COMMAND}" --preset host -B "${EARSHOT_HOST_BUILD_DIR}"
                  WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
                  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
endif()
add_custom_target(earshot_host_tools
  COMMAND "${CMAKE_COMMAND}" --build "${EARSHOT_HOST_BUILD_DIR}" --target earshot_embed earshot
  BYPRODUCTS "${EARSHOT_EMBED_TOOL}" "${EARSHOT_HOST_PROGRAM}"
  COMMENT "Building the host programs that this build runs"
  USES_TERMINAL VERBATIM)
