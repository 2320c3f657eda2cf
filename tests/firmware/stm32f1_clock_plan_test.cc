// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include "firmware/families/stm32/watchdog_timing.h"
#include "firmware/families/stm32f1/clock_plan.h"

namespace earshot::stm32f1 {
namespace {

TEST(Stm32F1ClockPlan, ReachesBothClocks) {
  EXPECT_EQ(CrystalPlan(8'000'000, 72'000'000).pll_multiplier, 9u);
  EXPECT_EQ(CrystalPlan(8'000'000, 72'000'000).Hz(), 72'000'000u);
  EXPECT_EQ(kInternalPlan.Hz(), 64'000'000u);
}

// RM0008 3.3.3: zero up to 24 MHz, one up to 48 MHz, two up to 72 MHz.
TEST(Stm32F1ClockPlan, WaitsForTheFlash) {
  EXPECT_EQ(FlashWaitStates(8'000'000), 0u);
  EXPECT_EQ(FlashWaitStates(24'000'000), 0u);
  EXPECT_EQ(FlashWaitStates(24'000'001), 1u);
  EXPECT_EQ(FlashWaitStates(48'000'000), 1u);
  EXPECT_EQ(FlashWaitStates(64'000'000), 2u);
  EXPECT_EQ(FlashWaitStates(72'000'000), 2u);
}

TEST(Stm32F1ClockPlan, SamplesAtExactlySixteenKilohertz) {
  for (const uint32_t clock : {72'000'000u, 64'000'000u, 8'000'000u}) {
    EXPECT_EQ(SampleRateErrorPpm(TimerHz(clock), 16'000), 0) << clock;
    EXPECT_TRUE(IsAdcFastEnough(clock, 16'000)) << clock;
  }
  EXPECT_EQ(SamplePeriod(72'000'000, 16'000), 4500u);
  // 72 MHz / 1633 is 44,090.6 Hz.
  EXPECT_EQ(SampleRateErrorPpm(72'000'000, 44'100), -212);
  // 68 cycles at 1.33 MHz are 51 us.
  EXPECT_FALSE(IsAdcFastEnough(8'000'000, 20'000));
}

TEST(Stm32Watchdog, NeverComesEarly) {
  for (const uint32_t fastest : {60'000u, 47'000u}) {
    for (const uint32_t ms : {100u, 2'000u, 4'000u}) {
      const uint32_t reload = stm32::WatchdogReload(ms, fastest);
      EXPECT_TRUE(stm32::IsWatchdogReload(reload));
      // The counter runs from the reload value down to zero inclusive.
      EXPECT_GE((reload + 1) * 64 * 1000.0 / fastest, ms);
      EXPECT_LT((reload - 1) * 64 * 1000.0 / fastest, ms);
    }
  }
  EXPECT_FALSE(stm32::IsWatchdogReload(stm32::WatchdogReload(10'000, 60'000)));
}

}  // namespace
}  // namespace earshot::stm32f1
