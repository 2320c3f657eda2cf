// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// uint8: layers against plain mathematics; other operators against int8, which is uint8 less 128.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/any_layer.h"
#include "tests/kernels/control_flow_model.h"
#include "tests/kernels/one_operator.h"
#include "tests/kernels/typed_values.h"

namespace earshot {
namespace {

using test::AnyLayer;
using test::BytesOf;
using test::CountOf;
using test::Random;
using test::Real;
using test::RunResult;
using test::TensorSpec;

constexpr uint32_t kCases = 100;
constexpr int32_t kShift = 128;

TensorSpec Uint8(std::vector<int32_t> shape, float scale, int32_t zero) {
  return {std::move(shape), TensorType::UINT8, {scale}, {zero}};
}

std::vector<uint8_t> AnyUint8(Random& random, size_t count) { return BytesOf(random.Int8(count)); }

uint8_t Activated(int64_t steps, test::ActivationFunctionType activation, float scale,
                  int32_t zero) {
  using test::ActivationFunctionType;
  const auto limit = [&](float value) { return std::lround(value / scale); };
  if (activation != ActivationFunctionType::NONE) {
    const bool both = activation == ActivationFunctionType::RELU_N1_TO_1;
    steps = std::max<int64_t>(steps, both ? -limit(1.0f) : 0);
    if (both) steps = std::min<int64_t>(steps, limit(1.0f));
    if (activation == ActivationFunctionType::RELU6) steps = std::min<int64_t>(steps, limit(6.0f));
  }
  return test::Clamped<uint8_t>(steps + zero);
}

void CheckLayer(BuiltinOperator op, uint32_t seed) {
  Random random(seed);
  const AnyLayer layer = test::MakeLayer(random, op);
  const float scale = random.Scale(), weight_scale = random.Scale(),
              output_scale = 10.0f * random.Scale();
  const int32_t zero = random.Between(0, 255), weight_zero = random.Between(0, 255),
                output_zero = random.Between(0, 255);
  const std::vector<uint8_t> input = AnyUint8(random, CountOf(layer.input)),
                             weights = AnyUint8(random, CountOf(layer.weights));
  std::vector<int32_t> bias;
  for (int32_t i = 0; i < layer.channels; ++i) bias.push_back(random.Between(-9999, 9999));
  TensorSpec weights_tensor = Uint8(layer.weights, weight_scale, weight_zero);
  weights_tensor.data = weights;
  const RunResult result = test::Run(
      {op,
       {Uint8(layer.input, scale, zero),
        weights_tensor,
        {{layer.channels}, TensorType::INT32, {scale * weight_scale}, {0}, BytesOf(bias)}},
       {Uint8(layer.output, output_scale, output_zero)},
       layer.Options()},
      {input});
  ASSERT_RAN(result);
  std::vector<int64_t> sums(CountOf(layer.output));
  for (size_t i = 0; i < sums.size(); ++i) sums[i] = bias[i % bias.size()];
  test::ForEachProduct(layer, [&](size_t at, size_t from, size_t weight) {
    sums[at] += (input[from] - zero) * (weights[weight] - weight_zero);
  });
  const double ratio = Real(scale * weight_scale) / Real(output_scale);
  for (size_t i = 0; i < sums.size(); ++i) {
    ASSERT_EQ(result.As<uint8_t>()[i],
              Activated(test::ScaledExactly(sums[i], ratio), layer.window.activation, output_scale,
                        output_zero))
        << "element " << i;
  }
}

TEST(Uint8Test, LayersEqualPlainMathematics) {
  for (const BuiltinOperator op : test::kLayers) {
    for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
      SCOPED_TRACE(std::string(EnumNameBuiltinOperator(op)) + " seed " + std::to_string(seed));
      CheckLayer(op, seed);
    }
  }
}

// The operator on uint8, and on the same numbers as int8.
void ExpectLikeInt8(test::OneOperator op, std::vector<std::vector<uint8_t>> values) {
  const RunResult result = test::Run(op, values);
  ASSERT_RAN(result);
  for (auto* tensors : {&op.inputs, &op.outputs}) {
    for (TensorSpec& tensor : *tensors) {
      tensor.type = TensorType::INT8;
      tensor.zero_points = {tensor.zero_points[0] - kShift};
    }
  }
  for (auto& input : values) {
    for (uint8_t& value : input) value = static_cast<uint8_t>(value - kShift);
  }
  RunResult wanted = test::Run(op, values);
  ASSERT_RAN(wanted);
  for (uint8_t& value : wanted.outputs[0]) value = static_cast<uint8_t>(value + kShift);
  ASSERT_EQ(result.outputs, wanted.outputs);
}

TEST(Uint8Test, OtherOperatorsAreLikeInt8) {
  for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    const std::vector<int32_t> shape = {1, random.Between(3, 7), random.Between(3, 7), 3};
    const int32_t zero = random.Between(0, 255);
    const TensorSpec image = Uint8(shape, random.Scale(), zero);
    const std::vector<uint8_t> a = AnyUint8(random, CountOf(shape));
    const std::vector<uint8_t> b = AnyUint8(random, CountOf(shape));
    const auto activation = test::AnyActivation(random);
    test::WindowSpec window;
    window.activation = activation;
    ExpectLikeInt8(
        {BuiltinOperator::MAX_POOL_2D, {image}, {image}, test::Pool2DOptions(window, 2, 3)}, {a});
    ExpectLikeInt8({BuiltinOperator::ADD,
                    {image, Uint8(shape, random.Scale(), random.Between(0, 255))},
                    {Uint8(shape, random.Scale(), random.Between(0, 255))},
                    test::AddOptions(activation)},
                   {a, b});
    ExpectLikeInt8({BuiltinOperator::MUL,
                    {image, Uint8(shape, random.Scale(), random.Between(0, 255))},
                    {Uint8(shape, random.Scale(), random.Between(0, 255))},
                    test::MulOptions(activation)},
                   {a, b});
    ExpectLikeInt8({BuiltinOperator::RELU,
                    {image},
                    {Uint8(shape, random.Scale(), random.Between(0, 255))},
                    {}},
                   {a});
    ExpectLikeInt8({BuiltinOperator::RELU6, {image}, {image}, {}}, {a});
    ExpectLikeInt8(
        {BuiltinOperator::SOFTMAX, {image}, {Uint8(shape, 1.0f / 256, 0)}, test::SoftmaxOptions()},
        {a});
  }
}

