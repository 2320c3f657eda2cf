// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The independent watchdog, the same in all STM32 series.
//
// Source: RM0008 (STM32F1) 19.4, RM0090 (F4) 21.4, "IWDG registers".

#include "board.h"
#include "firmware/families/cortex_m/registers.h"
#include "firmware/families/stm32/watchdog_timing.h"
#include "firmware/port/system.h"

namespace earshot {
namespace {

using cortex_m::Register;

constexpr uintptr_t kKey = 0x40003000;
constexpr uint32_t kStart = 0xCCCC;
constexpr uint32_t kUnlock = 0x5555;
constexpr uint32_t kReload = 0xAAAA;
constexpr uintptr_t kPrescaler = 0x40003004;
constexpr uint32_t kDivideBy64 = 4;
static_assert(4u << kDivideBy64 == stm32::kWatchdogPrescaler);
constexpr uintptr_t kReloadValue = 0x40003008;
constexpr uintptr_t kStatus = 0x4000300C;  // Not 0 while a value is on its way to the counter.

constexpr uint32_t kReloadTicks =
    stm32::WatchdogReload(board::kWatchdogMs, board::kWatchdogFastestHz);
static_assert(stm32::IsWatchdogReload(kReloadTicks), "kWatchdogMs is zero, or too long");

// A value takes up to five periods of the watchdog's oscillator, which has 17 kHz or more: 0.3 ms.
// Looking once takes two cycles at least.
constexpr uint32_t kPatience = board::kClockHz / 2000;

}  // namespace

// The oscillator has to run for the values to arrive, so it is started first. Should they not
// arrive, nothing but a time-out of other length follows.
void port::StartWatchdog() {
  Register(kKey) = kStart;
  Register(kKey) = kUnlock;
  Register(kPrescaler) = kDivideBy64;
  Register(kReloadValue) = kReloadTicks;
  for (uint32_t i = 0; i < kPatience && Register(kStatus) != 0; ++i) {
  }
  Register(kKey) = kReload;
}

void port::FeedWatchdog() { Register(kKey) = kReload; }

}  // namespace earshot
