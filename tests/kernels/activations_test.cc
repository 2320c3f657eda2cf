// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Activation functions of integers, and those of float32 with numbers of their own.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "tests/kernels/broadcast_pairs.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/kernels/one_operator.h"
#include "tests/kernels/real_arithmetic.h"
#include "tests/kernels/typed_values.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::Clamped;
using test::kTypeOf;
using test::OneOperator;
using test::Random;
using test::Real;
using test::RunResult;
using test::ScaledExactly;
using test::Tensor;
using test::TensorSpec;
using test::Values;
using test::ZeroPoint;

constexpr uint32_t kCases = 100;

// `steps` gives, of an input's steps, the output's, unclamped.
template <typename T, typename Steps>
void CheckUnary(BuiltinOperator op, bool same_quantization, test::OperatorOptions options,
                Steps steps) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const float from = random.Scale();
    const float to = same_quantization ? from : random.Scale();
    const int32_t zero = ZeroPoint<T>(random);
    const int32_t output_zero = same_quantization ? zero : ZeroPoint<T>(random);
    const std::vector<T> input = Values<T>(random);
    const RunResult result = test::Run({op,
                                        {Tensor<T>(input.size(), from, zero)},
                                        {Tensor<T>(input.size(), to, output_zero)},
                                        options},
                                       {BytesOf(input)});
    ASSERT_RAN(result);
    const std::vector<T> found = result.As<T>();
    for (size_t i = 0; i < input.size(); ++i) {
      const T wanted = Clamped<T>(steps(int64_t{input[i]} - zero, from, to) + output_zero);
      ASSERT_EQ(found[i], wanted) << "of " << int64_t{input[i]};
    }
  }
}

template <typename T>
void CheckTwoSlopes() {
  const auto ratio = [](float from, float to) { return Real(from) / Real(to); };
  CheckUnary<T>(BuiltinOperator::ABS, false, {}, [&](int64_t steps, float from, float to) {
    return ScaledExactly(std::abs(steps), ratio(from, to));
  });
  CheckUnary<T>(BuiltinOperator::RELU, false, {}, [&](int64_t steps, float from, float to) {
    return std::max<int64_t>(ScaledExactly(steps, ratio(from, to)), 0);
  });
  CheckUnary<T>(BuiltinOperator::RELU6, true, {}, [&](int64_t steps, float from, float) {
    return std::clamp<int64_t>(steps, 0, std::lround(6.0f / from));
  });
  for (const float slope : {0.1f, 0.0f, 1.5f, -0.3f}) {
    CheckUnary<T>(BuiltinOperator::LEAKY_RELU, false, test::LeakyReluOptions(slope),
                  [&](int64_t steps, float from, float to) -> int64_t {
                    if (steps >= 0) return ScaledExactly(steps, ratio(from, to));
                    if (slope == 0.0f) return 0;
                    return ScaledExactly(slope < 0 ? -steps : steps,
                                         std::fabs(Real(slope)) * Real(from) / Real(to));
                  });
  }
}

TEST(TwoSlopesTest, Int8EqualsPlainMathematics) { CheckTwoSlopes<int8_t>(); }
TEST(TwoSlopesTest, Int16EqualsPlainMathematics) { CheckTwoSlopes<int16_t>(); }

TEST(LeakyReluTest, Float32) {
  const std::vector<float> input = {-8.0f, -0.5f, 0.0f, 0.5f, 3.0f};
  const RunResult result = test::RunFloat32(BuiltinOperator::LEAKY_RELU, test::Float32({5}), {},
                                            {5}, input, test::LeakyReluOptions(0.25f));
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<float>(), (std::vector<float>{-2.0f, -0.125f, 0.0f, 0.5f, 3.0f}));
}

