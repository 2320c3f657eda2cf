# A blue pill's processor and memory (64 KB, 20 KB) on QEMU's Netduino 2.
set(EARSHOT_BOARD_TITLE "Blue pill stand-in (QEMU)")
set(EARSHOT_CPU cortex-m3)
set(EARSHOT_FAMILY stm32)
set(EARSHOT_STACK_BYTES 2240)
set(EARSHOT_QEMU_MACHINE netduino2)
set(EARSHOT_MEMORY_LIMITS ON)
set(EARSHOT_IMAGE_MODEL OFF)  # 64 KB hold the spotter and one model, in the slot.
