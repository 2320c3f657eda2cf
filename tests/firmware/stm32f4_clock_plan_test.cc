// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/families/stm32f4/clock_plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace earshot::stm32f4 {
namespace {

// The I2S unit's registers: I2SDIV from 2 to 255, ODD 0 or 1; PLLI2SN, PLLI2SR.
double PdmHz(int n, int r, int i2sdiv, int odd) { return 1e6 * n / r / (2 * i2sdiv + odd); }

TEST(Stm32F4ClockPlan, MakesThePdmClockExactly) {
  constexpr PdmClockPlan kPlan = PlanPdmClock(1'024'000);
  EXPECT_EQ(kPlan.ErrorPpm(1'024'000), 0);
  EXPECT_EQ(1e6 * kPlan.multiplier / kPlan.pll_divider / kPlan.divider, 1'024'000.0);
  EXPECT_EQ(kPlan.divider % 2, 0u);  // Both halves of the clock are equal.
}

// Tries all settings there are, for rates that can be made exactly and for some that cannot.
TEST(Stm32F4ClockPlan, FindsTheBestOfAll) {
  for (const uint32_t hz : {1'024'000u, 2'048'000u, 1'411'200u, 3'072'000u, 999'983u}) {
    double best = 1e9;
    for (int n = 192; n <= 432; ++n) {
      for (int r = 2; r <= 7; ++r) {
        for (int i2sdiv = 2; i2sdiv <= 255; ++i2sdiv) {
          for (int odd = 0; odd <= 1; ++odd) {
            best = std::min(best, std::abs(PdmHz(n, r, i2sdiv, odd) - hz));
          }
        }
      }
    }
    const PdmClockPlan plan = PlanPdmClock(hz);
    const double found =
        PdmHz(static_cast<int>(plan.multiplier), static_cast<int>(plan.pll_divider),
              static_cast<int>(plan.divider / 2), static_cast<int>(plan.divider % 2));
    EXPECT_NEAR(std::abs(found - hz), best, 1e-6) << hz;
    EXPECT_NEAR(plan.ErrorPpm(hz), (found - hz) / hz * 1e6, 1) << hz;
  }
}

// RM0090 28.4.4, the table of sampling rates, for 48 kHz in frames of 16 bits without master clock:
// N 192, R 5, I2SDIV 12, ODD 1 makes 48,000 Hz. ST's settings for this microphone (N 258, R 3,
// I2SDIV 42) miss 1.024 MHz by 186 ppm.
TEST(Stm32F4ClockPlan, KnowsTheErrorOfOtherSettings) {
  EXPECT_EQ((PdmClockPlan{192, 5, 25}).ErrorPpm(48'000 * 32), 0);
  EXPECT_EQ((PdmClockPlan{258, 3, 84}).ErrorPpm(1'024'000), -186);
}

// RM0090 3.5.1, 2.7 to 3.6 V.
TEST(Stm32F4ClockPlan, WaitsForTheFlash) {
  EXPECT_EQ(FlashWaitStates(30'000'000), 0u);
  EXPECT_EQ(FlashWaitStates(30'000'001), 1u);
  EXPECT_EQ(FlashWaitStates(150'000'000), 4u);
  EXPECT_EQ(FlashWaitStates(168'000'000), 5u);
}

TEST(Stm32F4ClockPlan, MultipliesForThePll) { EXPECT_EQ(PllMultiplier(168'000'000), 336u); }

}  // namespace
}  // namespace earshot::stm32f4
