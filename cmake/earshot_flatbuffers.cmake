# Sets EARSHOT_FLATC to flatbuffers' schema compiler and EARSHOT_FLATBUFFERS_INCLUDE_DIR to a folder
# with its headers and nothing else. The headers are all that is used of the library, so a cross
# build takes the building machine's; only never with the rest of its include folder.
find_program(EARSHOT_FLATC flatc REQUIRED)
find_path(EARSHOT_FLATBUFFERS_HEADERS flatbuffers/flatbuffers.h REQUIRED
          PATHS /usr/include /usr/local/include NO_CMAKE_FIND_ROOT_PATH)

set(EARSHOT_FLATBUFFERS_INCLUDE_DIR "${PROJECT_BINARY_DIR}/flatbuffers_include")
file(MAKE_DIRECTORY "${EARSHOT_FLATBUFFERS_INCLUDE_DIR}")
file(CREATE_LINK "${EARSHOT_FLATBUFFERS_HEADERS}/flatbuffers"
     "${EARSHOT_FLATBUFFERS_INCLUDE_DIR}/flatbuffers" SYMBOLIC)
