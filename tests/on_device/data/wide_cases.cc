// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels of int16 and int32, TRANSPOSE_CONV and BATCH_MATMUL, and sums of several kinds.

#include <string>
#include <vector>

#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

// Of float32 and int32: without a scale.
TensorSpec Tensor(TensorType type, std::vector<int32_t> shape, float scale) {
  if (type == TensorType::FLOAT32 || type == TensorType::INT32) return {std::move(shape), type};
  return {std::move(shape), type, {scale}, {0}};
}

KernelCase Pair(uint32_t seed, BuiltinOperator op, TensorType type, float output_scale,
                OperatorOptions options = {}) {
  Random random(seed);
  const std::vector<int32_t> shape = {2, random.Between(1, 5), random.Between(2, 7)};
  const std::vector<int32_t> other = seed % 2 == 0 ? shape : std::vector<int32_t>{shape[1], 1};
  return MakeCase(random, std::to_string(seed), op,
                  {Tensor(type, shape, 0.1f), Tensor(type, other, 0.1f)},
                  Tensor(type, shape, output_scale), std::move(options));
}

TensorSpec Filled(Random& random, TensorSpec tensor) {
  tensor.data = AnyContent(random, tensor);
  return tensor;
}

// Of a bias of 64 bits, numbers of 24: beyond what 32 bits times int8 weights reach, but not of
// sums that are beyond all use.
TensorSpec Bias(Random& random, TensorType type, int32_t count) {
  if (type == TensorType::FLOAT32) return Float32({count}, Reals(random, 3, 8.0f));
  std::vector<int64_t> wide;
  std::vector<int32_t> narrow;
  for (int32_t i = 0; i < count; ++i) {
    narrow.push_back(random.Between(-9999999, 9999999));
    wide.push_back(narrow.back());
  }
  if (type == TensorType::INT64) return {{count}, type, {}, {}, BytesOf(wide)};
  return {{count}, type, {}, {}, BytesOf(narrow)};
}

// The type of the bias that belongs to an input of `type`.
TensorType BiasType(TensorType type, bool wide) {
  if (type == TensorType::FLOAT32) return type;
  return wide ? TensorType::INT64 : TensorType::INT32;
}

TensorSpec WeightsFor(Random& random, TensorType type, std::vector<int32_t> shape) {
  const TensorType weights = type == TensorType::FLOAT32 ? type : TensorType::INT8;
  return Filled(random, Tensor(weights, std::move(shape), 0.02f));
}

KernelCase Convolution(uint32_t seed, bool depthwise) {
  constexpr auto kInt16 = TensorType::INT16;
  Random random(seed);
  const int32_t height = random.Between(3, 6), channels = random.Between(1, 3);
  const TensorSpec image = Tensor(kInt16, {1, height, 4, channels}, 0.1f);
  const TensorSpec bias =
      Bias(random, BiasType(kInt16, depthwise || seed % 2 == 0), depthwise ? channels : 3);
  const std::vector<int32_t> filter =
      depthwise ? std::vector<int32_t>{1, 3, 2, channels} : std::vector<int32_t>{3, 3, 2, channels};
  return MakeCase(random, std::to_string(seed),
                  depthwise ? BuiltinOperator::DEPTHWISE_CONV_2D : BuiltinOperator::CONV_2D,
                  {image, WeightsFor(random, kInt16, filter), bias},
                  Tensor(kInt16, {1, height, 4, depthwise ? channels : 3}, 10.0f),
                  depthwise ? DepthwiseConv2DOptions({}, 1) : Conv2DOptions({}));
}

KernelCase FullyConnected(uint32_t seed) {
  constexpr auto kInt16 = TensorType::INT16;
  Random random(seed);
  const int32_t depth = random.Between(1, 40);
  return MakeCase(random, std::to_string(seed), BuiltinOperator::FULLY_CONNECTED,
                  {Tensor(kInt16, {2, depth}, 0.1f), WeightsFor(random, kInt16, {3, depth}),
                   Bias(random, BiasType(kInt16, seed % 2 == 0), 3)},
                  Tensor(kInt16, {2, 3}, 10.0f), FullyConnectedOptions());
}

KernelCase Pool(uint32_t seed, BuiltinOperator op) {
  Random random(seed);
  const std::vector<int32_t> shape = {1, random.Between(3, 6), 4, 2};
  return MakeCase(random, std::to_string(seed), op, {Tensor(TensorType::INT16, shape, 0.1f)},
                  Tensor(TensorType::INT16, shape, 0.1f), Pool2DOptions({}, 2, 3));
}

KernelCase TransposeConv(uint32_t seed, TensorType type) {
  Random random(seed);
  const int32_t height = random.Between(2, 4), channels = random.Between(1, 3);
  const std::vector<int32_t> output = {1, 2 * height, 6, 3};
  return MakeCase(random, std::to_string(seed), BuiltinOperator::TRANSPOSE_CONV,
                  {Constant({4}, output), WeightsFor(random, type, {3, 3, 2, channels}),
                   Tensor(type, {1, height, 3, channels}, 0.1f),
                   Bias(random, BiasType(type, type == TensorType::INT16), 3)},
                  Tensor(type, output, 10.0f), TransposeConvOptions({Padding::SAME, 2, 2}));
}

