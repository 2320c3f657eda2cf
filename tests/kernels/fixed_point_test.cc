// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The fixed-point functions at their full 31 bits, of which an int8 output shows only eight.

#include "earshot/kernels/fixed_point.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

#include "tests/kernels/crc32.h"

namespace earshot {
namespace {

// 65,536 values spread over 0 ... 2^31 - 1, 0 among them.
std::vector<int32_t> Spread() {
  constexpr uint32_t kCount = 65536;
  constexpr uint32_t kGoldenRatio = 0x9E3779B1u;  // Odd, near 2^32 / 1.618: visits all regions.
  std::vector<int32_t> values;
  for (uint32_t i = 0; i < kCount; ++i) {
    values.push_back(static_cast<int32_t>((i * kGoldenRatio) >> 1));
  }
  return values;
}

template <typename Function>
uint32_t Checksum(Function function) {
  std::vector<int32_t> results;
  for (const int32_t value : Spread()) results.push_back(function(value));
  return test::Crc32(results);
}

// Like those of frozen_probabilities_test.cc, these checksums were computed by a separate program
// with Python's unbounded integers, from a description of gemmlowp's formulas.
TEST(FixedPointTest, FunctionsHaveTheFrozenChecksums) {
  EXPECT_EQ(Checksum([](int32_t x) { return ExpOnNegativeValues<5>(-x); }), 0xD76FAC7Du);
  EXPECT_EQ(Checksum([](int32_t x) { return ExpOnNegativeValues<4>(-x); }), 0xC5BC0D58u);
  EXPECT_EQ(Checksum(OneOverOnePlusX), 0x07A90FF2u);
}

double FromQ31(int32_t value) { return std::ldexp(value, -31); }

// Largest errors over these values: 2.3e-7 and 3.1e-9.
TEST(FixedPointTest, FunctionsAreCloseToTheRealOnes) {
  constexpr double kExpTolerance = 3e-7;
  constexpr double kReciprocalTolerance = 4e-9;
  for (const int32_t x : Spread()) {
    ASSERT_NEAR(FromQ31(ExpOnNegativeValues<5>(-x)), std::exp(std::ldexp(-x, -26)), kExpTolerance);
    ASSERT_NEAR(FromQ31(ExpOnNegativeValues<4>(-x)), std::exp(std::ldexp(-x, -27)), kExpTolerance);
    ASSERT_NEAR(FromQ31(OneOverOnePlusX(x)), 1.0 / (1.0 + FromQ31(x)), kReciprocalTolerance);
  }
}

TEST(FixedPointTest, TiesRoundAsGemmlowpDoes) {
  constexpr int32_t kHalf = 1 << 30;  // 0.5 in Q0.31.
  EXPECT_EQ(SaturatingRoundingDoublingHighMul(1, kHalf), 1);
  EXPECT_EQ(SaturatingRoundingDoublingHighMul(-1, kHalf), 0);
  EXPECT_EQ(SaturatingRoundingDoublingHighMul(-3, kHalf), -1);
  EXPECT_EQ(SaturatingRoundingDoublingHighMul(INT32_MIN, INT32_MIN), INT32_MAX);
  EXPECT_EQ(RoundingDivideByPowerOfTwo(1, 1), 1);
  EXPECT_EQ(RoundingDivideByPowerOfTwo(-1, 1), -1);
  EXPECT_EQ(RoundingDivideByPowerOfTwo(5, 2), 1);
  EXPECT_EQ(RoundingDivideByPowerOfTwo(-6, 2), -2);
  EXPECT_EQ(RoundingDivideByPowerOfTwo(INT32_MAX, 31), 1);
  EXPECT_EQ(RoundingDivideByPowerOfTwo(-7, 0), -7);
  EXPECT_EQ(SaturatingShiftLeft(1 << 29, 2), INT32_MAX);
  EXPECT_EQ(SaturatingShiftLeft(-(1 << 29), 2), INT32_MIN);
  EXPECT_EQ(SaturatingShiftLeft(-(1 << 29) + 1, 2), -INT32_MAX + 3);
}

}  // namespace
}  // namespace earshot
