// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The 32 MHz crystal, from which the nRF52 makes its 64 MHz. Without it an RC oscillator does,
// which is percents off.
//
// Source: nRF52840 Product Specification 1.7, 5.4 "CLOCK".
#pragma once

#include <cstdint>

#include "firmware/families/cortex_m/registers.h"

namespace earshot::nrf {

constexpr uintptr_t kClockStartCrystal = 0x40000000;  // TASKS_HFCLKSTART
constexpr uintptr_t kClockStatus = 0x4000040C;        // HFCLKSTAT
constexpr uint32_t kClockFromCrystal = 1u << 0;
constexpr uint32_t kClockRuns = 1u << 16;

// The status rather than the event: that one may come twice (nRF52840 anomaly 201).
inline bool CrystalRuns() {
  constexpr uint32_t kBoth = kClockFromCrystal | kClockRuns;
  return (cortex_m::Register(kClockStatus) & kBoth) == kBoth;
}

}  // namespace earshot::nrf
