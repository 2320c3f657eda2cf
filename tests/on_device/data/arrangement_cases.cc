// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels that give elements other places or repeat them, and those whose places are data.

#include <string>
#include <utility>
#include <vector>

#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 3;

TensorSpec Tensor(TensorType type, std::vector<int32_t> shape) {
  if (type == TensorType::INT8) return Int8(std::move(shape), 0.25f, -7);
  return {std::move(shape), type};
}

TensorSpec Constants(const std::vector<int32_t>& values) {
  return Constant({static_cast<int32_t>(values.size())}, values);
}

// Adds cases for one type.
class Maker {
 public:
  Maker(uint32_t seed, TensorType type, std::vector<KernelCase>* cases)
      : random_(seed), seed_(seed), type_(type), cases_(*cases) {}

  void Add(BuiltinOperator op, const std::vector<TensorSpec>& inputs, std::vector<int32_t> output,
           OperatorOptions options = {}) {
    cases_.push_back(MakeCase(
        random_, std::string(schema::EnumNameTensorType(type_)) + " " + std::to_string(seed_), op,
        inputs, Tensor(type_, std::move(output)), std::move(options)));
  }

  void AddArrangements() {
    const int32_t a = random_.Between(1, 4), b = random_.Between(1, 4);
    Add(BuiltinOperator::TILE, {Tensor(type_, {a, b}), Constants({2, 3})}, {2 * a, 3 * b});
    Add(BuiltinOperator::BROADCAST_TO, {Tensor(type_, {a, 1}), Constants({2, a, b})}, {2, a, b});
    Add(BuiltinOperator::REVERSE_V2, {Tensor(type_, {a, b, 2}), Constants({0, -1})}, {a, b, 2});
    Add(BuiltinOperator::SPACE_TO_DEPTH, {Tensor(type_, {1, 2 * a, 2 * b, 3})}, {1, a, b, 12},
        SpaceToDepthOptions(2));
    Add(BuiltinOperator::DEPTH_TO_SPACE, {Tensor(type_, {1, a, b, 12})}, {1, 2 * a, 2 * b, 3},
        DepthToSpaceOptions(2));
    const TensorSpec block = Constants({2, 3}), around = Constant({2, 2}, {1, 1, 0, 3});
    Add(BuiltinOperator::SPACE_TO_BATCH_ND, {Tensor(type_, {2, 2 * a, 3 * b, 2}), block, around},
        {12, a + 1, b + 1, 2});
    Add(BuiltinOperator::BATCH_TO_SPACE_ND, {Tensor(type_, {12, a + 1, b + 1, 2}), block, around},
        {2, 2 * a, 3 * b, 2});
    Add(BuiltinOperator::MIRROR_PAD, {Tensor(type_, {a + 1, b}), Constant({2, 2}, {a, 1, 0, 0})},
        {2 * a + 2, b}, MirrorPadOptions(static_cast<schema::MirrorPadMode>(seed_ % 2)));
    Add(BuiltinOperator::FILL, {Constants({a, b}), Tensor(type_, {})}, {a, b});
    Add(BuiltinOperator::ZEROS_LIKE, {Tensor(type_, {a, b})}, {a, b});
  }

  void AddChoices() {
    const int32_t a = random_.Between(1, 4), b = random_.Between(1, 4);
    const TensorSpec place = {{2}, seed_ == 0 ? TensorType::INT64 : TensorType::INT32};
    Add(BuiltinOperator::SLICE, {Tensor(type_, {a + 1, b + 2}), place, Constants({a, b})}, {a, b});
    Add(BuiltinOperator::DYNAMIC_UPDATE_SLICE,
        {Tensor(type_, {a + 1, b + 2}), Tensor(type_, {a, b}), place}, {a + 1, b + 2});
    Add(BuiltinOperator::GATHER_ND, {Tensor(type_, {a, b, 2}), {{3, 2}, TensorType::INT32}},
        {3, 2});
    Add(BuiltinOperator::SELECT_V2,
        {{{a, 1}, TensorType::BOOL}, Tensor(type_, {a, b}), Tensor(type_, {b})}, {a, b});
  }

 private:
  Random random_;
  uint32_t seed_;
  TensorType type_;
  std::vector<KernelCase>& cases_;
};

}  // namespace

std::vector<KernelCase> ArrangementCases() {
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    for (const TensorType type : {TensorType::INT8, TensorType::INT64}) {
      Maker maker(seed, type, &cases);
      maker.AddArrangements();
      maker.AddChoices();
    }
  }
  return cases;
}

}  // namespace earshot::test
