// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels of activation functions, and of QUANTIZE and DEQUANTIZE between all types.

#include <cmath>
#include <string>
#include <vector>

#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

TensorSpec Quantized(TensorType type, const std::vector<int32_t>& shape, float scale,
                     int32_t zero) {
  if (type == TensorType::FLOAT32) return Float32(shape);
  return {shape, type, {scale}, {zero}};
}

KernelCase Unary(uint32_t seed, BuiltinOperator op, TensorType type, float output_scale,
                 int32_t output_zero, OperatorOptions options = {}) {
  Random random(seed);
  const std::vector<int32_t> shape = {random.Between(1, 3), random.Between(1, 60)};
  const float scale = type == TensorType::INT16 ? 0.0001f * random.Scale() : random.Scale();
  return MakeCase(random, std::to_string(seed), op, {Quantized(type, shape, scale, 0)},
                  Quantized(type, shape, output_scale > 0 ? output_scale : scale, output_zero),
                  std::move(options));
}

KernelCase Prelu(uint32_t seed, TensorType type) {
  Random random(seed);
  const std::vector<int32_t> shape = {2, random.Between(1, 5), random.Between(2, 7)};
  const TensorType slopes = type == TensorType::FLOAT32 ? type : TensorType::INT8;
  return MakeCase(random, std::to_string(seed), BuiltinOperator::PRELU,
                  {Quantized(type, shape, 0.1f, 0), Quantized(slopes, {shape[2]}, 0.02f, 3)},
                  Quantized(type, shape, 0.15f, 0));
}

KernelCase SoftmaxToInt16(uint32_t seed) {
  Random random(seed);
  const std::vector<int32_t> shape = {2, random.Between(1, 20)};
  return MakeCase(random, "to INT16 " + std::to_string(seed), BuiltinOperator::SOFTMAX,
                  {Quantized(TensorType::INT8, shape, random.Scale(), 0)},
                  Quantized(TensorType::INT16, shape, 1.0f / 65536, -32768), SoftmaxOptions());
}

KernelCase Convert(uint32_t seed, TensorType from, TensorType to) {
  Random random(seed);
  const std::vector<int32_t> shape = {random.Between(1, 100)};
  const BuiltinOperator op =
      to == TensorType::FLOAT32 ? BuiltinOperator::DEQUANTIZE : BuiltinOperator::QUANTIZE;
  return MakeCase(random, std::to_string(seed), op,
                  {Quantized(from, shape, random.Scale(), random.Between(0, 9))},
                  Quantized(to, shape, random.Scale(), random.Between(0, 9)));
}

}  // namespace

std::vector<KernelCase> ActivationCases() {
  constexpr auto kFloat32 = TensorType::FLOAT32;
  constexpr auto kInt8 = TensorType::INT8;
  constexpr auto kInt16 = TensorType::INT16;
  constexpr auto kInt32 = TensorType::INT32;
  constexpr auto kUint8 = TensorType::UINT8;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const BuiltinOperator op :
         {BuiltinOperator::ELU, BuiltinOperator::HARD_SWISH, BuiltinOperator::RELU,
          BuiltinOperator::RELU6, BuiltinOperator::ROUND, BuiltinOperator::LOG_SOFTMAX}) {
      cases.push_back(Unary(seed, op, kFloat32, 0, 0));
    }
    const OperatorOptions leaky = LeakyReluOptions(seed % 2 == 0 ? 0.1f : -0.3f);
    for (const TensorType type : {kFloat32, kInt8, kInt16}) {
      cases.push_back(Prelu(seed, type));
      cases.push_back(Unary(seed, BuiltinOperator::LEAKY_RELU, type, 0.07f, 0, leaky));
    }
    for (const TensorType type : {kInt8, kInt16}) {
      cases.push_back(Unary(seed, BuiltinOperator::ABS, type, 0.07f, 0));
      cases.push_back(Unary(seed, BuiltinOperator::RELU, type, 0.07f, 0));
      cases.push_back(Unary(seed, BuiltinOperator::RELU6, type, 0, 0));
    }
    cases.push_back(Unary(seed, BuiltinOperator::TANH, kInt8, 1.0f / 128, 0));
    cases.push_back(Unary(seed, BuiltinOperator::TANH, kInt16, 1.0f / 32768, 0));
    cases.push_back(Unary(seed, BuiltinOperator::LOGISTIC, kInt16, 1.0f / 32768, 0));
    cases.push_back(Unary(seed, BuiltinOperator::ELU, kInt8, 0.07f, 5));
    cases.push_back(Unary(seed, BuiltinOperator::HARD_SWISH, kInt8, 0.07f, 5));
    cases.push_back(Unary(seed, BuiltinOperator::LOG_SOFTMAX, kInt8, 1.0f / 16, 127));
    cases.push_back(SoftmaxToInt16(seed));
    for (const TensorType type : {kInt8, kInt16, kUint8}) {
      cases.push_back(Convert(seed, type, kFloat32));
    }
    for (const TensorType to : {kInt8, kInt16}) {
      cases.push_back(Convert(seed, kFloat32, to));
      cases.push_back(Convert(seed, kInt32, to));
    }
    for (const TensorType to : {kInt8, kInt16, kInt32}) {
      cases.push_back(Convert(seed, kInt8, to));
      cases.push_back(Convert(seed, kInt16, to));
    }
    cases.push_back(Convert(seed, kInt8, kUint8));
    cases.push_back(Convert(seed, kUint8, kInt8));
    cases.push_back(Convert(seed, kUint8, kUint8));
  }
  return cases;
}

}  // namespace earshot::test
