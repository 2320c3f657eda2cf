// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The end of a program on a real board: its LED says why.

#include "board.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/port/indicator.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

constexpr uint32_t kBlinkMs = 200;
constexpr uint32_t kPauseMs = 1500;

// Counts the clock's wraps instead of its interrupts, which may never come again.
void Wait(uint32_t ms) {
  using cortex_m::Register;
  Register(cortex_m::kSysTickReload) = board::kClockHz / 1000 - 1;
  Register(cortex_m::kSysTickCurrent) = 0;
  Register(cortex_m::kSysTickControl) = cortex_m::kSysTickEnable | cortex_m::kSysTickProcessorClock;
  for (uint32_t i = 0; i < ms; ++i) {
    while ((Register(cortex_m::kSysTickControl) & cortex_m::kSysTickWrapped) == 0) {
    }
  }
}

}  // namespace

void port::Exit(ExitCode code) {
  cortex_m::DisableInterrupts();
  while (true) {
    for (int i = 0; i < static_cast<int>(code); ++i) {
      SetIndicator(true);
      Wait(kBlinkMs);
      SetIndicator(false);
      Wait(kBlinkMs);
    }
    Wait(kPauseMs);
  }
}

}  // namespace earshot
