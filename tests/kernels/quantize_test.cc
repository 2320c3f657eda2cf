// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// QUANTIZE and DEQUANTIZE between all types.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/one_operator.h"
#include "tests/kernels/real_arithmetic.h"
#include "tests/kernels/typed_values.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Clamped;
using test::Random;
using test::Real;
using test::RunResult;
using test::ScaledExactly;
using test::Tensor;
using test::Values;
using test::ZeroPoint;

constexpr uint32_t kCases = 100;

template <typename From, typename To>
void CheckRequantize() {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const float from = random.Scale();
    const float to = random.Scale() * (sizeof(From) > 2 ? 100000.0f : 1.0f);
    const int32_t zero = ZeroPoint<From>(random);
    const int32_t output_zero = ZeroPoint<To>(random);
    const std::vector<From> input = Values<From>(random);
    const RunResult result = test::Run({BuiltinOperator::QUANTIZE,
                                        {Tensor<From>(input.size(), from, zero)},
                                        {Tensor<To>(input.size(), to, output_zero)},
                                        {}},
                                       {BytesOf(input)});
    ASSERT_RAN(result);
    const std::vector<To> found = result.As<To>();
    for (size_t i = 0; i < input.size(); ++i) {
      const int64_t steps = ScaledExactly(int64_t{input[i]} - zero, Real(from) / Real(to));
      ASSERT_EQ(found[i], Clamped<To>(steps + output_zero)) << "of " << int64_t{input[i]};
    }
  }
}

TEST(QuantizeTest, IntegersEqualPlainMathematics) {
  CheckRequantize<int8_t, int8_t>();
  CheckRequantize<int8_t, uint8_t>();
  CheckRequantize<int8_t, int16_t>();
  CheckRequantize<int8_t, int32_t>();
  CheckRequantize<uint8_t, int8_t>();
  CheckRequantize<uint8_t, uint8_t>();
  CheckRequantize<int16_t, int8_t>();
  CheckRequantize<int16_t, int16_t>();
  CheckRequantize<int16_t, int32_t>();
  CheckRequantize<int32_t, int8_t>();
  CheckRequantize<int32_t, int16_t>();
}

TEST(QuantizeTest, FloatToInt16RoundsTiesAwayFromZeroAndClamps) {
  const std::vector<float> input = {0.0f, 0.25f, -0.25f, 3.75f, 1e9f, -1e30f, NAN, 16400.0f};
  const RunResult result = test::Run({BuiltinOperator::QUANTIZE,
                                      {test::Float32({8})},
                                      {{{8}, TensorType::INT16, {0.5f}, {0}}},
                                      {}},
                                     {BytesOf(input)});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<int16_t>(),
            (std::vector<int16_t>{0, 1, -1, 8, 32767, -32768, -32768, 32767}));
}

template <typename T>
void CheckDequantize(int32_t zero) {
  Random random(1);
  const std::vector<T> input = Values<T>(random);
  const RunResult result = test::Run({BuiltinOperator::DEQUANTIZE,
                                      {Tensor<T>(input.size(), 0.3f, zero)},
                                      {test::Float32({static_cast<int32_t>(input.size())})},
                                      {}},
                                     {BytesOf(input)});
  ASSERT_RAN(result);
  for (size_t i = 0; i < input.size(); ++i) {
    EXPECT_EQ(result.As<float>()[i], static_cast<float>(Real(0.3f) * (input[i] - zero)));
  }
}

TEST(DequantizeTest, AllTypes) {
  CheckDequantize<int8_t>(-7);
  CheckDequantize<uint8_t>(100);
  CheckDequantize<int16_t>(0);
}

}  // namespace
}  // namespace earshot
