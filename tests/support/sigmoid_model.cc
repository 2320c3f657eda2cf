// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/sigmoid_model.h"

#include <cmath>

namespace earshot::test {
namespace {

constexpr int32_t kChannels = 40;
constexpr int32_t kFeatures = kSigmoidFrames * kChannels;
constexpr float kFeatureScale = 26.0f / 255.0f;
constexpr float kWeightScale = 0.0001f;
constexpr float kScoreScale = 1.0f / 256.0f;
// The sum is this in silence, and rises by kSlope with the mean feature of the band.
constexpr float kSilence = -15.0f;
constexpr float kSlope = 3.0f;

ModelBuilder MakeModel(int32_t bands, BuiltinOperator activation, const OperatorOptions& options) {
  ModelBuilder model;
  const int32_t band_channels = kChannels / bands;
  const float weight = kSlope / static_cast<float>(band_channels * kSigmoidFrames) / kWeightScale;
  std::vector<int8_t> weights;
  for (int32_t i = 0; i < bands * kFeatures; ++i) {
    const bool in_band = i % kChannels / band_channels == i / kFeatures;
    weights.push_back(static_cast<int8_t>(in_band ? std::lround(weight) : 0));
  }
  const std::vector<int32_t> biases(static_cast<size_t>(bands),
                                    std::lround(kSilence / (kFeatureScale * kWeightScale)));
  const int input =
      model.AddTensor({{1, kSigmoidFrames, kChannels}, TensorType::INT8, {kFeatureScale}, {-128}});
  const int row = model.AddTensor({{1, kFeatures}, TensorType::INT8, {kFeatureScale}, {-128}});
  const int weight_tensor = model.AddTensor(
      {{bands, kFeatures}, TensorType::INT8, {kWeightScale}, {0}, BytesOf(weights)});
  const int bias = model.AddTensor(
      {{bands}, TensorType::INT32, {kFeatureScale * kWeightScale}, {0}, BytesOf(biases)});
  const int sums = model.AddTensor({{1, bands}, TensorType::INT8, {0.1f}, {0}});
  const int scores = model.AddTensor({{1, bands}, TensorType::INT8, {kScoreScale}, {-128}});
  const int flat = model.AddTensor({{bands}, TensorType::INT8, {kScoreScale}, {-128}});
  const int output = model.AddTensor({{bands}, TensorType::UINT8, {kScoreScale}, {0}});
  model.SetInputs({input});
  model.AddOperator(BuiltinOperator::RESHAPE, {input}, {row});
  model.AddOperator(BuiltinOperator::FULLY_CONNECTED, {row, weight_tensor, bias}, {sums},
                    FullyConnectedOptions());
  model.AddOperator(activation, {sums}, {scores}, options);
  model.AddOperator(BuiltinOperator::RESHAPE, {scores}, {flat});
  model.AddOperator(BuiltinOperator::QUANTIZE, {flat}, {output});
  model.SetOutputs({output});
  return model;
}

}  // namespace

ModelBuilder SigmoidModel(int32_t bands) { return MakeModel(bands, BuiltinOperator::LOGISTIC, {}); }

ModelBuilder SoftmaxModel(int32_t bands) {
  return MakeModel(bands, BuiltinOperator::SOFTMAX, SoftmaxOptions());
}

}  // namespace earshot::test
