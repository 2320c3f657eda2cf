# STM32F103: USART console, microphone on the analogue-to-digital converter.
set(EARSHOT_FAMILY_SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/adc_microphone.cc
  ${CMAKE_CURRENT_LIST_DIR}/indicator.cc
  ${CMAKE_CURRENT_LIST_DIR}/start.cc
  ${CMAKE_CURRENT_LIST_DIR}/vectors.cc
  ${CMAKE_CURRENT_LIST_DIR}/../stm32/chip_sleep.cc
  ${CMAKE_CURRENT_LIST_DIR}/../stm32/independent_watchdog.cc
  ${CMAKE_CURRENT_LIST_DIR}/../stm32/usart_console.cc)
