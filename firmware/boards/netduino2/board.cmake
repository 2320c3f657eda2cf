# Netduino 2 as QEMU emulates it: STM32F205RF, Cortex-M3.
set(EARSHOT_BOARD_TITLE "Netduino 2 (QEMU)")
set(EARSHOT_CPU cortex-m3)
set(EARSHOT_FAMILY stm32)
set(EARSHOT_STACK_BYTES 8192)
set(EARSHOT_QEMU_MACHINE netduino2)
