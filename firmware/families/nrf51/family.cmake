# Nordic nRF51, emulated: UART, watchdog, virtual microphone. The real chip has no SysTick, which
# Earshot's clock needs.
set(EARSHOT_FAMILY_SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/emulated_board.cc
  ${CMAKE_CURRENT_LIST_DIR}/../nrf/uart.cc
  ${CMAKE_CURRENT_LIST_DIR}/vectors.cc
  ${CMAKE_CURRENT_LIST_DIR}/../nrf/watchdog.cc)
