// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The watchdog of Arm's MPS2 boards, and nothing else to start.
//
// Source: Arm, Cortex-M System Design Kit Technical Reference Manual (DDI 0479), "APB watchdog":
// the first time-out raises an interrupt (not enabled at the controller here), the second resets.

#include "board.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

using cortex_m::Register;

constexpr uintptr_t kLoad = board::kWatchdogBase + 0x000;
constexpr uintptr_t kControl = board::kWatchdogBase + 0x008;
constexpr uint32_t kInterruptEnable = 1u << 0;
constexpr uint32_t kResetEnable = 1u << 1;
constexpr uintptr_t kInterruptClear = board::kWatchdogBase + 0x00C;
constexpr uintptr_t kLock = board::kWatchdogBase + 0xC00;
constexpr uint32_t kUnlock = 0x1ACCE551;

}  // namespace

void port::StartBoard() {}

// Two periods make the time-out.
void port::StartWatchdog() {
  Register(kLock) = kUnlock;
  Register(kLoad) = board::kWatchdogClockHz / 1000 * (board::kWatchdogMs / 2);
  Register(kControl) = kInterruptEnable | kResetEnable;
}

// Clearing the interrupt reloads the counter.
void port::FeedWatchdog() { Register(kInterruptClear) = 1; }

}  // namespace earshot
