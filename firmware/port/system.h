// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// System: what a board does around the application: clocks, sleep, watchdog, the end. A facade: see
// firmware/port/audio_source.h.
#pragma once

#include <cstdint>

namespace earshot::port {

// Brings up clocks and power; called by the start-up code before main(), with memory initialized.
void StartBoard();

// Sleeps until the next interrupt; may return early.
void WaitForInterrupt();

// From here on the board resets itself unless the watchdog is fed at least every
// board::kWatchdogMs. Feed it where work has been done, never from a timer.
void StartWatchdog();
void FeedWatchdog();

// The end of the program, with a reason. An emulated board hands it to the emulator as its exit
// status; a real one blinks it on its LED, that many times and a pause, until it is reset.
enum class ExitCode : uint8_t {
  kDone = 0,
  kTestFailed = 1,
  kNoModel = 2,       // Neither the model slot nor the image has a model that runs.
  kNoMicrophone = 3,  // StartAudio() failed.
  kFault = 7,         // The processor took a fault.
};
[[noreturn]] void Exit(ExitCode code);

// The stack: how many bytes it has, and the most that were in use so far (painted at start-up).
// In use == all of it means that it may have run over.
uint32_t StackBytes();
uint32_t StackUsedBytes();

}  // namespace earshot::port
