# Toolchain: arm-none-eabi-gcc for the processor of one of firmware/boards. Set EARSHOT_BOARD.
set(CMAKE_SYSTEM_NAME Generic)
set(CMAKE_SYSTEM_PROCESSOR arm)
set(CMAKE_C_COMPILER arm-none-eabi-gcc)
set(CMAKE_CXX_COMPILER arm-none-eabi-g++)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES EARSHOT_BOARD)

# Programs of the building machine, nothing else of it.
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)

set(EARSHOT_BOARD "" CACHE STRING "A folder of firmware/boards")
set(EARSHOT_BOARD_DIR "${CMAKE_CURRENT_LIST_DIR}/../firmware/boards/${EARSHOT_BOARD}")
if(NOT EARSHOT_BOARD OR NOT EXISTS "${EARSHOT_BOARD_DIR}/board.cmake")
  message(FATAL_ERROR "EARSHOT_BOARD='${EARSHOT_BOARD}': wanted a folder of firmware/boards")
endif()
include("${EARSHOT_BOARD_DIR}/board.cmake")

set(earshot_cpu_flags "-mcpu=${EARSHOT_CPU} -mthumb")
if(EARSHOT_FPU)
  string(APPEND earshot_cpu_flags " -mfloat-abi=hard -mfpu=${EARSHOT_FPU}")
endif()
set(CMAKE_C_FLAGS_INIT "${earshot_cpu_flags}")
set(CMAKE_CXX_FLAGS_INIT "${earshot_cpu_flags}")
