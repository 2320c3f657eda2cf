// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The stages' arithmetic against plain mathematics, beyond what recorded signals reach.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "earshot/frontend/bits.h"
#include "earshot/frontend/feature_quantization.h"
#include "earshot/frontend/fft.h"
#include "earshot/frontend/log_scale.h"
#include "earshot/frontend/noise_reduction.h"
#include "earshot/frontend/pcan_gain.h"
#include "earshot/frontend/square_root.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/frontend/window.h"

namespace earshot {
namespace {

TEST(BitsTest, MostSignificantBit) {
  EXPECT_EQ(MostSignificantBit(uint64_t{0}), 0);
  EXPECT_EQ(MostSignificantBit(uint32_t{0}), 0);
  for (int bit = 0; bit < 64; ++bit) {
    const uint64_t power = uint64_t{1} << bit;
    EXPECT_EQ(MostSignificantBit(power), bit + 1);
    if (bit < 32) {
      EXPECT_EQ(MostSignificantBit(static_cast<uint32_t>(power)), bit + 1);
    }
    EXPECT_EQ(MostSignificantBit(power | (power - 1)), bit + 1);
  }
}

TEST(WindowTest, TheLowestSampleCountsAsNothing) {
  const std::vector<int16_t> coefficients = {4096, 4096, 4096};
  std::vector<int16_t> windowed(3);
  EXPECT_EQ(ApplyWindow(std::vector<int16_t>{-32768, 0, 5}, coefficients, windowed), 12);
  EXPECT_EQ(windowed, (std::vector<int16_t>{-32768, 0, 5}));
  EXPECT_EQ(ApplyWindow(std::vector<int16_t>{-32767, 0, 5}, coefficients, windowed), 0);
}

TEST(WindowTest, RoundsDown) {
  const std::vector<int16_t> half = {2048, 2048};
  std::vector<int16_t> windowed(2);
  ApplyWindow(std::vector<int16_t>{3, -3}, half, windowed);
  EXPECT_EQ(windowed, (std::vector<int16_t>{1, -2}));
}

TEST(WindowTest, ShiftBringsTheMagnitudeToTheTop) {
  EXPECT_EQ(InputShift(0), 15);
  for (uint32_t magnitude = 1; magnitude <= 32767; ++magnitude) {
    const uint32_t shifted = magnitude << InputShift(magnitude);
    ASSERT_GE(shifted, 16384u) << magnitude;
    ASSERT_LE(shifted, 32767u) << magnitude;
  }
}

// The error of the fixed-point transform against double, over random full-scale input.
TEST(FftTest, IsADiscreteFourierTransform) {
  constexpr size_t kSize = 512;
  std::mt19937 random(1);
  std::vector<int16_t> samples(kSize);
  for (int16_t& sample : samples) sample = static_cast<int16_t>(random() % 65535 - 32767);
  std::vector<int16_t> input = samples;
  std::vector<EarshotComplex16> scratch(kSize / 2);
  std::vector<EarshotComplex16> spectrum(kSize / 2 + 1);
  RealFft(kStandardTables.fft, 0, input, scratch, spectrum);
  for (size_t k = 0; k < spectrum.size(); ++k) {
    double re = 0;
    double im = 0;
    for (size_t i = 0; i < kSize; ++i) {
      const double phase = -2.0 * M_PI * static_cast<double>(k * i % kSize) / kSize;
      re += samples[i] * std::cos(phase);
      im += samples[i] * std::sin(phase);
    }
    EXPECT_NEAR(spectrum[k].re, re / kSize, 4.0) << "bin " << k;
    EXPECT_NEAR(spectrum[k].im, im / kSize, 4.0) << "bin " << k;
  }
}

TEST(SquareRootTest, RoundsToNearest) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 200000; ++i) {
    const uint64_t value = random() >> (random() % 64);
    const uint64_t root = SquareRoot(value);
    if (root == 0xFFFF || root == 0xFFFFFFFF) continue;
    // root - 1/2 <= sqrt(value) <= root + 1/2, squared and without the quarter.
    const auto wide = static_cast<unsigned __int128>(root);
    ASSERT_LE(value, wide * wide + wide) << value;
    if (root > 0) {
      ASSERT_GT(value, wide * wide - wide) << value;
    }
  }
}

