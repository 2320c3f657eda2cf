// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Integer types of operators whose main type is float32: sums, means, quotients, roots and softmax.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/one_operator.h"
#include "tests/kernels/typed_values.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Clamped;
using test::Count;
using test::Random;
using test::Real;
using test::RunResult;
using test::ScaledExactly;
using test::TensorSpec;

constexpr uint32_t kCases = 60;

TensorSpec Int8(std::vector<int32_t> shape, float scale, int32_t zero) {
  return {std::move(shape), TensorType::INT8, {scale}, {zero}};
}

// The sum of `elements`, from the input's zero point on, in steps of the output.
int8_t SumOf(const std::vector<int8_t>& elements, int32_t zero, float scale, float output_scale,
             int32_t output_zero) {
  constexpr int64_t kFine = int64_t{1} << 19;
  int64_t sum = -zero;
  for (const int8_t element : elements) sum += element - zero;
  const double ratio = 2.0 * Real(scale) / (Real(output_scale) * (1 << 20));
  return Clamped<int8_t>(ScaledExactly(sum * kFine, ratio) + output_zero);
}

TEST(AddNTest, Int8EqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t inputs = random.Between(2, 6);
    constexpr int32_t kElements = 17;
    const float scale = random.Scale(), output_scale = 2.0f * random.Scale();
    const int32_t zero = random.Between(-128, 127), output_zero = random.Between(-128, 127);
    std::vector<std::vector<uint8_t>> values;
    test::OneOperator op = {BuiltinOperator::ADD_N, {}, {}, {}};
    op.outputs.push_back(Int8({kElements}, output_scale, output_zero));
    for (int32_t i = 0; i < inputs; ++i) {
      op.inputs.push_back(Int8({kElements}, scale, zero));
      values.push_back(BytesOf(random.Int8(kElements)));
    }
    const RunResult result = test::Run(op, values);
    ASSERT_RAN(result);
    for (size_t i = 0; i < kElements; ++i) {
      std::vector<int8_t> elements;
      for (const auto& input : values) elements.push_back(static_cast<int8_t>(input[i]));
      ASSERT_EQ(result.As<int8_t>()[i], SumOf(elements, zero, scale, output_scale, output_zero));
    }
  }
}

TEST(CumsumTest, Int8EqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rows = random.Between(1, 4), columns = random.Between(1, 6);
    const bool exclusive = seed % 2 == 0, reverse = seed % 4 < 2;
    const float scale = random.Scale(), output_scale = random.Scale();
    const int32_t zero = random.Between(-128, 127), output_zero = random.Between(-128, 127);
    const std::vector<int8_t> input = random.Int8(static_cast<size_t>(rows * columns));
    const RunResult result = test::Run({BuiltinOperator::CUMSUM,
                                        {Int8({rows, columns}, scale, zero), test::Int32({1}, {1})},
                                        {Int8({rows, columns}, output_scale, output_zero)},
                                        test::CumsumOptions(exclusive, reverse)},
                                       {BytesOf(input)});
    ASSERT_RAN(result);
    for (int32_t at = 0; at < rows * columns; ++at) {
      std::vector<int8_t> elements;
      for (int32_t from = at / columns * columns; from < (at / columns + 1) * columns; ++from) {
        const bool before = reverse ? from > at : from < at;
        if (before || (from == at && !exclusive)) {
          elements.push_back(input[static_cast<size_t>(from)]);
        }
      }
      ASSERT_EQ(result.As<int8_t>()[static_cast<size_t>(at)],
                SumOf(elements, zero, scale, output_scale, output_zero));
    }
  }
}

