# How images for boards are made.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
include(earshot_flash)
include(earshot_model_slot)
if(NOT DEFINED EARSHOT_QEMU_SHIFT)
  set(EARSHOT_QEMU_SHIFT 4)  # 62.5 MIPS
endif()

# A board's linker script says where its memory is; EARSHOT_FLASH_ADDRESS, EARSHOT_SLOT_ADDRESS and
# EARSHOT_SLOT_BYTES repeat it for flash tools. Without a slot, the latter two are empty.
file(STRINGS "${EARSHOT_BOARD_DIR}/board.ld" memory_lines REGEX "ORIGIN = 0x[0-9A-Fa-f]+, LENGTH")
foreach(line IN LISTS memory_lines)
  string(REGEX MATCH "([A-Z]+) .*ORIGIN = (0x[0-9A-Fa-f]+), LENGTH = ([0-9]+)([KM])" _ "${line}")
  set(EARSHOT_${CMAKE_MATCH_1}_ADDRESS "${CMAKE_MATCH_2}")
  if(CMAKE_MATCH_4 STREQUAL "M")
    math(EXPR EARSHOT_${CMAKE_MATCH_1}_BYTES "${CMAKE_MATCH_3} * 1024 * 1024")
  else()
    math(EXPR EARSHOT_${CMAKE_MATCH_1}_BYTES "${CMAKE_MATCH_3} * 1024")
  endif()
endforeach()

set(EARSHOT_FIRMWARE_TOOLS "${PROJECT_SOURCE_DIR}/firmware/tools")

# earshot_firmware_image(<name> SOURCES <files...> [LINK <libraries...>] [STACK <bytes>])
#
# An image for the board: <name>.elf, .bin, .hex and .map, a table of what it takes of flash and RAM
# (<name>.size.json), and targets run-qemu-<name>, flash-<tool>-<name>, debug-<name> as the board
# allows. Linking fails where the board's memory is exceeded; the build fails where a symbol of a
# heap, of stdio, of exceptions or of start-up constructors got in.
function(earshot_firmware_image name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "STACK" "SOURCES;LINK")
  set(stack "${EARSHOT_STACK_BYTES}")
  if(arg_STACK)
    set(stack "${arg_STACK}")
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES SUFFIX .elf)
  target_link_libraries(${name} PRIVATE earshot_board ${arg_LINK})
  target_compile_options(${name} PRIVATE ${EARSHOT_CORE_OPTIONS})
  earshot_warnings(${name})
  target_link_options(${name} PRIVATE
    --specs=nano.specs -nostartfiles
    "-T${EARSHOT_BOARD_DIR}/board.ld" "-L${PROJECT_SOURCE_DIR}/firmware/families/cortex_m"
    "-Wl,--defsym=linker_stack_bytes=${stack}"
    -Wl,--gc-sections "-Wl,-Map=${CMAKE_CURRENT_BINARY_DIR}/${name}.map" -Wl,--fatal-warnings -Wl,--no-warn-rwx-segments)
  set_target_properties(${name} PROPERTIES LINK_DEPENDS
    "${EARSHOT_BOARD_DIR}/board.ld;${PROJECT_SOURCE_DIR}/firmware/families/cortex_m/sections.ld")
  add_custom_command(TARGET ${name} POST_BUILD
    COMMAND "${CMAKE_OBJCOPY}" -O binary "$<TARGET_FILE:${name}>" "${name}.bin"
    COMMAND "${CMAKE_OBJCOPY}" -O ihex "$<TARGET_FILE:${name}>" "${name}.hex"
    COMMAND "${Python3_EXECUTABLE}" "${EARSHOT_FIRMWARE_TOOLS}/check_image.py"
            --objdump "${CMAKE_OBJDUMP}" --nm "${CMAKE_NM}" --cpu "${EARSHOT_CPU}"
            --calls "${EARSHOT_FIRMWARE_TOOLS}/indirect_calls.txt"
            --stack "${stack}" --json "${name}.size.json" --board "${EARSHOT_BOARD}"
            --map "${name}.map" "$<TARGET_FILE:${name}>"
    VERBATIM)
  if(EARSHOT_QEMU_MACHINE)
    earshot_qemu_command(command IMAGE ${name} ARGUMENTS "$$WAV")
    add_custom_target(run-qemu-${name}
      COMMAND ${command}
      DEPENDS ${name} USES_TERMINAL WORKING_DIRECTORY "${PROJECT_SOURCE_DIR}"
      COMMENT "Running ${name} in QEMU; WAV=<file> in the environment is what it hears")
    # For boards_table.py.
    earshot_qemu_command(command IMAGE ${name})
    list(JOIN command "\", \"" words)
    file(GENERATE OUTPUT "${name}.qemu.json"
         CONTENT "{\"shift\": ${EARSHOT_QEMU_SHIFT}, \"command\": [\"${words}\"]}\n")
  endif()
  earshot_flash_targets(${name})
endfunction()

