// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How kernels are found: by an operator's code or name, and by the types of its tensors.

#include "earshot/runtime/operator_resolver.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/runtime/interpreter.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot {
namespace {

using test::ModelBuilder;

// output = input + step, for element types of one byte.
template <int8_t step>
void InvokeStep(const InvokeContext& context) {
  const int32_t count = context.data<int32_t>();
  for (int32_t i = 0; i < count; ++i) {
    context.output<int8_t>(0)[i] = static_cast<int8_t>(context.input<int8_t>(0)[i] + step);
  }
}

Verdict PrepareStep(PrepareContext& context) {
  context.SetData(context.input(0).count());
  return Verdict::Ok();
}

constexpr Kernel KernelFor(KernelKey key) { return {key, PrepareStep, InvokeStep<1>}; }

// One operator of a model that is not meant to run.
class OneOperator {
 public:
  OneOperator(BuiltinOperator op, const std::vector<TensorType>& inputs,
              const std::vector<TensorType>& outputs, const std::string& name = "") {
    ModelBuilder builder;
    std::vector<int32_t> in, out;
    for (const TensorType type : inputs) {
      in.push_back(type == kAnyType ? -1 : builder.AddTensor({{4}, type}));
    }
    for (const TensorType type : outputs) out.push_back(builder.AddTensor({{4}, type}));
    if (op == BuiltinOperator::CUSTOM) {
      builder.AddCustomOperator(name, in, out);
    } else {
      builder.AddOperator(op, in, out);
    }
    file_ = builder.Build();
    EXPECT_TRUE(Model::LoadStructure(file_.span(), &model_).ok());
  }

  // Which of the kernels it finds.
  template <size_t count>
  int FindIn(const Kernel (&kernels)[count]) const {
    const Kernel* pointers[count];
    for (size_t i = 0; i < count; ++i) pointers[i] = &kernels[i];
    return OperatorResolver(pointers).Find(OperatorView(model_, 0, 0));
  }

 private:
  AlignedBytes file_;
  Model model_;
};

constexpr int kNotAtAll = OperatorResolver::kNotAtAll;
constexpr int kOtherTypesOnly = OperatorResolver::kOtherTypesOnly;
constexpr TensorType kInt8 = TensorType::INT8;
constexpr TensorType kInt16 = TensorType::INT16;
constexpr TensorType kInt32 = TensorType::INT32;
constexpr TensorType kFloat32 = TensorType::FLOAT32;

TEST(OperatorResolverTest, TellsKernelsApartByTheirWeights) {
  constexpr BuiltinOperator kOp = BuiltinOperator::FULLY_CONNECTED;
  const Kernel kernels[] = {
      KernelFor(KernelKey(kOp, kFloat32, kFloat32)), KernelFor(KernelKey(kOp, kFloat32, kInt8)),
      KernelFor(KernelKey(kOp, kInt16, kInt8)), KernelFor(KernelKey(kOp, kInt8))};
  EXPECT_EQ(OneOperator(kOp, {kFloat32, kFloat32}, {kFloat32}).FindIn(kernels), 0);
  EXPECT_EQ(OneOperator(kOp, {kFloat32, kInt8}, {kFloat32}).FindIn(kernels), 1);
  EXPECT_EQ(OneOperator(kOp, {kInt16, kInt8}, {kInt16}).FindIn(kernels), 2);
  EXPECT_EQ(OneOperator(kOp, {kInt8, kInt16}, {kInt8}).FindIn(kernels), 3);
  EXPECT_EQ(OneOperator(kOp, {kInt16, kInt16}, {kInt16}).FindIn(kernels), kOtherTypesOnly);
  // What a key wants has to be there.
  EXPECT_EQ(OneOperator(kOp, {kFloat32}, {kFloat32}).FindIn(kernels), kOtherTypesOnly);
  EXPECT_EQ(OneOperator(kOp, {kFloat32, kAnyType}, {kFloat32}).FindIn(kernels), kOtherTypesOnly);
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {}).FindIn(kernels), 3);
  EXPECT_EQ(OneOperator(kOp, {kAnyType, kInt8}, {kInt8}).FindIn(kernels), kOtherTypesOnly);
  EXPECT_EQ(OneOperator(kOp, {}, {kInt8}).FindIn(kernels), kOtherTypesOnly);
}

TEST(OperatorResolverTest, TellsKernelsApartByTheirOutput) {
  constexpr BuiltinOperator kOp = BuiltinOperator::CAST;
  const Kernel kernels[] = {KernelFor(KernelKey(kOp, kInt8, kAnyType, kFloat32)),
                            KernelFor(KernelKey(kOp, kInt8, kAnyType, kInt32))};
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {kFloat32}).FindIn(kernels), 0);
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {kInt32}).FindIn(kernels), 1);
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {kInt16}).FindIn(kernels), kOtherTypesOnly);
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {}).FindIn(kernels), kOtherTypesOnly);
}

