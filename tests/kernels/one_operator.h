// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// One operator in a model of its own, to be damaged: what prepare makes of it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot::test {

// One operator, valid at first, and everything about it open to damage.
struct OneOperator {
  BuiltinOperator op;
  std::vector<TensorSpec> inputs;
  std::vector<TensorSpec> outputs;
  OperatorOptions options;
};

inline TensorSpec Int8(std::vector<int32_t> shape) {
  return {std::move(shape), TensorType::INT8, {0.5f}, {0}};
}

inline TensorSpec Weights(std::vector<int32_t> shape) {
  size_t count = 1;
  for (const int32_t extent : shape) count *= static_cast<size_t>(extent);
  return {std::move(shape), TensorType::INT8, {0.5f}, {0}, std::vector<uint8_t>(count, 1)};
}

inline TensorSpec Int32(std::vector<int32_t> shape, const std::vector<int32_t>& values) {
  return {std::move(shape), TensorType::INT32, {}, {}, BytesOf(values)};
}

// Runs the operator on `values` of its inputs.
//
// Inputs that are neither constant nor variable are the model's own. An input of type STRING and no
// shape stands for an absent one.
inline RunResult Run(const OneOperator& op, const std::vector<std::vector<uint8_t>>& values) {
  ModelBuilder builder;
  std::vector<int32_t> inputs, given, outputs;
  for (const TensorSpec& input : op.inputs) {
    if (input.type == TensorType::STRING) {
      inputs.push_back(-1);
      continue;
    }
    inputs.push_back(builder.AddTensor(input));
    if (input.data.empty() && !input.is_variable) given.push_back(inputs.back());
  }
  for (const TensorSpec& output : op.outputs) outputs.push_back(builder.AddTensor(output));
  builder.AddOperator(op.op, inputs, outputs, op.options);
  builder.SetInputs(given);
  builder.SetOutputs(outputs);
  return RunModel(builder, values);
}

inline Status Prepare(const OneOperator& op) { return Run(op, {}).status; }

inline TensorSpec Absent() { return {{}, TensorType::STRING}; }

struct Damage {
  const char* name;
  OneOperator (*make)();
  void (*damage)(OneOperator& op);
  StatusCode code;
  const char* text;  // In the Status.
};

inline constexpr StatusCode kInvalid = StatusCode::kInvalidModel;
inline constexpr StatusCode kUnsupported = StatusCode::kUnsupported;

// The test of one: refused with its code and text.
inline void ExpectRefused(const Damage& damage) {
  OneOperator op = damage.make();
  damage.damage(op);
  const Status status = Prepare(op);
  EXPECT_EQ(status.code, damage.code) << Text(status);
  EXPECT_EQ(status.subject, StatusSubject::kOperator);
  EXPECT_EQ(status.index, 0);
  EXPECT_THAT(Text(status), testing::HasSubstr(damage.text));
}

}  // namespace earshot::test