// One output of the elements of each row; SUM is exact, MEAN is within one step.
TEST(ReductionTest, Int16EqualsPlainMathematics) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rows = random.Between(1, 4), columns = random.Between(1, 30);
    const float scale = random.Scale(), output_scale = 10.0f * random.Scale();
    const int32_t zero = random.Between(-3, 3);
    std::vector<int16_t> input(static_cast<size_t>(rows * columns));
    for (int16_t& value : input) value = static_cast<int16_t>(random.Between(-32768, 32767));
    const auto run = [&](BuiltinOperator op) {
      return test::Run(
          {op,
           {{{rows, columns}, TensorType::INT16, {scale}, {zero}}, test::Int32({1}, {1})},
           {{{rows}, TensorType::INT16, {output_scale}, {7}}},
           test::ReducerOptions(false)},
          {BytesOf(input)});
    };
    const RunResult sums = run(BuiltinOperator::SUM);
    const RunResult means = run(BuiltinOperator::MEAN);
    ASSERT_RAN(sums);
    ASSERT_RAN(means);
    const double ratio = Real(scale) / Real(output_scale);
    for (int32_t row = 0; row < rows; ++row) {
      const auto first = input.begin() + row * columns;
      const int64_t sum = std::accumulate(first, first + columns, int64_t{0}) - zero * columns;
      const auto at = static_cast<size_t>(row);
      ASSERT_EQ(sums.As<int16_t>()[at], Clamped<int16_t>(ScaledExactly(sum, ratio) + 7));
      const double mean = static_cast<double>(sum) / columns * ratio + 7;
      ASSERT_NEAR(means.As<int16_t>()[at], std::clamp(mean, -32768.0, 32767.0), 1.0);
    }
  }
}

TEST(QuotientTest, Int8IsWithinOneStepOfTheRealQuotient) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const test::Pair pair = test::MakePair(random);
    // With a large ratio all of TensorFlow Lite Micro's shifts are defined, too.
    const float larger = seed % 2 == 0 ? 1000.0f : 1.0f;
    const float scales[] = {larger * random.Scale(), random.Scale(), 0.1f + random.Scale()};
    const int32_t zero_a = random.Between(-128, 127), zero_b = random.Between(-128, 127);
    const std::vector<int8_t> a = random.Int8(Count(pair.a)), b = random.Int8(Count(pair.b));
    const RunResult result =
        test::Run({BuiltinOperator::DIV,
                   {Int8(pair.a, scales[0], zero_a), Int8(pair.b, scales[1], zero_b)},
                   {Int8(pair.output, scales[2], 5)},
                   test::DivOptions()},
                  {BytesOf(a), BytesOf(b)});
    ASSERT_RAN(result);
    for (size_t i = 0; i < Count(pair.output); ++i) {
      const int32_t dividend = test::Broadcasted(a, pair.a, pair.output, i) - zero_a;
      const int32_t divisor = test::Broadcasted(b, pair.b, pair.output, i) - zero_b;
      const double quotient =
          divisor == 0 ? 0.0
                       : Real(scales[0]) * dividend / (Real(scales[1]) * divisor * Real(scales[2]));
      ASSERT_NEAR(result.As<int8_t>()[i], std::clamp(quotient + 5, -128.0, 127.0), 0.51);
    }
  }
}

TEST(RsqrtTest, Int8IsWithinOneStepOfTheRealFunction) {
  Random random(1);
  const std::vector<int8_t> input = test::Values<int8_t>(random);
  for (const float scale : {0.001f, 0.05f, 0.5f, 3.0f}) {
    for (const int32_t zero : {-128, -100, 0, 126}) {
      constexpr float kStep = 0.3f;
      const RunResult result = test::Run(
          {BuiltinOperator::RSQRT, {Int8({256}, scale, zero)}, {Int8({256}, kStep, -9)}, {}},
          {BytesOf(input)});
      ASSERT_RAN(result);
      for (size_t i = 0; i < input.size(); ++i) {
        const double x = Real(scale) * (input[i] - zero);
        const double wanted = x <= 0 ? 127.0 : std::min(1 / std::sqrt(x) / Real(kStep) - 9, 127.0);
        ASSERT_NEAR(result.As<int8_t>()[i], wanted, 0.51);
      }
    }
  }
}

