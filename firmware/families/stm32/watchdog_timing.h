// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The independent watchdog's timing, the same in all STM32 series.
//
// Source: RM0008 (STM32F1) section 19, RM0090 (F4) section 21: a 12-bit counter on an oscillator of
// its own, the LSI, behind a prescaler of 4 to 256.
#pragma once

#include <cstdint>

namespace earshot::stm32 {

constexpr uint32_t kWatchdogPrescaler = 64;

// The reload value that makes the time-out `ms` where the oscillator is as fast as it may be; it is
// longer where it is slower. `fastest_hz` is in the chip's data sheet.
constexpr uint32_t WatchdogReload(uint32_t ms, uint32_t fastest_hz) {
  return static_cast<uint32_t>((static_cast<uint64_t>(ms) * fastest_hz + 999) / 1000 /
                               kWatchdogPrescaler);
}

// What fits the counter.
constexpr bool IsWatchdogReload(uint32_t reload) { return reload > 0 && reload < 4096; }

}  // namespace earshot::stm32
