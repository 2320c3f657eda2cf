// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels that compute each element of the output from those at its place, or from those along
// axes.

#include <cmath>
#include <string>
#include <vector>

#include "tests/kernels/real_arithmetic.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

// Of |x| where `positive`: roots and logarithms.
KernelCase Unary(uint32_t seed, BuiltinOperator op, bool positive) {
  Random random(seed);
  const std::vector<int32_t> shape = {random.Between(1, 3), random.Between(1, 40)};
  KernelCase made = MakeCase(random, std::to_string(seed), op, {Float32(shape)}, Float32(shape));
  if (!positive) return made;
  std::vector<float> values = Reals(random, Elements(shape), 8.0f);
  for (float& value : values) value = std::fabs(value) + 0.01f;
  made.inputs = {BytesOf(values)};
  return made;
}

// Two inputs: of equal shape, or one that is repeated along an axis.
KernelCase Pair(uint32_t seed, BuiltinOperator op, TensorType type, const OperatorOptions& options,
                bool same_quantization) {
  Random random(seed);
  const std::vector<int32_t> shape = {2, random.Between(1, 5), random.Between(2, 7)};
  const std::vector<int32_t> other = seed % 2 == 0 ? shape : std::vector<int32_t>{shape[1], 1};
  const auto tensor = [&](const std::vector<int32_t>& extents) {
    if (type == TensorType::FLOAT32) return Float32(extents);
    return same_quantization ? Int8(extents, 0.5f, 3) : AnyInt8(random, extents);
  };
  return MakeCase(random, std::to_string(seed), op, {tensor(shape), tensor(other)}, tensor(shape),
                  options);
}

KernelCase Reduction(uint32_t seed, BuiltinOperator op, TensorType type, bool same_quantization) {
  Random random(seed);
  const bool keep_dims = seed % 2 == 0;
  const std::vector<int32_t> axes =
      seed < 2 ? std::vector<int32_t>{1, 2} : std::vector<int32_t>{-1};
  std::vector<int32_t> shape = {2, 4, random.Between(1, 8), 3}, output;
  for (int32_t axis = 0; axis < 4; ++axis) {
    const bool reduced = seed < 2 ? axis == 1 || axis == 2 : axis == 3;
    if (!reduced) output.push_back(shape[static_cast<size_t>(axis)]);
    if (reduced && keep_dims) output.push_back(1);
  }
  const auto tensor = [&](const std::vector<int32_t>& extents) {
    if (type == TensorType::FLOAT32) return Float32(extents);
    return same_quantization ? Int8(extents, 0.5f, 3) : AnyInt8(random, extents);
  };
  return MakeCase(random, std::to_string(seed), op,
                  {tensor(shape), Constant({static_cast<int32_t>(axes.size())}, axes)},
                  tensor(output), ReducerOptions(keep_dims));
}

}  // namespace

std::vector<KernelCase> ArithmeticInt8Cases() {
  constexpr auto kInt8 = TensorType::INT8;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    cases.push_back(Pair(seed, BuiltinOperator::ADD, kInt8, AddOptions(), false));
    cases.push_back(Pair(seed, BuiltinOperator::SUB, kInt8, SubOptions(), false));
    cases.push_back(Pair(seed, BuiltinOperator::MUL, kInt8, MulOptions(), false));
    cases.push_back(Pair(seed, BuiltinOperator::MAXIMUM, kInt8, {}, true));
    cases.push_back(Pair(seed, BuiltinOperator::MINIMUM, kInt8, {}, true));
    cases.push_back(Reduction(seed, BuiltinOperator::MEAN, kInt8, false));
    cases.push_back(Reduction(seed, BuiltinOperator::REDUCE_MAX, kInt8, true));
    cases.push_back(Reduction(seed, BuiltinOperator::REDUCE_MIN, kInt8, true));
  }
  return cases;
}

std::vector<KernelCase> ArithmeticFloat32Cases() {
  constexpr auto kFloat32 = TensorType::FLOAT32;
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const BuiltinOperator op :
         {BuiltinOperator::ABS, BuiltinOperator::CEIL, BuiltinOperator::COS, BuiltinOperator::EXP,
          BuiltinOperator::FLOOR, BuiltinOperator::LOGISTIC, BuiltinOperator::NEG,
          BuiltinOperator::SIN, BuiltinOperator::SQUARE, BuiltinOperator::TANH}) {
      cases.push_back(Unary(seed, op, false));
    }
    for (const BuiltinOperator op :
         {BuiltinOperator::LOG, BuiltinOperator::RSQRT, BuiltinOperator::SQRT}) {
      cases.push_back(Unary(seed, op, true));
    }
    cases.push_back(Pair(seed, BuiltinOperator::ADD, kFloat32, AddOptions(), false));
    cases.push_back(Pair(seed, BuiltinOperator::SUB, kFloat32, SubOptions(), false));
    cases.push_back(Pair(seed, BuiltinOperator::MUL, kFloat32, MulOptions(), false));
    for (const BuiltinOperator op : {BuiltinOperator::MAXIMUM, BuiltinOperator::MINIMUM,
                                     BuiltinOperator::SQUARED_DIFFERENCE}) {
      cases.push_back(Pair(seed, op, kFloat32, {}, false));
    }
    for (const BuiltinOperator op : {BuiltinOperator::MEAN, BuiltinOperator::SUM,
                                     BuiltinOperator::REDUCE_MAX, BuiltinOperator::REDUCE_MIN}) {
      cases.push_back(Reduction(seed, op, kFloat32, false));
    }
  }
  return cases;
}

}  // namespace earshot::test