TEST(L2NormalizationTest, Int8IsWithinOneStepOfTheRealFunction) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rows = random.Between(1, 3), depth = random.Between(1, 40);
    const int32_t zero = random.Between(-128, 127);
    const std::vector<int8_t> input = random.Int8(static_cast<size_t>(rows * depth));
    const RunResult result = test::Run({BuiltinOperator::L2_NORMALIZATION,
                                        {Int8({rows, depth}, random.Scale(), zero)},
                                        {Int8({rows, depth}, 1.0f / 128, 0)},
                                        test::L2NormOptions()},
                                       {BytesOf(input)});
    ASSERT_RAN(result);
    for (int32_t at = 0; at < rows * depth; ++at) {
      double squares = 0;
      for (int32_t i = at / depth * depth; i < (at / depth + 1) * depth; ++i) {
        squares += std::pow(input[static_cast<size_t>(i)] - zero, 2);
      }
      const double norm = squares == 0 ? 1.0 : std::sqrt(squares);
      const double wanted = (input[static_cast<size_t>(at)] - zero) / norm * 128;
      ASSERT_NEAR(result.As<int8_t>()[static_cast<size_t>(at)], std::min(wanted, 127.0), 0.6);
    }
  }
}

TEST(SoftmaxTest, Int16IsCloseToTheRealFunction) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const int32_t rows = random.Between(1, 3), depth = random.Between(1, 20);
    const float scale = 0.0001f * static_cast<float>(random.Between(1, 20));
    const float beta = 0.5f * static_cast<float>(random.Between(1, 4));
    std::vector<int16_t> input(static_cast<size_t>(rows * depth));
    for (int16_t& value : input) value = static_cast<int16_t>(random.Between(-32768, 32767));
    const RunResult result = test::Run({BuiltinOperator::SOFTMAX,
                                        {{{rows, depth}, TensorType::INT16, {scale}, {0}}},
                                        {{{rows, depth}, TensorType::INT16, {1.0f / 32768}, {0}}},
                                        test::SoftmaxOptions(beta)},
                                       {BytesOf(input)});
    ASSERT_RAN(result);
    for (int32_t row = 0; row < rows; ++row) {
      const auto first = input.begin() + row * depth;
      const int16_t largest = *std::max_element(first, first + depth);
      double sum = 0;
      const auto exponential = [&](int16_t x) {
        return std::exp(Real(beta * scale) * (x - largest));
      };
      for (auto x = first; x != first + depth; ++x) sum += exponential(*x);
      for (int32_t i = 0; i < depth; ++i) {
        ASSERT_NEAR(result.As<int16_t>()[static_cast<size_t>(row * depth + i)],
                    exponential(first[i]) / sum * 32768, 64.0);
      }
    }
  }
}

TEST(Int64Test, MaximumAndMinimumTakeOneOfTwo) {
  const std::vector<int64_t> a = {INT64_MIN, -1, 0, int64_t{1} << 40, INT64_MAX},
                             b = {INT64_MAX, 0, -5, int64_t{1} << 41, INT64_MAX};
  for (const auto op : {BuiltinOperator::MAXIMUM, BuiltinOperator::MINIMUM}) {
    const TensorSpec tensor = {{5}, TensorType::INT64};
    const RunResult result =
        test::Run({op, {tensor, tensor}, {tensor}, {}}, {BytesOf(a), BytesOf(b)});
    ASSERT_RAN(result);
    for (size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(result.As<int64_t>()[i],
                op == BuiltinOperator::MAXIMUM ? std::max(a[i], b[i]) : std::min(a[i], b[i]));
    }
  }
}