KernelCase BatchMatmul(uint32_t seed, TensorType type) {
  Random random(seed);
  const int32_t depth = random.Between(1, 30);
  const bool swapped = seed % 2 == 1;
  return MakeCase(
      random, std::to_string(seed), BuiltinOperator::BATCH_MATMUL,
      {Tensor(type, {2, 3, depth}, 0.1f),
       Tensor(type, swapped ? std::vector<int32_t>{1, 4, depth} : std::vector<int32_t>{1, depth, 4},
              0.1f)},
      Tensor(type, {2, 3, 4}, type == TensorType::INT16 ? 3000.0f : 30.0f),
      BatchMatMulOptions(false, swapped));
}

// Of one input of [2, 3, 4], and of two for ADD_N.
KernelCase Float32Sums(uint32_t seed, BuiltinOperator op) {
  Random random(seed);
  const TensorSpec tensor = Float32({2, 3, 4});
  const std::string name = std::to_string(seed);
  if (op == BuiltinOperator::ADD_N) return MakeCase(random, name, op, {tensor, tensor}, tensor);
  if (op == BuiltinOperator::CUMSUM) {
    const auto axis = static_cast<int32_t>(seed % 3);
    return MakeCase(random, name, op, {tensor, Constant({1}, {axis})}, tensor,
                    CumsumOptions(seed % 2 == 0, seed >= 2));
  }
  return MakeCase(random, name, op, {tensor}, tensor, L2NormOptions());
}

KernelCase Int8Sum(uint32_t seed) {
  Random random(seed);
  return MakeCase(random, std::to_string(seed), BuiltinOperator::SUM,
                  {AnyInt8(random, {2, random.Between(1, 9), 3}), Constant({1}, {1})},
                  Int8({2, 3}, 1.5f, 7), ReducerOptions(false));
}

KernelCase L2Pool(uint32_t seed) {
  Random random(seed);
  const TensorSpec tensor = Float32({1, random.Between(3, 6), 4, 2});
  return MakeCase(random, std::to_string(seed), BuiltinOperator::L2_POOL_2D, {tensor}, tensor,
                  Pool2DOptions({}, 2, 3));
}

}  // namespace

std::vector<KernelCase> WideCases() {
  constexpr auto kFloat32 = TensorType::FLOAT32;
  constexpr auto kInt8 = TensorType::INT8;
  constexpr auto kInt16 = TensorType::INT16;
  constexpr auto kInt32 = TensorType::INT32;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const TensorType type : {kInt16, kInt32}) {
      cases.push_back(Pair(seed, BuiltinOperator::ADD, type, 0.15f, AddOptions()));
      cases.push_back(Pair(seed, BuiltinOperator::SUB, type, 0.15f, SubOptions()));
      cases.push_back(Pair(seed, BuiltinOperator::MUL, type, 500.0f, MulOptions()));
      cases.push_back(Pair(seed, BuiltinOperator::MAXIMUM, type, 0.1f));
      cases.push_back(Pair(seed, BuiltinOperator::MINIMUM, type, 0.1f));
    }
    for (const TensorType type : {kInt8, kInt16, kInt32}) {
      cases.push_back(Pair(seed, BuiltinOperator::SQUARED_DIFFERENCE, type, 500.0f));
    }
    cases.push_back(Pair(seed, BuiltinOperator::DIV, kInt32, 0, DivOptions()));
    cases.push_back(Pair(seed, BuiltinOperator::DIV, kFloat32, 0, DivOptions()));
    cases.push_back(Pair(seed, BuiltinOperator::FLOOR_DIV, kFloat32, 0));
    cases.push_back(Pair(seed, BuiltinOperator::FLOOR_MOD, kFloat32, 0));
    cases.push_back(Convolution(seed, false));
    cases.push_back(Convolution(seed, true));
    cases.push_back(FullyConnected(seed));
    cases.push_back(Pool(seed, BuiltinOperator::AVERAGE_POOL_2D));
    cases.push_back(Pool(seed, BuiltinOperator::MAX_POOL_2D));
    for (const TensorType type : {kFloat32, kInt8, kInt16}) {
      cases.push_back(TransposeConv(seed, type));
      cases.push_back(BatchMatmul(seed, type));
    }
    for (const BuiltinOperator op :
         {BuiltinOperator::ADD_N, BuiltinOperator::CUMSUM, BuiltinOperator::L2_NORMALIZATION}) {
      cases.push_back(Float32Sums(seed, op));
    }
    cases.push_back(Int8Sum(seed));
    cases.push_back(L2Pool(seed));
  }
  return cases;
}

}  // namespace earshot::test
