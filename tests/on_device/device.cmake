# The tests on an emulated board: one image with all of them, run once for each suite, and one with
# the shim's own tests. One board for each processor is enough.
set(boards microbit mps2-an385 mps2-an386 mps2-an500 mps3-an547 netduinoplus2)
if(NOT EARSHOT_BOARD IN_LIST boards)
  return()
endif()

# The host build makes the data that the images read, when they run: earshot_host_tools.cmake.
set(data_dir "${EARSHOT_HOST_BUILD_DIR}/on_device_data")

set(shim shim/gtest_shim.cc shim/main_device.cc test_file_device.cc)

earshot_firmware_image(on_device_tests
  SOURCES ${EARSHOT_ON_DEVICE_TESTS} ${shim} workspace_device.cc stack_mark_device.cc
  LINK earshot_app earshot_all_kernels earshot_tiny_conv_yes_no
  # IF and WHILE within one another are prepared on the stack.
  STACK 6144)
target_include_directories(on_device_tests BEFORE PRIVATE shim)
target_compile_definitions(on_device_tests PRIVATE EARSHOT_STACK_TARGET="${EARSHOT_CPU}")
target_link_options(on_device_tests PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/ram_limit.ld"
  # Of a small board the slot's flash is needed, too.
  -Wl,--defsym=linker_without_slot=1)

earshot_firmware_image(shim_cases SOURCES shim_test/shim_cases.cc ${shim})
target_include_directories(shim_cases BEFORE PRIVATE shim)

set(suites FrontendTest InterpreterTest KernelsTest LogMelTest ModelsTest RecognizerTest SpotterTest)
if(EARSHOT_BOARD STREQUAL "mps2-an385")
  list(APPEND suites AllRecordingsTest)
endif()
foreach(suite IN LISTS suites)
  earshot_qemu_test(on_device/${suite}
    IMAGE on_device_tests ARGUMENTS ${suite} "${data_dir}" TIMEOUT 600 MATCH " 0 failed")
  earshot_needs_host_programs(on_device/${suite})
endforeach()

# Failures have to be seen, and so does a name that no suite has.
earshot_qemu_test(on_device/shim_passing
  IMAGE shim_cases ARGUMENTS PassingTest none MATCH "1 passed, 0 failed, 0 skipped")
earshot_qemu_test(on_device/shim_failing
  IMAGE shim_cases ARGUMENTS all none EXPECT_EXIT 1
  MATCH "unsigned 7, text abc, signed -1.*the helper ends.*the end.*because of 1.*1 passed, 3 failed, 1 skipped")
earshot_qemu_test(on_device/shim_unknown
  IMAGE shim_cases ARGUMENTS NoSuchTest none EXPECT_EXIT 1 MATCH "no such suite: NoSuchTest")