template <typename T>
void CheckPrelu() {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const test::Pair pair = test::MakePair(random);
    const float scales[] = {random.Scale(), random.Scale(), random.Scale()};
    const int32_t zeros[] = {ZeroPoint<T>(random), ZeroPoint<int8_t>(random), ZeroPoint<T>(random)};
    std::vector<T> x(test::Count(pair.a));
    for (T& value : x) {
      value = static_cast<T>(
          random.Between(std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
    }
    const std::vector<int8_t> slopes = random.Int8(test::Count(pair.b));
    const RunResult result = test::Run({BuiltinOperator::PRELU,
                                        {{pair.a, kTypeOf<T>, {scales[0]}, {zeros[0]}},
                                         {pair.b, TensorType::INT8, {scales[1]}, {zeros[1]}}},
                                        {{pair.output, kTypeOf<T>, {scales[2]}, {zeros[2]}}},
                                        {}},
                                       {BytesOf(x), BytesOf(slopes)});
    ASSERT_RAN(result);
    for (size_t i = 0; i < test::Count(pair.output); ++i) {
      const int64_t steps = test::Broadcasted(x, pair.a, pair.output, i) - zeros[0];
      const int64_t slope = test::Broadcasted(slopes, pair.b, pair.output, i) - zeros[1];
      const int64_t wanted =
          steps >= 0
              ? ScaledExactly(steps, Real(scales[0]) / Real(scales[2]))
              : ScaledExactly(steps * slope, Real(scales[0]) * Real(scales[1]) / Real(scales[2]));
      ASSERT_EQ(result.As<T>()[i], Clamped<T>(wanted + zeros[2]));
    }
  }
}

TEST(PreluTest, Int8EqualsPlainMathematicsWithBroadcasting) { CheckPrelu<int8_t>(); }
TEST(PreluTest, Int16EqualsPlainMathematicsWithBroadcasting) { CheckPrelu<int16_t>(); }

TEST(PreluTest, Float32HasASlopeForEachChannel) {
  const RunResult result = test::Run({BuiltinOperator::PRELU,
                                      {test::Float32({2, 3}), test::Float32({3})},
                                      {test::Float32({2, 3})},
                                      {}},
                                     {BytesOf(std::vector<float>{-1, 2, -3, 4, -5, 6}),
                                      BytesOf(std::vector<float>{0.5f, 2.0f, -1.0f})});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<float>(), (std::vector<float>{-0.5f, 2, 3, 4, -10, 6}));
}

// ------------------------------------------------------------------------------------------------
// Fixed-point approximations: how far from the real function.

// `real` of x; the output counts in `step` from `zero`.
template <typename T>
void CheckApproximation(BuiltinOperator op, float scale, int32_t zero, float step,
                        int32_t output_zero, double (*real)(double), double most_steps) {
  Random random(1);
  const std::vector<T> input = Values<T>(random);
  const RunResult result = test::Run({op,
                                      {Tensor<T>(input.size(), scale, zero)},
                                      {Tensor<T>(input.size(), step, output_zero)},
                                      {}},
                                     {BytesOf(input)});
  ASSERT_RAN(result);
  for (size_t i = 0; i < input.size(); ++i) {
    const double x = Real(scale) * (input[i] - zero);
    const double wanted =
        std::clamp(real(x) / Real(step) + output_zero, Real(std::numeric_limits<T>::min()),
                   Real(std::numeric_limits<T>::max()));
    ASSERT_NEAR(result.As<T>()[i], wanted, most_steps)
        << "scale " << scale << ", zero point " << zero << ", x " << x;
  }
}

double Tanh(double x) { return std::tanh(x); }
double Sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
double Elu(double x) { return x < 0 ? std::expm1(x) : x; }
double HardSwish(double x) { return x * std::clamp(x + 3, 0.0, 6.0) / 6; }

TEST(TanhTest, Int8IsWithinOneStepOfTheRealFunction) {
  for (const float scale : {0.001f, 0.01f, 0.05f, 0.1f, 0.5f, 2.0f}) {
    for (const int32_t zero : {-128, -5, 0, 127}) {
      CheckApproximation<int8_t>(BuiltinOperator::TANH, scale, zero, 1.0f / 128.0f, 0, Tanh, 1.0);
    }
  }
}

// A table of 256 numbers with lines between them.
TEST(TableTest, Int16IsWithinThreeStepsOfTheRealFunctions) {
  for (const float scale : {0x1p-12f, 0x1p-11f, 0x1p-13f, 0.0001f, 0.0003f, 0.001f, 0.1f, 1e-6f}) {
    CheckApproximation<int16_t>(BuiltinOperator::TANH, scale, 0, 0x1p-15f, 0, Tanh, 4.0);
    CheckApproximation<int16_t>(BuiltinOperator::LOGISTIC, scale, 0, 0x1p-15f, 0, Sigmoid, 3.0);
  }
}

