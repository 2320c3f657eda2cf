# Arduino Nano 33 BLE Sense: Nordic nRF52840, Cortex-M4F, MP34DT05 microphone.
set(EARSHOT_BOARD_TITLE "Arduino Nano 33 BLE Sense")
set(EARSHOT_CPU cortex-m4)
set(EARSHOT_FPU fpv4-sp-d16)
set(EARSHOT_FAMILY nrf52)
set(EARSHOT_STACK_BYTES 4096)
set(EARSHOT_FLASH_TOOLS bossac openocd jlink)
set(EARSHOT_OPENOCD_CONFIG ${CMAKE_CURRENT_LIST_DIR}/openocd.cfg)
set(EARSHOT_JLINK_DEVICE nRF52840_xxAA)
