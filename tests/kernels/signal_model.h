// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Models of one operator of TFLM's Signal library.
#pragma once

#include <flatbuffers/flexbuffers.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/model_builder.h"

namespace earshot::test {

struct SignalOperator {
  std::string name;
  std::vector<TensorSpec> inputs;
  std::vector<TensorSpec> outputs;
  std::vector<std::pair<std::string, int64_t>> options = {};
};

inline std::vector<uint8_t> Flexbuffer(
    const std::vector<std::pair<std::string, int64_t>>& numbers) {
  flexbuffers::Builder builder;
  builder.Map([&] {
    for (const auto& [name, number] : numbers) builder.Int(name.c_str(), number);
  });
  builder.Finish();
  return builder.GetBuffer();
}

inline ModelBuilder SignalModel(const SignalOperator& op) {
  ModelBuilder model;
  std::vector<int32_t> inputs, given, outputs;
  for (const TensorSpec& input : op.inputs) {
    inputs.push_back(model.AddTensor(input));
    if (input.data.empty()) given.push_back(inputs.back());
  }
  for (const TensorSpec& output : op.outputs) outputs.push_back(model.AddTensor(output));
  model.AddCustomOperator(op.name, inputs, outputs, Flexbuffer(op.options));
  model.SetInputs(given);
  model.SetOutputs(outputs);
  return model;
}

template <typename T>
TensorSpec SignalConstant(const std::vector<T>& values, TensorType type) {
  return {{static_cast<int32_t>(values.size())}, type, {}, {}, BytesOf(values)};
}

// Three bands of filters over nine bins, for two channels.
inline SignalOperator SmallFilterBank() {
  const auto table = [](const std::vector<int16_t>& values) {
    return SignalConstant(values, TensorType::INT16);
  };
  return {"SignalFilterBank",
          {{{9}, TensorType::UINT32},
           table({1000, 2000, 3000, 4095, 100, 0, 77}),
           table({3096, 2097, 1096, 1, 3996, 4096, 4019}),
           table({1, 3, 6}),
           table({0, 2, 5}),
           table({2, 3, 2})},
          {{{2}, TensorType::UINT64}},
          {{"num_channels", 2}}};
}

inline SignalOperator SpectralSubtraction(int32_t channels, bool clamping) {
  const TensorSpec tensor = {{channels}, TensorType::UINT32};
  return {"SignalFilterBankSpectralSubtraction",
          {tensor},
          {tensor, tensor},
          {{"num_channels", channels},
           {"smoothing", 409},
           {"one_minus_smoothing", 15975},
           {"alternate_smoothing", 983},
           {"alternate_one_minus_smoothing", 15401},
           {"min_signal_remaining", 819},
           {"clamping", clamping ? 1 : 0},
           {"smoothing_bits", 10},
           {"spectral_subtraction_bits", 14}}};
}

}  // namespace earshot::test