TEST(SquareRootTest, DoesNotRoundPastTheTop) {
  EXPECT_EQ(SquareRoot(0), 0u);
  EXPECT_EQ(SquareRoot(0xFFFFFFFFu), 0xFFFFu);
  EXPECT_EQ(SquareRoot(0x100000000u), 0x10000u);
  EXPECT_EQ(SquareRoot(UINT64_MAX), 0xFFFFFFFFu);
}

TEST(NoiseReductionTest, AlwaysLeavesTheRemainingShare) {
  std::vector<uint32_t> estimate(2, 0);
  std::vector<uint32_t> signal;
  for (int frame = 0; frame < 2000; ++frame) {
    signal = {10000, 10000};
    ReduceNoise(kStandardTables.noise_reduction, estimate, signal);
  }
  // The estimate has caught up with a steady signal: 819/16384 of it is left.
  EXPECT_EQ(signal, (std::vector<uint32_t>{499, 499}));
  EXPECT_NEAR(estimate[0] / 1024.0, 10000, 10);
}

TEST(NoiseReductionTest, EvenAndOddChannelsMoveAtTheirOwnPace) {
  std::vector<uint32_t> estimate(2, 0);
  std::vector<uint32_t> signal = {16384, 16384};
  ReduceNoise(kStandardTables.noise_reduction, estimate, signal);
  EXPECT_EQ(estimate, (std::vector<uint32_t>{409 << 10, 983 << 10}));
}

// One quadratic for each octave of the function that they stand for: within 1.5 %.
TEST(PcanTest, GainIsNearItsFormula) {
  for (uint32_t noise = 0; noise < 3000000; noise = noise + 1 + noise / 50) {
    const double formula = std::pow(2.0, 21) * std::pow(noise / 128.0 + 80.0, -0.95);
    const double gain = PcanGain(kStandardTables.pcan.gains, noise);
    ASSERT_NEAR(gain, std::min(formula, 32767.0), 2.0 + 0.015 * formula) << noise;
  }
}

TEST(PcanTest, ShrinkIsContinuous) {
  EXPECT_EQ(PcanShrink(0), 0u);
  EXPECT_EQ(PcanShrink(8191), 63u);
  EXPECT_EQ(PcanShrink(8192), 64u);
  EXPECT_EQ(PcanShrink(4 << 12), 3u * 64);
  for (uint32_t snr = 1; snr < 100000; ++snr) ASSERT_LE(PcanShrink(snr) - PcanShrink(snr - 1), 1u);
}

// Only 1/128 of the interpolation is applied, so between table entries the error rises to 0.005.
TEST(LogTest, IsNearTheLogarithm) {
  for (uint32_t value = 2; value < 0x80000000u; value = value + 1 + value / 1000) {
    ASSERT_NEAR(ScaledLog(value, 6), 64.0 * std::log(value), 1.0) << value;
  }
}

TEST(LogTest, EndsAreHandled) {
  std::vector<uint16_t> features(3);
  ApplyLog({true, 6, 0}, std::vector<uint32_t>{0, 1, 2}, features);
  EXPECT_EQ(features, (std::vector<uint16_t>{0, 0, 44}));
  ApplyLog({false, 6, 3}, std::vector<uint32_t>{7, 65535, 65536}, features);
  EXPECT_EQ(features, (std::vector<uint16_t>{7, 65535, 65535}));
  ApplyLog({true, 6, -1}, std::vector<uint32_t>{3, 4, 8}, features);
  EXPECT_EQ(features, (std::vector<uint16_t>{0, 44, 89}));
}

TEST(FeatureQuantizationTest, CoversTheRange) {
  EXPECT_EQ(QuantizeFeature(0), -128);
  EXPECT_EQ(QuantizeFeature(333), 0);
  EXPECT_EQ(QuantizeFeature(663), 127);
  EXPECT_EQ(QuantizeFeature(65535), 127);
  for (int v = 1; v <= 65535; ++v) {
    ASSERT_GE(QuantizeFeature(static_cast<uint16_t>(v)),
              QuantizeFeature(static_cast<uint16_t>(v - 1)));
  }
}

}  // namespace
}  // namespace earshot
