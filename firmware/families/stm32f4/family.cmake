# STM32F405 and F407: USART console, PDM microphone on the I2S unit.
set(EARSHOT_FAMILY_SOURCES
  ${CMAKE_CURRENT_LIST_DIR}/indicator.cc
  ${CMAKE_CURRENT_LIST_DIR}/pdm_microphone.cc
  ${CMAKE_CURRENT_LIST_DIR}/start.cc
  ${CMAKE_CURRENT_LIST_DIR}/vectors.cc
  ${CMAKE_CURRENT_LIST_DIR}/../stm32/chip_sleep.cc
  ${CMAKE_CURRENT_LIST_DIR}/../stm32/independent_watchdog.cc
  ${CMAKE_CURRENT_LIST_DIR}/../stm32/usart_console.cc
  ${CMAKE_CURRENT_LIST_DIR}/../../audio/pdm_decimator.cc)