TEST(OperatorResolverTest, LooksForDataAndWeightsWhereTheOperatorHasThem) {
  constexpr BuiltinOperator kSplit = BuiltinOperator::SPLIT;
  constexpr BuiltinOperator kTransposed = BuiltinOperator::TRANSPOSE_CONV;
  const Kernel kernels[] = {KernelFor(KernelKey(kSplit, kInt8).WithInputs(1, 0)),
                            KernelFor(KernelKey(kTransposed, kInt16, kInt8).WithInputs(2, 1))};
  EXPECT_EQ(OneOperator(kSplit, {kInt32, kInt8}, {kInt8}).FindIn(kernels), 0);
  EXPECT_EQ(OneOperator(kSplit, {kInt8, kInt32}, {kInt8}).FindIn(kernels), kOtherTypesOnly);
  EXPECT_EQ(OneOperator(kTransposed, {kInt32, kInt8, kInt16}, {kInt16}).FindIn(kernels), 1);
  EXPECT_EQ(OneOperator(kTransposed, {kInt32, kInt16, kInt8}, {kInt16}).FindIn(kernels),
            kOtherTypesOnly);
}

TEST(OperatorResolverTest, OperatorsWithoutInputsHaveAnyType) {
  const Kernel kernels[] = {KernelFor(KernelKey(BuiltinOperator::VAR_HANDLE))};
  EXPECT_EQ(OneOperator(BuiltinOperator::VAR_HANDLE, {}, {kInt8}).FindIn(kernels), 0);
}

TEST(OperatorResolverTest, KnowsCustomOperatorsByTheirNames) {
  constexpr BuiltinOperator kOp = BuiltinOperator::CUSTOM;
  const Kernel kernels[] = {KernelFor(KernelKey::Custom("Mine")),
                            KernelFor(KernelKey::Custom("MineToo", kInt8))};
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {kInt8}, "Mine").FindIn(kernels), 0);
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {kInt8}, "MineToo").FindIn(kernels), 1);
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {kInt8}, "Min").FindIn(kernels), kNotAtAll);
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {kInt8}, "Mines").FindIn(kernels), kNotAtAll);
  EXPECT_EQ(OneOperator(kOp, {kInt8}, {kInt8}).FindIn(kernels), kNotAtAll);
  EXPECT_EQ(OneOperator(kOp, {kInt16}, {kInt16}, "MineToo").FindIn(kernels), kOtherTypesOnly);
}

// ------------------------------------------------------------------------------------------------

ModelBuilder Custom(const std::string& name, TensorType type) {
  const test::TensorSpec values{{1, 4}, type, {1.0f}, {0}};
  ModelBuilder builder;
  const int input = builder.AddTensor(values);
  const int middle = builder.AddTensor(values);
  const int output = builder.AddTensor(values);
  builder.AddCustomOperator(name, {input}, {middle});
  builder.AddCustomOperator("AddTen", {middle}, {output});
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return builder;
}

constexpr Kernel kAddOne = {KernelKey::Custom("AddOne", kInt8), PrepareStep, InvokeStep<1>};
constexpr Kernel kAddTen = {KernelKey::Custom("AddTen"), PrepareStep, InvokeStep<10>};
constexpr const Kernel* kOwnKernels[] = {&kAddOne, &kAddTen};
constexpr OperatorResolver kOwnResolver(kOwnKernels);

TEST(CustomOperatorTest, RunsWithAKernelOfTheUsersOwn) {
  const test::RunResult run = test::RunModel(Custom("AddOne", kInt8), {{1, 2, 3, 4}}, kOwnResolver);
  ASSERT_TRUE(run.status.ok()) << test::Text(run.status);
  EXPECT_EQ(run.As<int8_t>(), (std::vector<int8_t>{12, 13, 14, 15}));
}

TEST(CustomOperatorTest, IsMissedIfItIsNotRegistered) {
  const auto error = [](const std::string& name, TensorType type) {
    return test::Text(test::RunModel(Custom(name, type), {{1, 2, 3, 4}}, kOwnResolver).status);
  };
  EXPECT_EQ(error("AddTwo", kInt8),
            "unsupported: operator 0: no kernel is registered for CUSTOM of INT8");
  EXPECT_EQ(error("AddOne", kFloat32),
            "unsupported: operator 0: kernels are registered for other types only: CUSTOM of "
            "FLOAT32");
}

}  // namespace
}  // namespace earshot
