// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/audio/high_pass.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace earshot {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kRateHz = 16'000;

// The amplitude of what comes out for a tone, relative to what goes in, once it has settled.
double GainDb(double hertz, double amplitude, int32_t offset) {
  HighPass filter;
  const int settle = 16'000;
  const int length = 16'000;
  double re = 0;
  double im = 0;
  for (int n = 0; n < settle + length; ++n) {
    const double phase = 2 * kPi * hertz * n / kRateHz;
    const int32_t x = offset + static_cast<int32_t>(std::lround(amplitude * std::sin(phase)));
    const int16_t y = filter.Filter(x);
    if (n < settle) continue;
    re += y * std::cos(phase);
    im += y * std::sin(phase);
  }
  return 20 * std::log10(std::hypot(re, im) * 2 / length / amplitude);
}

TEST(HighPass, LetsSpeechPass) {
  for (const double hertz : {125.0, 500.0, 1000.0, 7000.0}) {
    EXPECT_NEAR(GainDb(hertz, 8000, 0), 0, 0.05) << hertz;
  }
}

// |H|^2 = 1 / (1 + (f0 / f)^2), near enough for frequencies this low.
TEST(HighPass, IsThreeDecibelsDownAtTenHertz) {
  EXPECT_NEAR(GainDb(10, 8000, 0), -3.0, 0.1);
  EXPECT_NEAR(GainDb(1, 8000, 0), -20.0, 0.2);
}

TEST(HighPass, TakesOffsetsOutAtOnce) {
  for (const int32_t offset : {1, 700, -7944, 32'767, -32'768, 1'000'000, -2'097'151}) {
    HighPass filter;
    for (int n = 0; n < 100; ++n) ASSERT_EQ(filter.Filter(offset), 0) << offset;
  }
}

// Whatever came before, a constant ends at 0 to within a step.
TEST(HighPass, ForgetsAnOldOffset) {
  for (const int32_t from : {-2'097'151, -5000, 1, 2'097'151}) {
    HighPass filter;
    filter.Filter(from);
    int16_t last = 0;
    for (int n = 0; n < 16'000; ++n) last = filter.Filter(-from);
    EXPECT_LE(std::abs(last), 1) << from;
  }
}

TEST(HighPass, IsTheSameWithAnOffset) {
  EXPECT_NEAR(GainDb(1000, 8000, 20'000), 0, 0.05);
  EXPECT_NEAR(GainDb(1000, 8000, -900'000), 0, 0.05);
}

TEST(HighPass, ClipsWhatDoesNotFit) {
  HighPass filter;
  EXPECT_EQ(filter.Filter(0), 0);
  EXPECT_EQ(filter.Filter(100'000), INT16_MAX);
  EXPECT_EQ(filter.Filter(-100'000), INT16_MIN);
  EXPECT_EQ(SaturateToInt16(32'767), 32'767);
  EXPECT_EQ(SaturateToInt16(-32'768), -32'768);
}

}  // namespace
}  // namespace earshot