TEST(Uint8Test, IndicesOfExtremesAreThoseOfInt8) {
  for (const BuiltinOperator op : {BuiltinOperator::ARG_MAX, BuiltinOperator::ARG_MIN}) {
    for (uint32_t seed = 0; seed < kCases; ++seed) {
      Random random(seed);
      std::vector<uint8_t> values = AnyUint8(random, 30);
      test::OneOperator indices = {
          op, {Uint8({5, 6}, 0.5f, 3), test::ConstantInt32({1})}, {{{5}, TensorType::INT32}}, {}};
      const RunResult result = test::Run(indices, {values});
      ASSERT_RAN(result);
      indices.inputs[0] = {{5, 6}, TensorType::INT8, {0.5f}, {3}};
      for (uint8_t& value : values) value = static_cast<uint8_t>(value - kShift);
      const RunResult wanted = test::Run(indices, {values});
      ASSERT_RAN(wanted);
      ASSERT_EQ(result.outputs, wanted.outputs) << "seed " << seed;
    }
  }
}

// Unlike int8's, no mean is negative, so that ties of all go upward.
TEST(Uint8Test, MeansOfWindowsRoundUpward) {
  const TensorSpec image = Uint8({1, 1, 3, 1}, 0.5f, 200);
  test::WindowSpec window;
  window.padding = test::Padding::VALID;
  for (uint8_t a = 0; a < 250; a = static_cast<uint8_t>(a + 7)) {
    const std::vector<uint8_t> values = {a, static_cast<uint8_t>(255 - 2 * (a % 100)), 7};
    const RunResult result = test::Run({BuiltinOperator::AVERAGE_POOL_2D,
                                        {image},
                                        {Uint8({1, 1, 2, 1}, 0.5f, 200)},
                                        test::Pool2DOptions(window, 1, 2)},
                                       {values});
    ASSERT_RAN(result);
    EXPECT_EQ(result.As<uint8_t>()[0], (values[0] + values[1] + 1) / 2);
    EXPECT_EQ(result.As<uint8_t>()[1], (values[1] + values[2] + 1) / 2);
  }
}

