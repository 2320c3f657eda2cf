// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels of layers, and of changes from one type to another, but for the convolutions.

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/real_arithmetic.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

KernelCase Pool(uint32_t seed, BuiltinOperator op, TensorType type) {
  Random random(seed);
  WindowSpec window;
  window.padding = seed % 2 == 0 ? Padding::SAME : Padding::VALID;
  window.stride_h = random.Between(1, 3);
  window.stride_w = random.Between(1, 3);
  window.activation = AnyActivation(random);
  const int32_t filter_h = random.Between(1, 5);
  const int32_t filter_w = random.Between(1, 5);
  TensorSpec input = AnyInt8(random, {random.Between(1, 2), random.Between(5, 9),
                                      random.Between(5, 9), random.Between(1, 3)});
  if (type == TensorType::FLOAT32) input = Float32(input.shape);
  TensorSpec output = input;
  output.shape[1] = WalkAlong(window.padding, input.shape[1], filter_h, window.stride_h, 1).outputs;
  output.shape[2] = WalkAlong(window.padding, input.shape[2], filter_w, window.stride_w, 1).outputs;
  return MakeCase(random, std::to_string(seed), op, {input}, output,
                  Pool2DOptions(window, filter_h, filter_w));
}

KernelCase FullyConnected(uint32_t seed, TensorType type) {
  Random random(seed);
  const int32_t rows = random.Between(1, 3), depth = random.Between(1, 90);
  const int32_t units = random.Between(2, 9);
  const auto activation = AnyActivation(random);
  if (type == TensorType::FLOAT32) {
    const auto weights = Reals(random, Elements({units, depth}), 1.0f);
    const auto bias = Reals(random, Elements({units}), 5.0f);
    return MakeCase(
        random, std::to_string(seed), BuiltinOperator::FULLY_CONNECTED,
        {Float32({rows, depth}), Float32({units, depth}, weights), Float32({units}, bias)},
        Float32({rows, units}), FullyConnectedOptions(activation));
  }
  TensorSpec weights = {{units, depth}, TensorType::INT8};
  for (int32_t i = 0; i < (seed % 2 == 0 ? 1 : units); ++i) {
    weights.scales.push_back(random.Scale());
    weights.zero_points.push_back(seed % 4 == 0 ? random.Between(-128, 127) : 0);
  }
  weights.data = BytesOf(random.Int8(Elements(weights.shape)));
  std::vector<int32_t> bias;
  for (int32_t i = 0; i < units; ++i) bias.push_back(random.Between(-9999, 9999));
  TensorSpec output = AnyInt8(random, {rows, units});
  output.scales[0] *= 20.0f;
  return MakeCase(random, std::to_string(seed), BuiltinOperator::FULLY_CONNECTED,
                  {AnyInt8(random, {rows, depth}), weights, Constant({units}, bias)}, output,
                  FullyConnectedOptions(activation));
}

KernelCase Softmax(uint32_t seed, TensorType type) {
  Random random(seed);
  const std::vector<int32_t> shape = {random.Between(1, 3), random.Between(1, 40)};
  const OperatorOptions options = SoftmaxOptions(0.25f * static_cast<float>(random.Between(1, 8)));
  const bool real = type == TensorType::FLOAT32;
  return MakeCase(random, std::to_string(seed), BuiltinOperator::SOFTMAX,
                  {real ? Float32(shape) : AnyInt8(random, shape)},
                  real ? Float32(shape) : Probabilities(shape), options);
}

// From one type to another; the names say which.
KernelCase Convert(uint32_t seed, TensorType from, TensorType to) {
  Random random(seed);
  const std::vector<int32_t> shape = {random.Between(1, 300)};
  const auto tensor = [&](TensorType type) -> TensorSpec {
    if (type == TensorType::FLOAT32) return Float32(shape);
    TensorSpec made = AnyInt8(random, shape);
    made.type = type;
    if (type == TensorType::UINT8) made.zero_points[0] += 128;
    return made;
  };
  return MakeCase(
      random, std::string(schema::EnumNameTensorType(from)) + " " + std::to_string(seed),
      to == TensorType::FLOAT32 ? BuiltinOperator::DEQUANTIZE : BuiltinOperator::QUANTIZE,
      {tensor(from)}, tensor(to));
}

}  // namespace

std::vector<KernelCase> OtherInt8Cases() {
  constexpr auto kInt8 = TensorType::INT8;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    cases.push_back(Pool(seed, BuiltinOperator::AVERAGE_POOL_2D, kInt8));
    cases.push_back(Pool(seed, BuiltinOperator::MAX_POOL_2D, kInt8));
    cases.push_back(FullyConnected(seed, kInt8));
    cases.push_back(Softmax(seed, kInt8));
    cases.push_back(Convert(seed, kInt8, seed % 2 == 0 ? kInt8 : TensorType::UINT8));
    cases.push_back(Convert(seed, TensorType::UINT8, seed % 2 == 0 ? kInt8 : TensorType::UINT8));
    cases.push_back(Convert(seed, kInt8, TensorType::FLOAT32));
    Random random(seed);
    cases.push_back(MakeCase(random, std::to_string(seed), BuiltinOperator::LOGISTIC,
                             {AnyInt8(random, {256})}, Probabilities({256})));
  }
  return cases;
}

std::vector<KernelCase> OtherFloat32Cases() {
  constexpr auto kFloat32 = TensorType::FLOAT32;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    cases.push_back(Pool(seed, BuiltinOperator::AVERAGE_POOL_2D, kFloat32));
    cases.push_back(FullyConnected(seed, kFloat32));
    cases.push_back(Pool(seed, BuiltinOperator::MAX_POOL_2D, kFloat32));
    cases.push_back(Softmax(seed, kFloat32));
    cases.push_back(Convert(seed, kFloat32, TensorType::INT8));
  }
  // Numbers that have no number in int8, and bits that are no number at all.
  const std::vector<float> special = {1e30f,
                                      -1e30f,
                                      -0.0f,
                                      std::numeric_limits<float>::infinity(),
                                      -std::numeric_limits<float>::infinity(),
                                      std::numeric_limits<float>::quiet_NaN(),
                                      std::numeric_limits<float>::denorm_min()};
  const auto count = static_cast<int32_t>(special.size());
  Random random(kCases);
  cases.push_back(MakeCase(random, "special", BuiltinOperator::QUANTIZE, {Float32({count})},
                           Int8({count}, 0.5f, 10)));
  cases.back().inputs = {BytesOf(special)};
  cases.push_back(MakeCase(random, "special", BuiltinOperator::RESHAPE, {Float32({count})},
                           Float32({1, count})));
  cases.back().inputs = {BytesOf(special)};
  return cases;
}

}  // namespace earshot::test
