# Blue pill: STM32F103C8, Cortex-M3.
set(EARSHOT_BOARD_TITLE "Blue pill (STM32F103C8)")
set(EARSHOT_CPU cortex-m3)
set(EARSHOT_FAMILY stm32f1)
set(EARSHOT_STACK_BYTES 2240)
set(EARSHOT_FLASH_TOOLS openocd stlink jlink)
set(EARSHOT_OPENOCD_CONFIG ${CMAKE_CURRENT_LIST_DIR}/openocd.cfg)
set(EARSHOT_JLINK_DEVICE STM32F103C8)
set(EARSHOT_IMAGE_MODEL OFF)  # 64 KB hold the spotter and one model, in the slot.
