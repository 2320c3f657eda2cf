// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How an STM32F405 or F407 gets its clocks: the settings and what comes of them, without registers.
//
// Source: RM0090, 7.3.2 (main PLL), 7.3.23 (PLLI2S), 28.4.4 (I2S clock generator); data sheet
// DS8626, 5.3.10 (limits).
#pragma once

#include <cstdint>

namespace earshot::stm32f4 {

constexpr uint32_t kInternalHz = 16'000'000;

// Both PLLs multiply this; whichever oscillator runs is divided down to it. So all clocks are the
// same without the crystal, only less exact.
constexpr uint32_t kPllInputHz = 1'000'000;

// The main PLL: input times `multiplier` / 2.
constexpr uint32_t PllMultiplier(uint32_t clock_hz) { return clock_hz / kPllInputHz * 2; }

// Buses: 1 at a quarter (42 MHz at most), 2 at half of the processor's clock.
constexpr uint32_t kBus1Divider = 4;

// Wait states of the flash memory at 2.7 to 3.6 V, RM0090 3.5.1: one for each 30 MHz begun, but for
// the first.
constexpr uint32_t FlashWaitStates(uint32_t clock_hz) { return (clock_hz - 1) / 30'000'000; }

// The clock of a PDM microphone out of the I2S unit: input * multiplier / (pll_divider * divider).
struct PdmClockPlan {
  uint32_t multiplier;   // PLLI2SN, 192 to 432: what every edition of the manual allows.
  uint32_t pll_divider;  // PLLI2SR, 2 to 7.
  uint32_t divider;      // 2 * I2SDIV + ODD, 4 to 511.

  // How far it is from `hz`, times Denominator().
  constexpr int64_t Error(uint32_t hz) const {
    return static_cast<int64_t>(kPllInputHz) * multiplier - hz * Denominator();
  }
  constexpr int64_t Denominator() const { return static_cast<int64_t>(pll_divider) * divider; }
  constexpr int32_t ErrorPpm(uint32_t hz) const {
    return static_cast<int32_t>(Error(hz) * 1'000'000 / (hz * Denominator()));
  }
};

// Whether `a` is nearer to `hz` than `b`; else, whether only its divider is even, as an odd one
// makes the clock's halves unequal; else, whether its PLL runs slower.
constexpr bool IsBetter(const PdmClockPlan& a, const PdmClockPlan& b, uint32_t hz) {
  const int64_t error_a = (a.Error(hz) < 0 ? -a.Error(hz) : a.Error(hz)) * b.Denominator();
  const int64_t error_b = (b.Error(hz) < 0 ? -b.Error(hz) : b.Error(hz)) * a.Denominator();
  if (error_a != error_b) return error_a < error_b;
  if (a.divider % 2 != b.divider % 2) return a.divider % 2 == 0;
  return a.multiplier < b.multiplier;
}

// The best of all settings.
constexpr PdmClockPlan PlanPdmClock(uint32_t hz) {
  PdmClockPlan best = {192, 2, 4};
  for (uint32_t multiplier = 192; multiplier <= 432; ++multiplier) {
    for (uint32_t pll_divider = 2; pll_divider <= 7; ++pll_divider) {
      const uint32_t unit = pll_divider * hz;
      const uint32_t divider =
          static_cast<uint32_t>((uint64_t{kPllInputHz} * multiplier + unit / 2) / unit);
      const PdmClockPlan plan = {multiplier, pll_divider, divider};
      if (divider >= 4 && divider <= 511 && IsBetter(plan, best, hz)) best = plan;
    }
  }
  return best;
}

}  // namespace earshot::stm32f4
