// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/arrival_rate.h"

#include <gtest/gtest.h>

#include <chrono>

namespace earshot::host {
namespace {

using TimePoint = AudioBlock::Clock::time_point;

TimePoint At(double seconds) {
  return TimePoint(std::chrono::duration_cast<AudioBlock::Clock::duration>(
      std::chrono::duration<double>(seconds)));
}

// Blocks of 10 ms from a device at `hz`, the first at 100 s.
ArrivalRate Paced(double hz, double seconds) {
  ArrivalRate rate;
  for (int i = 1; i * 160 <= seconds * hz; ++i) rate.Add(160, At(100 + i * 160 / hz));
  return rate;
}

TEST(ArrivalRateTest, IsThatOfTheDevice) {
  for (const double hz : {16000.0, 15840.0, 17415.0}) {
    const std::optional<MeasuredRate> rate = Paced(hz, 10).Rate();
    ASSERT_TRUE(rate.has_value());
    EXPECT_NEAR(rate->hz, hz, 0.01);
    EXPECT_NEAR(rate->seconds, 10 - 16000 / hz, 0.02);  // Without the first 16000 samples.
  }
}

TEST(ArrivalRateTest, WhatWasInBuffersAtFirstDoesNotCount) {
  ArrivalRate rate;
  rate.Add(40000, At(0.01));
  for (int i = 1; i <= 600; ++i) rate.Add(160, At(0.01 + i * 0.01));
  EXPECT_NEAR(rate.Rate()->hz, 16000, 0.01);
}

// 100 ms late, which by the two ends alone would be 2 %.
TEST(ArrivalRateTest, ASingleLateBlockDoesNotMatter) {
  ArrivalRate rate;
  for (int i = 1; i <= 600; ++i) rate.Add(160, At(i * 0.01 + (i == 100 || i == 300 ? 0.1 : 0)));
  EXPECT_NEAR(rate.Rate()->hz, 16000, 32);
}

TEST(ArrivalRateTest, InAShortTimeItIsUnknown) {
  EXPECT_FALSE(ArrivalRate().Rate().has_value());
  EXPECT_FALSE(Paced(16000, 5.9).Rate().has_value());
  EXPECT_TRUE(Paced(16000, 6.1).Rate().has_value());
}

// A great deal of sound in no time is no matter of late blocks.
TEST(ArrivalRateTest, NobodySlowsItDown) {
  ArrivalRate rate;
  rate.Add(150000, At(1));
  EXPECT_FALSE(rate.Rate().has_value());
  rate.Add(60000, At(1));
  EXPECT_FALSE(rate.Rate().has_value());  // By no clock.
  rate.Add(30000, At(1.01));
  ASSERT_TRUE(rate.Rate().has_value());
  EXPECT_GT(rate.Rate()->hz, 1e6);
}

}  // namespace
}  // namespace earshot::host
