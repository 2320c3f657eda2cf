# Netduino Plus 2 as QEMU emulates it: STM32F405RG, Cortex-M4 with floating-point unit.
set(EARSHOT_BOARD_TITLE "Netduino Plus 2 (QEMU)")
set(EARSHOT_CPU cortex-m4)
set(EARSHOT_FPU fpv4-sp-d16)
set(EARSHOT_FAMILY stm32)
set(EARSHOT_STACK_BYTES 8192)
set(EARSHOT_QEMU_MACHINE netduinoplus2)
