# Targets that put an image on a board and debug it there, one for each tool that the board names in
# EARSHOT_FLASH_TOOLS; `flash` is the spotter with the first of them. docs/boards.md says what each
# needs, firmware/boards/<board>/README.md how to wire it.
#
# Source of the tools' options: OpenOCD User's Guide, "Flash Programming"; st-flash(1);
# dfu-util(1); `bossac --help`; SEGGER's J-Link User Guide (UM08001), "J-Link Commander".

# Sets <variable> to the command line that writes <file>, plain bytes, to <address> with a tool.
function(earshot_flash_command variable tool file address)
  if(tool STREQUAL "openocd")
    set(command openocd -f "${EARSHOT_OPENOCD_CONFIG}"
        -c "program {${file}} verify reset exit ${address}")
  elseif(tool STREQUAL "stlink")
    set(command st-flash --reset write "${file}" "${address}")
  elseif(tool STREQUAL "dfu")
    set(command dfu-util --alt 0 --dfuse-address "${address}:leave" --download "${file}")
  elseif(tool STREQUAL "bossac")
    # Addresses count from where the bootloader puts applications.
    math(EXPR offset "${address} - ${EARSHOT_FLASH_ADDRESS}" OUTPUT_FORMAT HEXADECIMAL)
    set(command bossac -U -i -e -o "${offset}" -w "${file}" -R)
  elseif(tool STREQUAL "jlink")
    set(script "${file}.jlink")
    file(GENERATE OUTPUT "${script}"
         CONTENT "loadfile ${file} ${address}\nverifybin ${file} ${address}\nr\ng\nexit\n")
    set(command JLinkExe -device "${EARSHOT_JLINK_DEVICE}" -if SWD -speed 4000 -autoconnect 1
        -ExitOnError 1 -CommandFile "${script}")
  else()
    message(FATAL_ERROR "EARSHOT_FLASH_TOOLS: ${tool}: wanted openocd, stlink, jlink, dfu or bossac")
  endif()
  set(${variable} ${command} PARENT_SCOPE)
endfunction()

# flash-<tool>-<image> and debug-<image> for an image; for the spotter also flash-<tool>, flash and
# debug.
function(earshot_flash_targets image)
  set(file "${CMAKE_CURRENT_BINARY_DIR}/${image}.bin")
  foreach(tool IN LISTS EARSHOT_FLASH_TOOLS)
    earshot_flash_command(command ${tool} "${file}" "${EARSHOT_FLASH_ADDRESS}")
    add_custom_target(flash-${tool}-${image} COMMAND ${command}
                      DEPENDS ${image} USES_TERMINAL VERBATIM)
    if(image STREQUAL "spotter")
      add_custom_target(flash-${tool} DEPENDS flash-${tool}-${image})
      # Without a board: the tool has to understand its command line.
      add_test(NAME "${EARSHOT_BOARD}/flash-${tool}"
        COMMAND "${Python3_EXECUTABLE}" "${EARSHOT_FIRMWARE_TOOLS}/flash_check.py" ${command})
      set_tests_properties("${EARSHOT_BOARD}/flash-${tool}" PROPERTIES
        LABELS flash SKIP_RETURN_CODE 77)
    endif()
  endforeach()
  if(EARSHOT_OPENOCD_CONFIG)
    set(server "openocd -c 'gdb_port pipe; log_output openocd.log' -f ${EARSHOT_OPENOCD_CONFIG}")
    add_custom_target(debug-${image}
      COMMAND gdb-multiarch "$<TARGET_FILE:${image}>"
              -ex "target extended-remote | ${server}" -ex "monitor reset halt"
      DEPENDS ${image} USES_TERMINAL VERBATIM)
  endif()
  if(image STREQUAL "spotter" AND EARSHOT_FLASH_TOOLS)
    list(GET EARSHOT_FLASH_TOOLS 0 tool)
    add_custom_target(flash DEPENDS flash-${tool})
    if(EARSHOT_OPENOCD_CONFIG)
      add_custom_target(debug DEPENDS debug-spotter)
    endif()
  endif()
endfunction()