TEST(Uint8Test, QuantizeRoundsTiesAwayFromZeroAndClamps) {
  const RunResult result =
      test::Run({BuiltinOperator::QUANTIZE, {test::Float32({7})}, {Uint8({7}, 0.5f, 100)}, {}},
                {BytesOf(std::vector<float>{0.0f, 0.25f, -0.25f, 0.2f, 1e9f, -1e9f, NAN})});
  ASSERT_RAN(result);
  EXPECT_EQ(result.As<uint8_t>(), (std::vector<uint8_t>{100, 101, 99, 100, 255, 0, 0}));
}

TEST(Uint8Test, LogisticIsTheNearestStepOfTheRealFunction) {
  Random random(1);
  const std::vector<uint8_t> input = test::Values<uint8_t>(random);
  for (const float scale : {0.001f, 0.05f, 0.5f}) {
    for (const int32_t zero : {0, 100, 255}) {
      const RunResult result = test::Run({BuiltinOperator::LOGISTIC,
                                          {Uint8({256}, scale, zero)},
                                          {Uint8({256}, 1.0f / 256, 0)},
                                          {}},
                                         {input});
      ASSERT_RAN(result);
      for (size_t i = 0; i < input.size(); ++i) {
        const double real = 256 / (1 + std::exp(-Real(scale) * (input[i] - zero)));
        ASSERT_NEAR(result.As<uint8_t>()[i], std::min(real, 255.0), 0.501);
      }
    }
  }
}

// ------------------------------------------------------------------------------------------------
// What prepare refuses

using test::Damage;
using test::kInvalid;
using test::kUnsupported;
using Op = test::OneOperator;

TensorSpec Weights(std::vector<int32_t> shape) {
  TensorSpec weights = test::Weights(std::move(shape));
  weights.type = TensorType::UINT8;
  weights.zero_points = {99};
  return weights;
}

Op Conv2D() {
  return {BuiltinOperator::CONV_2D,
          {Uint8({1, 5, 5, 2}, 0.5f, 3), Weights({3, 3, 3, 2})},
          {Uint8({1, 5, 5, 3}, 0.5f, 3)},
          test::Conv2DOptions({})};
}

Op Logistic() {
  return {BuiltinOperator::LOGISTIC, {Uint8({5}, 0.5f, 3)}, {Uint8({5}, 1.0f / 256, 0)}, {}};
}

TEST(Uint8PrepareTest, AcceptsTheUndamagedOperators) {
  for (const auto make : {Conv2D, Logistic}) {
    EXPECT_TRUE(test::Prepare(make()).ok()) << test::Text(test::Prepare(make()));
  }
}

const Damage kDamages[] = {
    {"ConvWeights", Conv2D, [](Op& op) { op.inputs[1].type = TensorType::INT8; }, kUnsupported,
     "types"},
    {"ConvWeightScales", Conv2D,
     [](Op& op) {
       op.inputs[1].scales = {0.1f, 0.1f, 0.1f};
       op.inputs[1].zero_points = {0, 0, 0};
     },
     kInvalid, "weights: number of scales"},
    {"ConvProducts", Conv2D,
     [](Op& op) {
       op.inputs[0] = Uint8({1, 1, 1, 33026}, 0.5f, 3);
       op.inputs[1] = Weights({1, 1, 1, 33026});
       op.outputs[0] = Uint8({1, 1, 1, 1}, 0.5f, 3);
     },
     kUnsupported, "elements per output channel"},
    {"LogisticScale", Logistic, [](Op& op) { op.outputs[0].scales = {0.1f}; }, kInvalid, "scale"},
    {"LogisticZeroPoint", Logistic, [](Op& op) { op.outputs[0].zero_points = {1}; }, kInvalid,
     "zero point"},
};

class DamagedUint8Test : public testing::TestWithParam<Damage> {};

TEST_P(DamagedUint8Test, IsRefused) { test::ExpectRefused(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Damages, DamagedUint8Test, testing::ValuesIn(kDamages),
                         [](const auto& parameter) { return std::string(parameter.param.name); });

}  // namespace
}  // namespace earshot
