# Skeleton of a board: copy this folder and firmware/families/skeleton. docs/porting.md.
set(EARSHOT_BOARD_TITLE "Skeleton")
set(EARSHOT_CPU cortex-m3)
set(EARSHOT_FAMILY skeleton)
set(EARSHOT_STACK_BYTES 4096)
# With an FPU: set(EARSHOT_FPU fpv4-sp-d16). In an emulator: set(EARSHOT_EMULATED ON) and
# set(EARSHOT_QEMU_MACHINE <name>). To flash it: see EARSHOT_FLASH_TOOLS in other boards.
