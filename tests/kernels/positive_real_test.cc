// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The integer arithmetic on scales, held against the floating-point arithmetic that it stands for.

#include "earshot/runtime/positive_real.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/model.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

constexpr int kRandomNumbers = 1000000;

double ToDouble(PositiveReal value) {
  return std::ldexp(static_cast<double>(value.mantissa), value.exponent);
}

// The format's definition of a multiplier.
QuantizedMultiplier InDouble(double value) {
  constexpr int64_t kOne = int64_t{1} << 31;
  int exponent = 0;
  auto rounded = static_cast<int64_t>(
      std::floor(std::frexp(value, &exponent) * static_cast<double>(kOne) + 0.5));
  if (rounded == kOne) {
    rounded /= 2;
    ++exponent;
  }
  if (exponent < -31) return {};
  return {static_cast<int32_t>(rounded), exponent};
}

::testing::AssertionResult SameMultiplier(PositiveReal found, double wanted) {
  const QuantizedMultiplier a = QuantizeMultiplier(found);
  const QuantizedMultiplier b = InDouble(wanted);
  if (a.multiplier == b.multiplier && a.shift == b.shift) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << a.multiplier << " * 2^" << a.shift << " instead of "
                                       << b.multiplier << " * 2^" << b.shift << " for " << wanted;
}

// a * b / c as convolutions have it, and with the product rounded to float as in FULLY_CONNECTED.
void ExpectSameRatios(float a, float b, float c) {
  const PositiveReal product = Product(RealOf(a), RealOf(b));
  ASSERT_TRUE(
      SameMultiplier(Quotient(product, RealOf(c), kDoubleBits),
                     static_cast<double>(a) * static_cast<double>(b) / static_cast<double>(c)))
      << a << " * " << b << " / " << c;
  const PositiveReal rounded = RoundedToFloat(product);
  const float wanted = a * b;
  if (std::isinf(wanted)) {
    ASSERT_GT(rounded.exponent, 1000);
    return;
  }
  ASSERT_EQ(ToDouble(rounded), static_cast<double>(wanted)) << a << " * " << b;
}

