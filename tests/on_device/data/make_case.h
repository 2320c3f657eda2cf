// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What cases of all kernels are made of.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/real_arithmetic.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {

inline size_t Elements(const std::vector<int32_t>& shape) {
  size_t count = 1;
  for (const int32_t extent : shape) count *= static_cast<size_t>(extent);
  return count;
}

inline TensorSpec Int8(std::vector<int32_t> shape, float scale, int32_t zero_point) {
  return {std::move(shape), TensorType::INT8, {scale}, {zero_point}};
}

inline TensorSpec AnyInt8(Random& random, std::vector<int32_t> shape) {
  const float scale = random.Scale();
  return Int8(std::move(shape), scale, random.Between(-128, 127));
}

inline TensorSpec Probabilities(std::vector<int32_t> shape) {
  return Int8(std::move(shape), 1.0f / 256.0f, -128);
}

inline TensorSpec Constant(std::vector<int32_t> shape, const std::vector<int32_t>& values) {
  return {std::move(shape), TensorType::INT32, {}, {}, BytesOf(values)};
}

inline std::vector<uint8_t> AnyContent(Random& random, const TensorSpec& tensor) {
  const size_t count = Elements(tensor.shape);
  if (tensor.type == TensorType::FLOAT32) return BytesOf(Reals(random, count, 8.0f));
  if (tensor.type == TensorType::BOOL) {
    std::vector<uint8_t> truths(count);
    for (uint8_t& truth : truths) truth = static_cast<uint8_t>(random.Between(0, 1));
    return truths;
  }
  return BytesOf(random.Int8(count * ElementBytes(tensor.type)));
}

// One operator; its inputs without contents are the model's, and filled with random numbers. (Not
// those that are variable tensors.)
inline KernelCase MakeCase(Random& random, std::string name, BuiltinOperator op,
                           const std::vector<TensorSpec>& inputs, const TensorSpec& output,
                           OperatorOptions options = {}) {
  KernelCase made;
  made.name = std::string(schema::EnumNameBuiltinOperator(op)) + " " + std::move(name);
  std::vector<int32_t> all, given;
  for (const TensorSpec& input : inputs) {
    all.push_back(made.model.AddTensor(input));
    if (!input.data.empty() || input.is_variable) continue;
    given.push_back(all.back());
    made.inputs.push_back(AnyContent(random, input));
  }
  const int32_t result = made.model.AddTensor(output);
  made.model.AddOperator(op, all, {result}, std::move(options));
  made.model.SetInputs(given);
  made.model.SetOutputs({result});
  return made;
}

}  // namespace earshot::test
