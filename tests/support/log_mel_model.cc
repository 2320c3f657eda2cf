// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/log_mel_model.h"

namespace earshot::test {

ModelBuilder LoudnessModel() {
  constexpr int32_t kChannels = 40;
  constexpr int32_t kFeatures = kLoudnessFrames * kChannels;
  constexpr float kWeightScale = 0.0002f;
  const std::vector<int8_t> weight_values(static_cast<size_t>(kFeatures), 100);
  ModelBuilder model;
  const int input = model.AddTensor(
      {{1, kLoudnessFrames, 1, kChannels}, TensorType::INT8, {kLoudnessScale}, {-128}});
  const int row = model.AddTensor({{1, kFeatures}, TensorType::INT8, {kLoudnessScale}, {-128}});
  const int weights = model.AddTensor(
      {{1, kFeatures}, TensorType::INT8, {kWeightScale}, {0}, BytesOf(weight_values)});
  const int bias = model.AddTensor({{1},
                                    TensorType::INT32,
                                    {kWeightScale * kLoudnessScale},
                                    {0},
                                    BytesOf(std::vector<int32_t>{-15300000})});
  const int sum = model.AddTensor({{1, 1}, TensorType::INT8, {0.1f}, {0}});
  const int score = model.AddTensor({{1, 1}, TensorType::INT8, {1.0f / 256}, {-128}});
  model.SetInputs({input});
  model.SetOutputs({score});
  model.AddOperator(BuiltinOperator::RESHAPE, {input}, {row});
  model.AddOperator(BuiltinOperator::FULLY_CONNECTED, {row, weights, bias}, {sum},
                    FullyConnectedOptions());
  model.AddOperator(BuiltinOperator::LOGISTIC, {sum}, {score});
  return model;
}

}  // namespace earshot::test