TEST(Int32Test, ActivationsLimitQuotients) {
  using schema::ActivationFunctionType;
  const TensorSpec tensor = {{5}, TensorType::INT32};
  const std::vector<int32_t> a = {-9, -1, 0, 15, 2000000000}, b = {1, 1, 3, 2, 1};
  const auto run = [&](ActivationFunctionType activation) {
    return test::Run(
               {BuiltinOperator::DIV, {tensor, tensor}, {tensor}, test::DivOptions(activation)},
               {BytesOf(a), BytesOf(b)})
        .As<int32_t>();
  };
  using Quotients = std::vector<int32_t>;
  EXPECT_EQ(run(ActivationFunctionType::NONE), (Quotients{-9, -1, 0, 7, 2000000000}));
  EXPECT_EQ(run(ActivationFunctionType::RELU), (Quotients{0, 0, 0, 7, 2000000000}));
  EXPECT_EQ(run(ActivationFunctionType::RELU6), (Quotients{0, 0, 0, 6, 6}));
  EXPECT_EQ(run(ActivationFunctionType::RELU_N1_TO_1), (Quotients{-1, -1, 0, 1, 1}));
}

// ------------------------------------------------------------------------------------------------
// What prepare refuses

using test::Damage;
using test::kInvalid;
using test::kUnsupported;
using Op = test::OneOperator;

Op AddN() {
  return {
      BuiltinOperator::ADD_N, {Int8({3}, 0.1f, 1), Int8({3}, 0.1f, 1)}, {Int8({3}, 0.2f, 0)}, {}};
}
Op Rsqrt() { return {BuiltinOperator::RSQRT, {Int8({3}, 0.1f, 1)}, {Int8({3}, 0.2f, 0)}, {}}; }
Op L2Norm() {
  return {BuiltinOperator::L2_NORMALIZATION,
          {Int8({1, 3}, 0.1f, 1)},
          {Int8({1, 3}, 1.0f / 128, 0)},
          test::L2NormOptions()};
}
Op Softmax() {
  return {BuiltinOperator::SOFTMAX,
          {{{1, 3}, TensorType::INT16, {0.001f}, {0}}},
          {{{1, 3}, TensorType::INT16, {1.0f / 32768}, {0}}},
          test::SoftmaxOptions()};
}
Op Div() {
  return {BuiltinOperator::DIV,
          {Int8({3}, 0.1f, 1), Int8({3}, 0.1f, 1)},
          {Int8({3}, 0.2f, 0)},
          test::DivOptions()};
}

TEST(IntegerTypesPrepareTest, AcceptsTheUndamagedOperators) {
  for (const auto make : {AddN, Rsqrt, L2Norm, Softmax, Div}) {
    EXPECT_TRUE(test::Prepare(make()).ok()) << test::Text(test::Prepare(make()));
  }
}

const Damage kDamages[] = {
    {"AddNScales", AddN, [](Op& op) { op.inputs[1].scales = {0.2f}; }, kUnsupported, "scale"},
    {"AddNOutputScale", AddN, [](Op& op) { op.outputs[0].scales = {1e-8f}; }, kUnsupported,
     "power of two"},
    {"AddNNotQuantized", AddN, [](Op& op) { op.outputs[0].scales = {}; }, kInvalid, "scales"},
    {"RsqrtScale", Rsqrt, [](Op& op) { op.outputs[0].scales = {1e-30f}; }, kUnsupported,
     "power of two"},
    {"RsqrtLargeScale", Rsqrt, [](Op& op) { op.outputs[0].scales = {1e5f}; }, kUnsupported,
     "power of one half"},
    {"L2NormScale", L2Norm, [](Op& op) { op.outputs[0].scales = {0.1f}; }, kInvalid, "scale"},
    {"L2NormZeroPoint", L2Norm, [](Op& op) { op.outputs[0].zero_points = {1}; }, kInvalid,
     "zero point"},
    {"SoftmaxZeroPoint", Softmax, [](Op& op) { op.outputs[0].zero_points = {1}; }, kInvalid,
     "zero point"},
    {"SoftmaxScale", Softmax, [](Op& op) { op.outputs[0].scales = {0.1f}; }, kInvalid, "scale"},
    {"DivScale", Div, [](Op& op) { op.outputs[0].scales = {1e-9f}; }, kUnsupported, "power of two"},
    {"DivNoScale", Div, [](Op& op) { op.outputs[0].scales = {}; }, kInvalid, "scales"},
};

class DamagedIntegerTypesTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedIntegerTypesTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedIntegerTypesTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
