// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How an STM32F103 gets its clock: the settings and what comes of them, without registers.
//
// Source: RM0008, section 7.2 "Clocks"; STM32F103x8 data sheet (DS5319) 5.3.6, 5.3.7: 8 MHz
// oscillator, up to 72 MHz from a crystal, up to 64 MHz from the internal one, of which the PLL
// takes half.
#pragma once

#include <cstdint>

namespace earshot::stm32f1 {

constexpr uint32_t kInternalHz = 8'000'000;

struct ClockPlan {
  uint32_t pll_input_hz;
  uint32_t pll_multiplier;  // 2 to 16.

  constexpr uint32_t Hz() const { return pll_input_hz * pll_multiplier; }
};

constexpr ClockPlan CrystalPlan(uint32_t crystal_hz, uint32_t wanted_hz) {
  return {crystal_hz, wanted_hz / crystal_hz};
}
constexpr ClockPlan kInternalPlan = {kInternalHz / 2, 16};

// Wait states of the flash memory, RM0008 3.3.3: one for each 24 MHz begun, but for the first.
constexpr uint32_t FlashWaitStates(uint32_t clock_hz) { return (clock_hz - 1) / 24'000'000; }

// The peripheral bus 1 runs at half the processor's clock (36 MHz at most); the timers on it get
// the double, which is the processor's clock again (figure 8, "Clock tree").
constexpr uint32_t TimerHz(uint32_t clock_hz) { return clock_hz; }

// The converter's clock, 14 MHz at most (RM0008 11.1).
constexpr uint32_t kAdcPrescaler = 6;

// How long one conversion takes, in cycles of the converter: sampling, and 12.5 (RM0008 11.6). Long
// sampling is kind to microphones of high impedance.
constexpr uint32_t kAdcHalfCycles = 111 + 25;  // 55.5 + 12.5 cycles.

// What the timer counts to for one sample, and how much too fast the rate is then, in millionths.
constexpr uint32_t SamplePeriod(uint32_t timer_hz, uint32_t rate_hz) {
  return (timer_hz + rate_hz / 2) / rate_hz;
}
constexpr int32_t SampleRateErrorPpm(uint32_t timer_hz, uint32_t rate_hz) {
  const int64_t exact = static_cast<int64_t>(rate_hz) * SamplePeriod(timer_hz, rate_hz);
  return static_cast<int32_t>((timer_hz - exact) * 1'000'000 / exact);
}

// Whether a conversion ends before the next begins.
constexpr bool IsAdcFastEnough(uint32_t clock_hz, uint32_t rate_hz) {
  return static_cast<uint64_t>(kAdcHalfCycles) * kAdcPrescaler * rate_hz < 2ull * clock_hz;
}

}  // namespace earshot::stm32f1
