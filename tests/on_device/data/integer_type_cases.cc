// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Integer types of operators whose main type is float32.

#include <string>
#include <utility>
#include <vector>

#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

TensorSpec Int16(std::vector<int32_t> shape, float scale) {
  return {std::move(shape), TensorType::INT16, {scale}, {0}};
}

KernelCase Case(Random& random, uint32_t seed, BuiltinOperator op,
                const std::vector<TensorSpec>& inputs, const TensorSpec& output,
                OperatorOptions options = {}) {
  const std::string name = std::to_string(seed) + (output.type == TensorType::INT8    ? " int8"
                                                   : output.type == TensorType::INT16 ? " int16"
                                                                                      : " int64");
  return MakeCase(random, name, op, inputs, output, std::move(options));
}

void AddCases(uint32_t seed, std::vector<KernelCase>& cases) {
  Random random(seed);
  const std::vector<int32_t> shape = {2, random.Between(1, 7)};
  const TensorSpec input = Int8(shape, 0.05f, random.Between(-20, 20));
  const TensorSpec output = Int8(shape, 0.1f, 5);
  const TensorSpec wide = Int16(shape, 0.001f);
  const TensorSpec plain = {shape, TensorType::INT64};
  const TensorSpec axis = Constant({1}, {1});
  cases.push_back(Case(random, seed, BuiltinOperator::ADD_N, {input, input, input}, output));
  cases.push_back(Case(random, seed, BuiltinOperator::CUMSUM, {input, axis}, output,
                       CumsumOptions(seed % 2 == 0, seed < 2)));
  cases.push_back(Case(random, seed, BuiltinOperator::DIV, {input, input}, output, DivOptions()));
  cases.push_back(Case(random, seed, BuiltinOperator::L2_NORMALIZATION, {input},
                       Int8(shape, 1.0f / 128, 0), L2NormOptions()));
  cases.push_back(Case(random, seed, BuiltinOperator::RSQRT, {Int8(shape, 0.05f, -128)}, output));
  cases.push_back(Case(random, seed, BuiltinOperator::SOFTMAX, {wide}, Int16(shape, 1.0f / 32768),
                       SoftmaxOptions()));
  for (const auto op : {BuiltinOperator::MEAN, BuiltinOperator::SUM}) {
    cases.push_back(
        Case(random, seed, op, {wide, axis}, Int16({2}, 0.002f), ReducerOptions(false)));
  }
  for (const auto op : {BuiltinOperator::MAXIMUM, BuiltinOperator::MINIMUM}) {
    cases.push_back(Case(random, seed, op, {plain, plain}, plain));
  }
}

}  // namespace

std::vector<KernelCase> IntegerTypeCases() {
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) AddCases(seed, cases);
  return cases;
}

}  // namespace earshot::test
