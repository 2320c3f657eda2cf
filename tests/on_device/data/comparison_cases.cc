// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels that compare or that combine truths, and those that resize images by mixing pixels.

#include <string>
#include <vector>

#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 3;

constexpr BuiltinOperator kComparisons[] = {
    BuiltinOperator::EQUAL,      BuiltinOperator::NOT_EQUAL, BuiltinOperator::LESS,
    BuiltinOperator::LESS_EQUAL, BuiltinOperator::GREATER,   BuiltinOperator::GREATER_EQUAL};

TensorSpec Tensor(Random& random, TensorType type, const std::vector<int32_t>& shape) {
  TensorSpec tensor = {shape, type};
  if (type == TensorType::INT8 || type == TensorType::INT16) {
    tensor.scales = {random.Scale()};
    tensor.zero_points = {random.Between(-20, 20)};
  }
  return tensor;
}

// Of two tensors, the second of which is repeated.
KernelCase Pair(uint32_t seed, BuiltinOperator op, TensorType type) {
  Random random(seed);
  const int32_t a = random.Between(1, 4), b = random.Between(1, 9);
  const TensorSpec first = Tensor(random, type, {a, b});
  const TensorSpec second = Tensor(random, type, {b});
  return MakeCase(random,
                  std::string(schema::EnumNameTensorType(type)) + " " + std::to_string(seed), op,
                  {first, second}, {{a, b}, TensorType::BOOL});
}

KernelCase Best(uint32_t seed, BuiltinOperator op, TensorType type) {
  Random random(seed);
  const int32_t a = random.Between(1, 4), b = random.Between(1, 9);
  return MakeCase(
      random, std::string(schema::EnumNameTensorType(type)) + " " + std::to_string(seed), op,
      {Tensor(random, type, {a, b, 2}), Constant({}, {1})}, {{a, 2}, TensorType::INT32});
}

KernelCase Resize(uint32_t seed, TensorType type) {
  Random random(seed);
  const int32_t height = random.Between(1, 7), width = random.Between(1, 7);
  const TensorSpec input = Tensor(random, type, {1, 3, 4, 2});
  TensorSpec output = input;
  output.shape = {1, height, width, 2};
  return MakeCase(random,
                  std::string(schema::EnumNameTensorType(type)) + " " + std::to_string(seed),
                  BuiltinOperator::RESIZE_BILINEAR, {input, Constant({2}, {height, width})}, output,
                  ResizeBilinearOptions(seed == 1, seed == 2));
}

KernelCase Args(uint32_t seed, TensorType type) {
  Random random(seed);
  return MakeCase(random,
                  std::string(schema::EnumNameTensorType(type)) + " " + std::to_string(seed),
                  BuiltinOperator::BROADCAST_ARGS, {{{2}, type}, {{3}, type}}, {{3}, type});
}

}  // namespace

std::vector<KernelCase> ComparisonCases() {
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const BuiltinOperator op : kComparisons) {
      for (const TensorType type : {TensorType::FLOAT32, TensorType::INT16, TensorType::INT32,
                                    TensorType::INT64, TensorType::INT8}) {
        cases.push_back(Pair(seed, op, type));
      }
    }
    for (const BuiltinOperator op : {BuiltinOperator::EQUAL, BuiltinOperator::NOT_EQUAL,
                                     BuiltinOperator::LOGICAL_AND, BuiltinOperator::LOGICAL_OR}) {
      cases.push_back(Pair(seed, op, TensorType::BOOL));
    }
    Random random(seed);
    cases.push_back(MakeCase(random, std::to_string(seed), BuiltinOperator::LOGICAL_NOT,
                             {{{7}, TensorType::BOOL}}, {{7}, TensorType::BOOL}));
    cases.push_back(MakeCase(random, std::to_string(seed), BuiltinOperator::REDUCE_ALL,
                             {{{9, 2}, TensorType::BOOL}, Constant({1}, {1})},
                             {{9}, TensorType::BOOL}, ReducerOptions(false)));
    for (const TensorType type : {TensorType::FLOAT32, TensorType::INT8}) {
      cases.push_back(Best(seed, BuiltinOperator::ARG_MAX, type));
      cases.push_back(Best(seed, BuiltinOperator::ARG_MIN, type));
      cases.push_back(Resize(seed, type));
    }
    for (const TensorType type : {TensorType::INT32, TensorType::INT64}) {
      cases.push_back(Args(seed, type));
    }
  }
  return cases;
}

}  // namespace earshot::test
