// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Layers whose weights are of another type than their input: hybrid ones against sums of products
// of the quantized numbers, int4 weights against the same numbers as int8.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/any_layer.h"
#include "tests/kernels/one_operator.h"

namespace earshot {
namespace {

using test::AnyLayer;
using test::BytesOf;
using test::CountOf;
using test::Random;
using test::RealSum;
using test::RunResult;
using test::TensorSpec;

constexpr uint32_t kCases = 100;

std::vector<float> AnyScales(Random& random, bool per_channel, int32_t channels) {
  std::vector<float> scales = {random.Scale()};
  for (int32_t i = 1; per_channel && i < channels; ++i) scales.push_back(random.Scale());
  return scales;
}

TensorSpec WeightsOf(const AnyLayer& layer, TensorType type, const std::vector<float>& scales,
                     std::vector<uint8_t> data) {
  return {layer.weights,     type, scales, std::vector<int64_t>(scales.size(), 0), std::move(data),
          layer.channel_axis};
}

// ------------------------------------------------------------------------------------------------
// Hybrid

// Numbers of one row as the layer has them: real = scale * (stored - zero_point).
struct Row {
  std::vector<int32_t> stored;
  double scale = 1.0;
  int32_t zero_point = 0;
};

Row Symmetric(const float* values, size_t count) {
  Row row;
  float largest = 0;
  for (size_t i = 0; i < count; ++i) largest = std::max(largest, std::fabs(values[i]));
  if (largest > 0) row.scale = static_cast<double>(largest / 127.0f);
  for (size_t i = 0; i < count; ++i) {
    row.stored.push_back(
        largest == 0 ? 0 : static_cast<int32_t>(std::lround(values[i] * (127.0f / largest))));
  }
  return row;
}

Row Asymmetric(const float* values, size_t count) {
  Row row;
  const double lowest =
      static_cast<double>(std::min(0.0f, *std::min_element(values, values + count)));
  const double highest =
      static_cast<double>(std::max(0.0f, *std::max_element(values, values + count)));
  if (lowest == highest) {
    row.stored.assign(count, 0);
    return row;
  }
  const double scale = (highest - lowest) / 255.0;
  const bool by_lowest = 128.0 - lowest / scale < 127.0 + highest / scale;
  row.zero_point = static_cast<int32_t>(std::clamp(
      std::round(by_lowest ? -128.0 - lowest / scale : 127.0 - highest / scale), -128.0, 127.0));
  const auto stored_scale = static_cast<float>(scale);
  row.scale = static_cast<double>(stored_scale);
  for (size_t i = 0; i < count; ++i) {
    const float steps = static_cast<float>(row.zero_point) + values[i] * (1.0f / stored_scale);
    row.stored.push_back(std::clamp(static_cast<int32_t>(std::lround(steps)), -128, 127));
  }
  return row;
}

void CheckHybrid(BuiltinOperator op, uint32_t seed) {
  Random random(seed);
  const AnyLayer layer = test::MakeLayer(random, op);
  const bool per_channel = seed % 2 == 1 && layer.channels > 1;
  const bool asymmetric = op == BuiltinOperator::FULLY_CONNECTED ? seed % 3 == 0
                          : op == BuiltinOperator::CONV_2D       ? per_channel
                                                                 : true;
  const std::vector<float> scales = AnyScales(random, per_channel, layer.channels);
  std::vector<int8_t> weights = random.Int8(CountOf(layer.weights));
  // As converters make them; of -128 TensorFlow Lite's own vector instructions make nonsense.
  for (int8_t& weight : weights) weight = std::max<int8_t>(weight, -127);
  const auto channels = static_cast<size_t>(layer.channels);
  const bool has_bias = random.Between(0, 3) != 0;
  const std::vector<float> bias = test::Reals(random, channels, 5.0f);
  std::vector<float> input = test::Reals(random, CountOf(layer.input), 3.0f);
  if (seed % 5 == 0) {
    for (float& value : input) value = std::fabs(value);
  }
  if (seed % 11 == 0) std::fill(input.begin(), input.end(), 0.0f);

  const RunResult result = test::Run(
      {op,
       {test::Float32(layer.input), WeightsOf(layer, TensorType::INT8, scales, BytesOf(weights)),
        has_bias ? test::Float32({layer.channels}, bias) : test::Absent()},
       {test::Float32(layer.output)},
       layer.Options(asymmetric)},
      {BytesOf(input)});

  const size_t row_size = input.size() / static_cast<size_t>(layer.input[0]);
  std::vector<Row> rows;
  for (size_t i = 0; i < input.size(); i += row_size) {
    rows.push_back(asymmetric ? Asymmetric(&input[i], row_size) : Symmetric(&input[i], row_size));
  }
  std::vector<RealSum> expected(CountOf(layer.output));
  test::ForEachProduct(layer, [&](size_t at, size_t from, size_t weight) {
    const Row& row = rows[from / row_size];
    const float scale = scales[per_channel ? at % channels : 0];
    expected[at].Add(row.scale * static_cast<double>(scale) *
                     (row.stored[from % row_size] - row.zero_point) * weights[weight]);
  });
  for (size_t i = 0; has_bias && i < expected.size(); ++i) {
    expected[i].Add(static_cast<double>(bias[i % channels]));
  }
  test::ExpectClose(result, expected, layer.window.activation);
}

TEST(HybridTest, IsCloseToPlainMathematics) {
  for (const BuiltinOperator op : test::kLayers) {
    for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
      SCOPED_TRACE(std::string(EnumNameBuiltinOperator(op)) + " seed " + std::to_string(seed));
      CheckHybrid(op, seed);
    }
  }
}

// What no range can be made of, must not be undefined.
TEST(HybridTest, RunsOnInfinityAndNaN) {
  for (const float value : {INFINITY, -INFINITY, NAN, 1e-45f, 3e38f}) {
    for (const bool asymmetric : {false, true}) {
      const RunResult result = test::Run(
          {BuiltinOperator::FULLY_CONNECTED,
           {test::Float32({1, 3}), test::Weights({2, 3})},
           {test::Float32({1, 2})},
           test::FullyConnectedOptions(schema::ActivationFunctionType::NONE, false, 0, asymmetric)},
          {BytesOf(std::vector<float>{value, -value, 1e-45f})});
      EXPECT_TRUE(result.status.ok());
    }
  }
}

// ------------------------------------------------------------------------------------------------
// int4

// Two in a byte, the first in the lower half.
std::vector<uint8_t> Packed(const std::vector<int8_t>& values) {
  std::vector<uint8_t> bytes((values.size() + 1) / 2);
  for (size_t i = 0; i < values.size(); ++i) {
    bytes[i / 2] = static_cast<uint8_t>(bytes[i / 2] | (values[i] & 15) << (i % 2 * 4));
  }
  return bytes;
}

void CheckInt4(BuiltinOperator op, uint32_t seed) {
  Random random(seed);
  const AnyLayer layer = test::MakeLayer(random, op);
  const std::vector<float> scales = AnyScales(random, seed % 2 == 1, layer.channels);
  std::vector<int8_t> weights = random.Int8(CountOf(layer.weights));
  for (int8_t& weight : weights) weight = static_cast<int8_t>(weight / 16);
  std::vector<int32_t> bias;
  for (int32_t i = 0; i < layer.channels; ++i) bias.push_back(random.Between(-999, 999));
  const std::vector<int8_t> input = random.Int8(CountOf(layer.input));
  const TensorSpec output = {layer.output, TensorType::INT8, {random.Scale()}, {-7}};
  const auto run = [&](TensorType type, std::vector<uint8_t> bytes) {
    return test::Run(
        {op,
         {{layer.input, TensorType::INT8, {0.02f}, {5}},
          WeightsOf(layer, type, scales, std::move(bytes)),
          {{layer.channels}, TensorType::INT32, {0.02f * scales[0]}, {0}, BytesOf(bias)}},
         {output},
         layer.Options()},
        {BytesOf(input)});
  };
  const RunResult packed = run(TensorType::INT4, Packed(weights));
  ASSERT_TRUE(packed.status.ok()) << test::Text(packed.status);
  EXPECT_EQ(packed.outputs, run(TensorType::INT8, BytesOf(weights)).outputs);
}

TEST(Int4WeightsTest, GiveTheSameAsInt8) {
  for (const BuiltinOperator op : test::kLayers) {
    for (uint32_t seed = 0; seed < kCases && !HasFailure(); ++seed) {
      SCOPED_TRACE(std::string(EnumNameBuiltinOperator(op)) + " seed " + std::to_string(seed));
      CheckInt4(op, seed);
    }
  }
}

}  // namespace
}  // namespace earshot
