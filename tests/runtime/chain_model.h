// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model of a kernel made for tests, so that nothing but the interpreter is tested.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/interpreter.h"
#include "tests/support/model_builder.h"

namespace earshot::test {

// output = input + step, where step and a copy of the input travel through everything that a kernel
// can ask for: data, an array, a scratch buffer.
struct AddStepData {
  int32_t count;
  int32_t bias_given;
  uint32_t steps_offset;
};

inline Verdict PrepareAddStep(PrepareContext& context) {
  AddStepData data = {};
  data.count = context.input(0).count();
  data.bias_given = context.has_input(1) ? 1 : 0;
  if (context.output(0).count() != data.count) {
    return context.Invalid("output: number of elements", context.output(0).count(), data.count);
  }
  for (int8_t& step : context.AllocateArray<int8_t>(3, &data.steps_offset)) step = 1;
  const uint32_t scratch_bytes[] = {static_cast<uint32_t>(data.count)};
  context.RequestScratch(scratch_bytes);
  context.SetData(data);
  return Verdict::Ok();
}

inline void InvokeAddStep(const InvokeContext& context) {
  const auto& data = context.data<AddStepData>();
  const int8_t* input = context.input<int8_t>(0);
  const int8_t* bias = data.bias_given != 0 ? context.input<int8_t>(1) : nullptr;
  const int8_t* steps = context.array<int8_t>(data.steps_offset);
  auto* scratch = context.scratch<int8_t>(0);
  for (int32_t i = 0; i < data.count; ++i) scratch[i] = input[i];
  for (int32_t i = 0; i < data.count; ++i) {
    const int step = steps[0] + (bias != nullptr ? bias[0] : 0);
    context.output<int8_t>(0)[i] = static_cast<int8_t>(scratch[i] + step);
  }
}

inline constexpr Kernel kAddStep = {KernelKey(BuiltinOperator::ADD, TensorType::INT8),
                                    PrepareAddStep, InvokeAddStep};
inline constexpr const Kernel* kAddStepKernels[] = {&kAddStep};
inline constexpr OperatorResolver kResolver(kAddStepKernels);

inline TensorSpec Activation(int32_t size) { return {{1, size}, TensorType::INT8, {1.0f}, {0}}; }

inline TensorSpec Constant(int8_t value) {
  TensorSpec tensor{{1}, TensorType::INT8, {1.0f}, {0}};
  tensor.data = {static_cast<uint8_t>(value)};
  return tensor;
}

// `length` operators in a row on tensors of 100 elements; each adds 1, and those with a constant 10
// more.
inline ModelBuilder Chain(int length) {
  ModelBuilder builder;
  int tensor = builder.AddTensor(Activation(100));
  const int constant = builder.AddTensor(Constant(10));
  builder.SetInputs({tensor});
  for (int i = 0; i < length; ++i) {
    const int next = builder.AddTensor(Activation(100));
    std::vector<int32_t> inputs = {tensor};
    if (i % 3 == 1) inputs.push_back(constant);
    if (i % 3 == 2) inputs.push_back(-1);
    builder.AddOperator(BuiltinOperator::ADD, inputs, {next});
    tensor = next;
  }
  builder.SetOutputs({tensor});
  return builder;
}

struct Loaded {
  explicit Loaded(const ModelBuilder& builder) : bytes(builder.Build()) {
    EXPECT_TRUE(Model::Load(bytes.span(), &model).ok());
  }
  AlignedBytes bytes;
  Model model;
};

}  // namespace earshot::test
