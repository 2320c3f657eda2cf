# The applications in the emulator: ctest -L qemu.
if(NOT EARSHOT_QEMU_MACHINE)
  return()
endif()
set(audio "${PROJECT_SOURCE_DIR}/audio_samples")
set(white_10db "${audio}/streams/white_10db.wav")

earshot_qemu_test(mic-check-levels IMAGE mic-check ARGUMENTS "${white_10db}"
  MATCH [=["event":"level","time_ms":1[0-9]{3},"samples":16000,"dc":-?[0-9]+,"rms":[1-9][0-9]*,"peak":[1-9][0-9]*,"clipped":0,"dropped":0]=])
earshot_qemu_test(mic-check-no-microphone IMAGE mic-check ARGUMENTS "${audio}/none.wav"
  EXPECT_EXIT 3 MATCH "the recording cannot be opened")
earshot_qemu_test(mic-check-no-wav IMAGE mic-check ARGUMENTS "${audio}/manifest.csv"
  EXPECT_EXIT 3 MATCH "the recording (is not a WAV file|cannot be opened)")
earshot_qemu_test(bench-decimator IMAGE bench-decimator
  MATCH [=["what":"pdm_block","samples":160,"ticks":[1-9]]=])
if(EARSHOT_WITHOUT_SPOTTER)
  return()
endif()
earshot_qemu_test(bench-log-mel IMAGE bench-log-mel MATCH [=["what":"frame","ticks":[1-9]]=])

set(slot)
set(in_slot)
if(EARSHOT_SLOT_ADDRESS)
  set(slot "${CMAKE_CURRENT_BINARY_DIR}/${slot_model}.slot")
endif()
# Boards without a model in the image have it in the slot.
if(image_model STREQUAL "none")
  set(in_slot SLOT "${slot}")
endif()

earshot_detections_test(spotter-white-10db IMAGE spotter RECORDING "${white_10db}" ${in_slot})
earshot_detections_test(spotter-pink-20db IMAGE spotter
  RECORDING "${audio}/streams/pink_20db.wav" ${in_slot})
# It takes ten seconds: one board for each kind of console.
if(EARSHOT_BOARD MATCHES "^(mps2-an385|netduino2|microbit)$")
  earshot_qemu_test(spotter-status IMAGE spotter ARGUMENTS "${white_10db}"
    INPUT "status\\nhello\\n"
    MATCH [=["event":"status","uptime_ms":[0-9]+,.*"found":"hello".*"event":"detection"]=])
endif()
earshot_qemu_test(spotter-no-microphone IMAGE spotter ARGUMENTS "${audio}/none.wav" ${in_slot}
  EXPECT_EXIT 3 MATCH "the recording cannot be opened")
# A processor of 8 MIPS cannot keep up, and says so.
earshot_qemu_test(spotter-overruns IMAGE spotter ARGUMENTS "${white_10db}" SHIFT 7 ${in_slot}
  MATCH [=["event":"overrun","lost_blocks":[1-9].*"event":"status".*"overruns":[1-9]]=])
# One of 1 MIPS works on a single block for longer than the watchdog waits. Only these boards'
# watchdogs are emulated; half-way they raise an NMI, exception 2.
if(EARSHOT_FAMILY STREQUAL "mps2")
  earshot_qemu_test(spotter-watchdog IMAGE spotter ARGUMENTS "${white_10db}" SHIFT 10
    EXPECT_EXIT 7 MATCH [=["event":"fault","exception":"0x00000002"]=])
endif()
if(TARGET bench)
  earshot_qemu_test(bench IMAGE bench MATCH [=["what":"operator","index":0,"ticks":[1-9]]=])
endif()

# Five minutes of sound: the host's detections, no lost block, and memory as after ten seconds.
if(EARSHOT_BOARD STREQUAL "mps2-an385")
  set(soak "${CMAKE_CURRENT_BINARY_DIR}/soak_5min.wav")
  add_custom_command(OUTPUT "${soak}"
    COMMAND "${Python3_EXECUTABLE}" "${EARSHOT_FIRMWARE_TOOLS}/soak.py" --samples "${audio}"
            --minutes 5 "${soak}"
    DEPENDS "${EARSHOT_FIRMWARE_TOOLS}/soak.py"
    COMMENT "Making a recording of five minutes" VERBATIM)
  add_custom_target(soak_recording ALL DEPENDS "${soak}")
  earshot_detections_test(spotter-soak IMAGE spotter RECORDING "${soak}" TIMEOUT 600)
endif()

if(NOT slot)
  return()
endif()
earshot_qemu_test(slot-model IMAGE spotter ARGUMENTS "${white_10db}" SLOT "${slot}"
  MATCH [=["source":"slot".*"event":"detection","label":"no"]=])
# The slot is empty, or power was lost while it was written, or a bit has turned: the image's own
# model goes on or, where there is none, the board says so and waits.
set(refused [=["event":"error","about":"model slot".*]=])
set(otherwise MATCH_END [=["source":"image".*"event":"detection"]=])
if(image_model STREQUAL "none")
  set(otherwise EXPECT_EXIT 2 MATCH_END "the image has no model of its own")
endif()
earshot_qemu_test(slot-empty IMAGE spotter ARGUMENTS "${white_10db}"
  MATCH [=["event":"slot","state":"empty".*]=] ${otherwise})
earshot_qemu_test(slot-cut-off IMAGE spotter ARGUMENTS "${white_10db}" SLOT "${slot}"
  SLOT_BYTES 10000 MATCH "${refused}" ${otherwise})
earshot_qemu_test(slot-damaged IMAGE spotter ARGUMENTS "${white_10db}" SLOT "${slot}"
  SLOT_FLIP 9000 MATCH "${refused}" ${otherwise})
