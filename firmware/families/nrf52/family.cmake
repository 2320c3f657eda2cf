# Nordic nRF52: PDM microphone, and the UART and watchdog that it shares with the nRF51.
set(EARSHOT_FAMILY_SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/indicator.cc
  ${CMAKE_CURRENT_LIST_DIR}/pdm_microphone.cc
  ${CMAKE_CURRENT_LIST_DIR}/system.cc
  ${CMAKE_CURRENT_LIST_DIR}/vectors.cc
  ${CMAKE_CURRENT_LIST_DIR}/../nrf/uart.cc
  ${CMAKE_CURRENT_LIST_DIR}/../nrf/watchdog.cc)