# earshot_qemu_command(<variable> IMAGE <image> [ARGUMENTS <words...>] [SHIFT <n>] [PACED])
#
# The command line that runs an image, the words being its own command line. Time is counted in
# instructions (2^SHIFT ns each, EARSHOT_QEMU_SHIFT unless given), so every run is the same. It goes
# as fast as it can or, PACED, not faster than a clock on the wall.
function(earshot_qemu_command variable)
  cmake_parse_arguments(PARSE_ARGV 1 arg "PACED" "IMAGE;SHIFT" "ARGUMENTS")
  set(sleep off)
  if(arg_PACED)
    set(sleep on)
  endif()
  if(NOT arg_SHIFT)
    set(arg_SHIFT "${EARSHOT_QEMU_SHIFT}")
  endif()
  set(semihosting "enable=on,target=native,arg=${arg_IMAGE}")
  foreach(word IN LISTS arg_ARGUMENTS)
    string(APPEND semihosting ",arg=${word}")
  endforeach()
  set(${variable}
    qemu-system-arm -machine ${EARSHOT_QEMU_MACHINE} -nographic -monitor none -serial stdio
    -icount shift=${arg_SHIFT},sleep=${sleep} -semihosting-config ${semihosting}
    -kernel "$<TARGET_FILE:${arg_IMAGE}>"
    PARENT_SCOPE)
endfunction()

# earshot_qemu_test(<test> IMAGE <image> [ARGUMENTS <words...>] [INPUT <text>] [TIMEOUT <seconds>]
#                   [EXPECT_EXIT <code>] [MATCH <regular expression> [MATCH_END <more of it>]] [SHIFT <n>]
#                   [SLOT <file> [SLOT_BYTES <n>] [SLOT_FLIP <offset>]])
#
# A ctest test with the label qemu, named <board>/<test>: the image, with INPUT on its console, ends
# with EXPECT_EXIT (0), and what it prints matches. INPUT follows the first line that it prints, and
# the run is paced, so that it still listens then. SLOT lies in the model slot: all of it, or its
# first SLOT_BYTES, or with the bits of one byte flipped.
function(earshot_qemu_test test)
  cmake_parse_arguments(PARSE_ARGV 1 arg ""
    "IMAGE;INPUT;TIMEOUT;EXPECT_EXIT;MATCH;MATCH_END;SHIFT;SLOT;SLOT_BYTES;SLOT_FLIP" "ARGUMENTS")
  if(NOT EARSHOT_QEMU_MACHINE)
    return()
  endif()
  string(APPEND arg_MATCH "${arg_MATCH_END}")
  set(paced)
  if(arg_INPUT)
    set(paced PACED)
  endif()
  earshot_qemu_command(command IMAGE ${arg_IMAGE} ARGUMENTS ${arg_ARGUMENTS} SHIFT ${arg_SHIFT}
                       ${paced})
  set(options)
  foreach(option EXPECT_EXIT MATCH INPUT SLOT SLOT_BYTES SLOT_FLIP)
    if(DEFINED arg_${option})
      string(TOLOWER "${option}" name)
      string(REPLACE "_" "-" name "${name}")
      list(APPEND options "--${name}=${arg_${option}}")
    endif()
  endforeach()
  if(arg_SLOT)
    list(APPEND options "--slot-address=${EARSHOT_SLOT_ADDRESS}")
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  add_test(NAME "${EARSHOT_BOARD}/${test}"
    COMMAND "${Python3_EXECUTABLE}" "${EARSHOT_FIRMWARE_TOOLS}/run_image.py" ${options}
            -- ${command})
  set_tests_properties("${EARSHOT_BOARD}/${test}" PROPERTIES LABELS qemu TIMEOUT ${arg_TIMEOUT})
endfunction()

# earshot_detections_test(<test> IMAGE <image> RECORDING <wav> [SLOT <file>] [TIMEOUT <seconds>])
#
# A ctest test with the label qemu: the image hears in a recording what the host's program hears,
# to the last bit of every score. SLOT lies in the model slot.
function(earshot_detections_test test)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "IMAGE;RECORDING;SLOT;TIMEOUT" "")
  if(NOT EARSHOT_QEMU_MACHINE)
    return()
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
  endif()
  earshot_qemu_command(command IMAGE ${arg_IMAGE} ARGUMENTS "${arg_RECORDING}")
  if(arg_SLOT)
    list(APPEND command
         -device "loader,file=${arg_SLOT},addr=${EARSHOT_SLOT_ADDRESS},force-raw=on")
  endif()
  add_test(NAME "${EARSHOT_BOARD}/${test}"
    COMMAND "${Python3_EXECUTABLE}" "${EARSHOT_FIRMWARE_TOOLS}/compare_detections.py"
            --program "${EARSHOT_HOST_PROGRAM}" --strides-per-inference 5
            --recording "${arg_RECORDING}" -- ${command})
  earshot_needs_host_programs("${test}")
  set_tests_properties("${EARSHOT_BOARD}/${test}" PROPERTIES LABELS qemu TIMEOUT ${arg_TIMEOUT})
endfunction()