TEST(EluTest, Int8IsWithinOneStepOfTheRealFunction) {
  for (const float scale : {0.01f, 0.05f, 2.0f}) {
    for (const float step : {0.02f, 0.1f}) {
      CheckApproximation<int8_t>(BuiltinOperator::ELU, scale, -7, step, 11, Elu, 0.6);
    }
  }
}

TEST(HardSwishTest, Int8IsWithinOneStepOfTheRealFunction) {
  for (const float scale : {0.01f, 0.05f, 0.1f, 2.0f}) {
    for (const float step : {0.02f, 0.1f, 0.5f}) {
      if (scale / 128 >= step) continue;
      CheckApproximation<int8_t>(BuiltinOperator::HARD_SWISH, scale, -7, step, 11, HardSwish, 1.1);
    }
  }
}

TEST(LogSoftmaxTest, IsCloseToTheRealFunction) {
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const float scale = random.Scale();
    const int32_t depth = random.Between(1, 40);
    const std::vector<int8_t> input = random.Int8(static_cast<size_t>(3 * depth));
    const std::vector<float> reals = test::Reals(random, input.size(), 8.0f);
    const RunResult result = test::Run({BuiltinOperator::LOG_SOFTMAX,
                                        {{{3, depth}, TensorType::INT8, {scale}, {5}}},
                                        {{{3, depth}, TensorType::INT8, {1.0f / 16.0f}, {127}}},
                                        {}},
                                       {BytesOf(input)});
    const RunResult real_result = test::RunFloat32(
        BuiltinOperator::LOG_SOFTMAX, test::Float32({3, depth}), {}, {3, depth}, reals);
    ASSERT_RAN(result);
    ASSERT_RAN(real_result);
    for (size_t i = 0; i < input.size(); ++i) {
      double sum = 0.0;
      double real_sum = 0.0;
      const size_t row = i / static_cast<size_t>(depth) * static_cast<size_t>(depth);
      for (size_t k = row; k < row + static_cast<size_t>(depth); ++k) {
        sum += std::exp(Real(scale) * (input[k] - input[i]));
        real_sum += std::exp(Real(reals[k]) - Real(reals[i]));
      }
      ASSERT_NEAR(result.As<int8_t>()[i], std::max(127 - 16 * std::log(sum), -128.0), 1.0);
      ASSERT_NEAR(Real(real_result.As<float>()[i]), -std::log(real_sum), 1e-5);
    }
  }
}

// ------------------------------------------------------------------------------------------------

using test::Damage;
using test::Int8;
using test::kInvalid;
using test::kUnsupported;
using Op = OneOperator;

TensorSpec Int16(std::vector<int32_t> shape, float scale = 0x1p-15f) {
  return {std::move(shape), TensorType::INT16, {scale}, {0}};
}

Op Relu() { return {BuiltinOperator::RELU, {Int8({2, 3})}, {Int8({2, 3})}, {}}; }
Op Relu6() { return {BuiltinOperator::RELU6, {Int8({2, 3})}, {Int8({2, 3})}, {}}; }
Op LeakyRelu() {
  return {BuiltinOperator::LEAKY_RELU, {Int8({2})}, {Int8({2})}, test::LeakyReluOptions(0.1f)};
}
Op Prelu() { return {BuiltinOperator::PRELU, {Int8({2, 3}), Int8({3})}, {Int8({2, 3})}, {}}; }
Op TanhInt8() { return {BuiltinOperator::TANH, {Int8({2})}, {Int8({2})}, {}}; }
Op TanhInt16() { return {BuiltinOperator::TANH, {Int16({2})}, {Int16({2})}, {}}; }
Op HardSwishInt8() { return {BuiltinOperator::HARD_SWISH, {Int8({2})}, {Int8({2})}, {}}; }
Op EluInt8() { return {BuiltinOperator::ELU, {Int8({2})}, {Int8({2})}, {}}; }
Op LogSoftmax() {
  return {BuiltinOperator::LOG_SOFTMAX,
          {Int8({2, 3})},
          {{{2, 3}, TensorType::INT8, {1.0f / 16.0f}, {127}}},
          {}};
}

TEST(ActivationPrepareTest, AcceptsTheUndamagedOperators) {
  for (const auto make :
       {Relu, Relu6, LeakyRelu, Prelu, TanhInt8, TanhInt16, HardSwishInt8, EluInt8, LogSoftmax}) {
    EXPECT_TRUE(test::Prepare(make()).ok()) << test::Text(test::Prepare(make()));
  }
}

