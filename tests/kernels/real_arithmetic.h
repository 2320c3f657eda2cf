// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Plain mathematics for float32 operators: double throughout, and how far a float may be from it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"
#include "tests/support/run_model.h"

namespace earshot::test {

// Of the sum of magnitudes that a result is made of, so that cancellation does not count: n
// additions in float err by no more than n * 2^-24 of it, and no test here adds more than 100.
inline constexpr double kRealTolerance = 1e-5;

// A sum in double, and the sum of its terms' magnitudes.
struct RealSum {
  double value = 0.0;
  double magnitude = 0.0;

  void Add(double term) {
    value += term;
    magnitude += std::fabs(term);
  }
};

inline double Activate(double value, ActivationFunctionType activation) {
  if (activation == ActivationFunctionType::RELU) return std::max(value, 0.0);
  if (activation == ActivationFunctionType::RELU6) return std::clamp(value, 0.0, 6.0);
  if (activation == ActivationFunctionType::RELU_N1_TO_1) return std::clamp(value, -1.0, 1.0);
  return value;
}

inline ActivationFunctionType AnyActivation(Random& random) {
  constexpr ActivationFunctionType kAll[] = {
      ActivationFunctionType::NONE, ActivationFunctionType::RELU, ActivationFunctionType::RELU6,
      ActivationFunctionType::RELU_N1_TO_1};
  return kAll[random.Between(0, 3)];
}

inline std::vector<float> Reals(Random& random, size_t count, float largest) {
  constexpr int32_t kSteps = 1000000;
  std::vector<float> values(count);
  for (float& value : values) {
    value = largest * static_cast<float>(random.Between(-kSteps, kSteps)) / kSteps;
  }
  return values;
}

inline TensorSpec Float32(std::vector<int32_t> shape, const std::vector<float>& content = {}) {
  return {std::move(shape), TensorType::FLOAT32, {}, {}, BytesOf(content)};
}

// Where a window that moves along one axis gets, found by walking rather than by formula.
struct Walk {
  int32_t outputs = 0;
  int32_t before = 0;  // Positions of the first window that lie before the input.
};

inline Walk WalkAlong(Padding padding, int32_t input, int32_t filter, int32_t stride,
                      int32_t dilation) {
  const int32_t covered = (filter - 1) * dilation + 1;
  Walk walk;
  int32_t end = 0;  // Of the last window, when the first begins with the input.
  for (int32_t begin = 0; begin + (padding == Padding::VALID ? covered : 1) <= input;
       begin += stride) {
    ++walk.outputs;
    end = begin + covered;
  }
  if (padding == Padding::SAME && end > input) walk.before = (end - input) / 2;
  return walk;
}

// An input extent in which the filter has at least one place.
inline int32_t AnyExtent(Random& random, Padding padding, int32_t filter, int32_t dilation) {
  const int32_t smallest = padding == Padding::VALID ? (filter - 1) * dilation + 1 : 1;
  return smallest + random.Between(0, 7);
}

// Runs one operator whose first input is given and whose others are constant.
inline RunResult RunFloat32(BuiltinOperator op, const TensorSpec& input,
                            const std::vector<TensorSpec>& constants,
                            const std::vector<int32_t>& output_shape,
                            const std::vector<float>& values, OperatorOptions options = {}) {
  ModelBuilder builder;
  std::vector<int32_t> inputs = {builder.AddTensor(input)};
  for (const TensorSpec& constant : constants) inputs.push_back(builder.AddTensor(constant));
  const int output = builder.AddTensor(Float32(output_shape));
  builder.AddOperator(op, inputs, {output}, std::move(options));
  builder.SetInputs({inputs[0]});
  builder.SetOutputs({output});
  return RunModel(builder, {BytesOf(values)});
}

// Every output against its sum, after the activation.
inline void ExpectClose(const RunResult& result, const std::vector<RealSum>& expected,
                        ActivationFunctionType activation = ActivationFunctionType::NONE) {
  ASSERT_TRUE(result.status.ok()) << Text(result.status);
  const std::vector<float> found = result.As<float>();
  ASSERT_EQ(found.size(), expected.size());
  for (size_t i = 0; i < found.size(); ++i) {
    ASSERT_NEAR(static_cast<double>(found[i]), Activate(expected[i].value, activation),
                kRealTolerance * expected[i].magnitude)
        << "element " << i;
  }
}

}  // namespace earshot::test
