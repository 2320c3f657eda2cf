# QEMU's STM32 machines, whatever their series: USART console, virtual microphone. The chips
# themselves are in stm32f1 and stm32f4, which share the sources here that are not emulated_*.
set(EARSHOT_FAMILY_SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/emulated_clock.cc
  ${CMAKE_CURRENT_LIST_DIR}/emulated_vectors.cc
  ${CMAKE_CURRENT_LIST_DIR}/usart_console.cc)
if(EARSHOT_MEMORY_LIMITS)
  list(APPEND EARSHOT_FAMILY_SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/emulated_start_limited.cc
    ${CMAKE_CURRENT_LIST_DIR}/../cortex_m/memory_limits.cc)
else()
  list(APPEND EARSHOT_FAMILY_SOURCES ${CMAKE_CURRENT_LIST_DIR}/emulated_start.cc)
endif()
set(EARSHOT_EMULATED ON)
