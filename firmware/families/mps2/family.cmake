# Arm's MPS2 and MPS3 boards, emulated: CMSDK UART and watchdog, virtual microphone.
set(EARSHOT_FAMILY_SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/cmsdk_uart.cc
  ${CMAKE_CURRENT_LIST_DIR}/cmsdk_watchdog.cc
  ${CMAKE_CURRENT_LIST_DIR}/vectors.cc)