const Damage kDamages[] = {
    {"ReluShape", Relu,
     [](Op& op) {
       op.outputs[0].shape = {2, 4};
     },
     kInvalid, "shape"},
    {"ReluType", Relu, [](Op& op) { op.outputs[0].type = TensorType::INT16; }, kUnsupported,
     "type"},
    {"ReluUnscaled", Relu, [](Op& op) { op.inputs[0].scales = {}; }, kInvalid, "scales"},
    {"ReluRatio", Relu,
     [](Op& op) {
       op.inputs[0].scales = {1e30f};
       op.outputs[0].scales = {1e-30f};
     },
     kUnsupported, "scales"},
    {"Relu6Scale", Relu6, [](Op& op) { op.outputs[0].scales = {0.25f}; }, kUnsupported, "scales"},
    {"LeakyReluNoOptions", LeakyRelu, [](Op& op) { op.options = {}; }, kInvalid, "options"},
    {"LeakyReluSlope", LeakyRelu, [](Op& op) { op.options = test::LeakyReluOptions(NAN); },
     kInvalid, "finite"},
    {"LeakyReluSlopeHuge", LeakyRelu, [](Op& op) { op.options = test::LeakyReluOptions(-3e38f); },
     kUnsupported, "scales"},
    {"PreluShapes", Prelu, [](Op& op) { op.inputs[1] = Int8({2}); }, kInvalid, "extents"},
    {"PreluSlopes", Prelu, [](Op& op) { op.inputs[1].type = TensorType::INT16; }, kUnsupported,
     "type"},
    {"TanhInt8ZeroPoint", TanhInt8, [](Op& op) { op.outputs[0].zero_points = {1}; }, kInvalid,
     "zero point"},
    {"TanhInt16ZeroPoint", TanhInt16, [](Op& op) { op.inputs[0].zero_points = {1}; }, kInvalid,
     "zero point"},
    {"TanhInt16Output", TanhInt16, [](Op& op) { op.outputs[0].scales = {0x1p-14f}; }, kInvalid,
     "output: scale"},
    {"TanhInt16Huge", TanhInt16, [](Op& op) { op.inputs[0].scales = {2.7f}; }, kUnsupported,
     "input: scale"},
    {"TanhInt16Tiny", TanhInt16, [](Op& op) { op.inputs[0].scales = {1e-20f}; }, kUnsupported,
     "input: scale"},
    {"HardSwishOutput", HardSwishInt8, [](Op& op) { op.outputs[0].scales = {1e-4f}; }, kUnsupported,
     "power of two"},
    {"HardSwishTiny", HardSwishInt8, [](Op& op) { op.inputs[0].scales = {1e-7f}; }, kUnsupported,
     "power of two"},
    {"HardSwishHuge", HardSwishInt8,
     [](Op& op) { op.inputs[0].scales = op.outputs[0].scales = {1e30f}; }, kUnsupported, "scales"},
    {"EluType", EluInt8, [](Op& op) { op.outputs[0].type = TensorType::INT16; }, kUnsupported,
     "type"},
    {"EluShape", EluInt8, [](Op& op) { op.outputs[0].shape = {3}; }, kInvalid, "shape"},
    {"EluInput", EluInt8, [](Op& op) { op.inputs[0].scales = {}; }, kInvalid, "input"},
    {"HardSwishShape", HardSwishInt8,
     [](Op& op) {
       op.outputs[0].shape = {1, 2};
     },
     kInvalid, "shape"},
    {"EluUnscaled", EluInt8, [](Op& op) { op.outputs[0].scales = {}; }, kInvalid, "scales"},
    {"LogSoftmaxInputScale", LogSoftmax, [](Op& op) { op.inputs[0].scales = {1e-30f}; },
     kUnsupported, "input: scale"},
    {"LogSoftmaxScale", LogSoftmax, [](Op& op) { op.outputs[0].scales = {0.06f}; }, kInvalid,
     "scale"},
    {"LogSoftmaxZeroPoint", LogSoftmax, [](Op& op) { op.outputs[0].zero_points = {0}; }, kInvalid,
     "zero point"},
    {"LogSoftmaxScalar", LogSoftmax, [](Op& op) { op.inputs[0].shape = op.outputs[0].shape = {}; },
     kInvalid, "rank"},
};

class DamagedActivationTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedActivationTest, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedActivationTest, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
