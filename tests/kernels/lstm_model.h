// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Random layers with long short-term memory, as models of one operator.
#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"

namespace earshot::test {

// Sizes and numbers of a layer; real_value = scale * (stored - zero point) where it is quantized.
struct LstmSpec {
  TensorType type = TensorType::INT8;  // Of input and output: INT8, INT16 or FLOAT32.
  bool time_major = false;
  int32_t batches = 1;
  int32_t times = 1;
  int32_t depth = 1;
  int32_t units = 1;
  float clip = 0.0f;
  int32_t cell_power = -11;  // The cell's scale is 2 to this.
  float input_scale = 0.05f;
  int32_t input_zero = 0;
  float hidden_scale = 1.0f / 128.0f;
  int32_t hidden_zero = 0;
  float weight_scale = 0.01f;
  // Of the gates: input, forget, cell, output. Stored values, or the real ones of FLOAT32.
  std::vector<std::vector<float>> weights, recurrent_weights, biases;
};

inline LstmSpec AnyLstm(Random& random, TensorType type) {
  LstmSpec spec;
  spec.type = type;
  spec.time_major = random.Between(0, 1) == 1;
  spec.batches = random.Between(1, 3);
  spec.times = random.Between(1, 4);
  spec.depth = random.Between(1, 9);
  spec.units = random.Between(1, 7);
  spec.clip = random.Between(0, 2) == 0 ? 0.5f : 0.0f;
  const bool real = type == TensorType::FLOAT32;
  if (type == TensorType::INT8) {
    spec.input_zero = random.Between(-128, 127);
    spec.hidden_zero = random.Between(-20, 20);
    spec.cell_power = random.Between(-14, -9);
  }
  if (type == TensorType::INT16) {
    spec.input_scale = 0.0002f;
    spec.hidden_scale = 1.0f / 32768.0f;
  }
  const auto values = [&](int32_t count, int32_t largest) {
    std::vector<float> made;
    for (int32_t i = 0; i < count; ++i) {
      const auto value = static_cast<float>(random.Between(-largest, largest));
      made.push_back(real ? value / static_cast<float>(largest) : value);
    }
    return made;
  };
  for (int gate = 0; gate < 4; ++gate) {
    spec.weights.push_back(values(spec.units * spec.depth, 127));
    spec.recurrent_weights.push_back(values(spec.units * spec.units, 127));
    spec.biases.push_back(values(spec.units, type == TensorType::INT16 ? 500000 : 2000));
  }
  return spec;
}

template <typename T>
std::vector<uint8_t> BytesAs(const std::vector<float>& values) {
  std::vector<T> converted;
  for (const float value : values) converted.push_back(static_cast<T>(value));
  return BytesOf(converted);
}

inline std::vector<int32_t> LstmShapeOf(const LstmSpec& spec, int32_t last) {
  return spec.time_major ? std::vector<int32_t>{spec.times, spec.batches, last}
                         : std::vector<int32_t>{spec.batches, spec.times, last};
}

// Adds the operator and its 20 tensors; what is given and answered are the model's own.
inline ModelBuilder LstmModel(const LstmSpec& spec) {
  const bool real = spec.type == TensorType::FLOAT32;
  const bool wide = spec.type == TensorType::INT16;
  const auto quantized = [&](std::vector<int32_t> shape, TensorType type, float scale,
                             int32_t zero) -> TensorSpec {
    if (real) return {std::move(shape), TensorType::FLOAT32};
    return {std::move(shape), type, {scale}, {zero}};
  };
  const auto matrix = [&](const std::vector<float>& values, int32_t columns) {
    TensorSpec made = quantized({spec.units, columns}, TensorType::INT8, spec.weight_scale, 0);
    made.data = real ? BytesOf(values) : BytesAs<int8_t>(values);
    return made;
  };
  const auto bias = [&](const std::vector<float>& values) {
    TensorSpec made = {{spec.units},
                       real   ? TensorType::FLOAT32
                       : wide ? TensorType::INT64
                              : TensorType::INT32};
    if (!real) made.scales = {spec.weight_scale * spec.input_scale};
    if (!real) made.zero_points = {0};
    made.data = real ? BytesOf(values) : wide ? BytesAs<int64_t>(values) : BytesAs<int32_t>(values);
    return made;
  };
  ModelBuilder builder;
  std::vector<int32_t> inputs(24, -1);
  inputs[0] = builder.AddTensor(
      quantized(LstmShapeOf(spec, spec.depth), spec.type, spec.input_scale, spec.input_zero));
  for (size_t gate = 0; gate < 4; ++gate) {
    inputs[1 + gate] = builder.AddTensor(matrix(spec.weights[gate], spec.depth));
    inputs[5 + gate] = builder.AddTensor(matrix(spec.recurrent_weights[gate], spec.units));
    inputs[12 + gate] = builder.AddTensor(bias(spec.biases[gate]));
  }
  TensorSpec hidden =
      quantized({spec.batches, spec.units}, spec.type, spec.hidden_scale, spec.hidden_zero);
  TensorSpec cell = quantized({spec.batches, spec.units}, TensorType::INT16,
                              std::ldexp(1.0f, spec.cell_power), 0);
  hidden.is_variable = cell.is_variable = true;
  inputs[18] = builder.AddTensor(hidden);
  inputs[19] = builder.AddTensor(cell);
  const int output = builder.AddTensor(
      quantized(LstmShapeOf(spec, spec.units), spec.type, spec.hidden_scale, spec.hidden_zero));
  builder.AddOperator(BuiltinOperator::UNIDIRECTIONAL_SEQUENCE_LSTM, inputs, {output},
                      LstmOptions(spec.clip, spec.time_major));
  builder.SetInputs({inputs[0]});
  builder.SetOutputs({output});
  return builder;
}

}  // namespace earshot::test