float FloatFromBits(uint32_t bits) {
  float value = 0;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

// All positive finite floats are equally likely, denormal ones included.
float AnyFloat(std::mt19937& random) {
  constexpr uint32_t kInfinity = 0x7F800000u;
  return FloatFromBits(random() % (kInfinity - 1) + 1);
}

// Like the scales of real models.
float UsualScale(std::mt19937& random) {
  constexpr uint32_t kOne = 0x3F800000u;
  return FloatFromBits(kOne - random() % (20u << 23));
}

TEST(PositiveRealTest, HoldsFloatsExactly) {
  std::mt19937 random(1);
  for (int i = 0; i < kRandomNumbers; ++i) {
    const float value = AnyFloat(random);
    ASSERT_EQ(ToDouble(RealOf(value)), static_cast<double>(value));
  }
  EXPECT_EQ(RealOf(0.0f).mantissa, 0u);
}

TEST(PositiveRealTest, RatiosHaveTheBitsOfDouble) {
  std::mt19937 random(2);
  for (int i = 0; i < kRandomNumbers; ++i) {
    ExpectSameRatios(UsualScale(random), UsualScale(random), UsualScale(random));
    ExpectSameRatios(AnyFloat(random), AnyFloat(random), AnyFloat(random));
    if (HasFatalFailure()) return;
  }
}

// Quotients so close below the middle between two multipliers that double rounds them to the middle
// and the multiplier is then rounded up. They are constructed: for an odd denominator d there is a
// number k, unique modulo 2^31, with (2 k + 1) d = j modulo 2^32, and n = ((2 k + 1) d - j) / 2^32
// makes n / d fall short of the middle (k + 1/2) / 2^31 by j / (d 2^32) only.
TEST(PositiveRealTest, RatiosAreRoundedTwiceAsInDouble) {
  std::mt19937 random(3);
  int rounded_twice = 0;
  for (int i = 0; i < kRandomNumbers; ++i) {
    const uint32_t d = (random() % (1u << 23)) | (1u << 23) | 1u;
    uint32_t inverse = d;  // Modulo 2^3 already; each step doubles the bits.
    for (int step = 0; step < 4; ++step) inverse *= 2 - d * inverse;
    const uint32_t j = 2 * (random() % 4) + 1;
    const uint64_t twice_middle = j * inverse;
    const uint64_t n = (twice_middle * d - j) >> 32;
    if (n == 0) continue;
    const PositiveReal ratio = Quotient({n, 0}, {d, 0}, kDoubleBits);
    ASSERT_TRUE(SameMultiplier(ratio, static_cast<double>(n) / d)) << n << " / " << d;
    const QuantizedMultiplier once = QuantizeMultiplier(Quotient({n, 0}, {d, 0}, kDoubleBits + 9));
    if (once.multiplier != QuantizeMultiplier(ratio).multiplier) ++rounded_twice;
  }
  EXPECT_GT(rounded_twice, 1000);
}

TEST(PositiveRealTest, EdgesOfMultipliers) {
  for (const double value :
       {1.0, 0.5, std::ldexp(1.0, -32), std::ldexp(1.0, -33),
        // The next numbers below powers of two: the multiplier is rounded up to 2^31.
        std::nextafter(1.0, 0.0), std::nextafter(std::ldexp(1.0, -32), 0.0),
        std::nextafter(std::ldexp(1.0, 30), 0.0),
        // The middle between two multipliers, and its neighbours.
        1.0 + std::ldexp(1.0, -31), std::nextafter(1.0 + std::ldexp(1.0, -31), 0.0),
        std::nextafter(1.0 + std::ldexp(1.0, -31), 2.0)}) {
    int exponent = 0;
    const double mantissa = std::frexp(value, &exponent);
    const auto integer = static_cast<uint64_t>(std::ldexp(mantissa, kDoubleBits));
    EXPECT_TRUE(SameMultiplier({integer, exponent - kDoubleBits}, value));
  }
  EXPECT_EQ(QuantizeMultiplier({}).multiplier, 0);
}

// Steps of a scale in activation functions: a quotient of floats, then a rounding of its own.
TEST(PositiveRealTest, IntegersHaveTheRoundingsOfFloat) {
  constexpr int32_t kMost = 256;
  std::mt19937 random(4);
  for (int i = 0; i < kRandomNumbers; ++i) {
    for (const float value : {1.0f, 6.0f}) {
      // Mostly near the middle between two integers.
      const float middle = value / (static_cast<float>(random() % 300) + 0.5f);
      const float scale =
          i % 4 == 0 ? AnyFloat(random) : FloatFromBits(FloatBits(middle) + random() % 5 - 2);
      const float wanted = std::fmin(std::round(value / scale), static_cast<float>(kMost));
      const PositiveReal quotient = Quotient(RealOf(value), RealOf(scale), kFloatBits);
      ASSERT_EQ(RoundedToInteger(quotient, kMost), static_cast<int32_t>(wanted))
          << value << " / " << scale;
    }
  }
}

// Every operator of the models that come with a product of scales.
TEST(PositiveRealTest, RatiosOfRealModels) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  int ratios = 0;
  for (const char* name : {"micro_speech_quantized", "kws_ref_model", "mww_v2_vad", "person_detect",
                           "hello_world_int8"}) {
    const AlignedBytes file(
        test::ReadBytes(test::SharedPath(std::string("models/") + name + ".tflite")));
    Model model;
    ASSERT_TRUE(Model::Load(file.span(), &model).ok()) << name;
    for (size_t i = 0; i < model.operator_count(0); ++i) {
      const auto inputs = Model::Indices(model.op(0, i).inputs());
      const auto outputs = Model::Indices(model.op(0, i).outputs());
      if (inputs.size() < 2 || inputs[1] < 0 || outputs.empty()) continue;
      const auto scales = [&](int32_t tensor) {
        return model.tensor(0, static_cast<size_t>(tensor)).scales;
      };
      if (scales(inputs[0]).size() != 1 || scales(outputs[0]).size() != 1) continue;
      for (const float weights : scales(inputs[1])) {
        ExpectSameRatios(scales(inputs[0])[0], weights, scales(outputs[0])[0]);
        if (HasFatalFailure()) return;
        ++ratios;
      }
    }
  }
  EXPECT_GT(ratios, 100);
}

}  // namespace
}  // namespace earshot
