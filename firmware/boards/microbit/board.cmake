# BBC micro:bit (QEMU): Nordic nRF51822, Cortex-M0.
set(EARSHOT_BOARD_TITLE "BBC micro:bit")
set(EARSHOT_CPU cortex-m0)
set(EARSHOT_FAMILY nrf51)
set(EARSHOT_STACK_BYTES 3008)
set(EARSHOT_EMULATED ON)
set(EARSHOT_QEMU_MACHINE microbit)
# 1,000 MIPS. The real 16 MHz would not keep up: this board is for results and for memory.
set(EARSHOT_QEMU_SHIFT 0)
