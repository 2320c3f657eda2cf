# BBC micro:bit (QEMU): Nordic nRF51822, Cortex-M0.
set(EARSHOT_BOARD_TITLE "BBC micro:bit (QEMU)")
set(EARSHOT_CPU cortex-m0)
set(EARSHOT_FAMILY nrf51)
set(EARSHOT_STACK_BYTES 3328)
set(EARSHOT_QEMU_MACHINE microbit)
