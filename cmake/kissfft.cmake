# Sets EARSHOT_KISSFFT_DIR to a folder with kissfft's sources: KISSFFT_DIR (variable or environment),
# else what ./setup fetched, else its repository. Sources only: its own CMake adds -ffast-math.
set(KISSFFT_DIR "$ENV{KISSFFT_DIR}" CACHE PATH "Folder with kissfft's sources")

if(KISSFFT_DIR)
  set(EARSHOT_KISSFFT_DIR "${KISSFFT_DIR}")
elseif(EXISTS "${PROJECT_SOURCE_DIR}/.deps/kissfft/kiss_fft.c")
  set(EARSHOT_KISSFFT_DIR "${PROJECT_SOURCE_DIR}/.deps/kissfft")
else()
  include(FetchContent)
  FetchContent_Declare(kissfft
    GIT_REPOSITORY https://github.com/mborgerding/kissfft.git
    GIT_TAG 131.1.0
    GIT_SHALLOW ON
    SOURCE_SUBDIR sources-only)
  FetchContent_MakeAvailable(kissfft)
  set(EARSHOT_KISSFFT_DIR "${kissfft_SOURCE_DIR}")
endif()

if(NOT EXISTS "${EARSHOT_KISSFFT_DIR}/kiss_fftr.c")
  message(FATAL_ERROR "kissfft: no kiss_fftr.c in '${EARSHOT_KISSFFT_DIR}'; run ./setup --deps or "
                      "set KISSFFT_DIR to a folder with kissfft's sources")
endif()
