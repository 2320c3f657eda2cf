// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/streaming_model.h"

namespace earshot::test {
namespace {

constexpr int32_t kKeptFrames = kStreamingAllFrames - kStreamingNewFrames;
constexpr int32_t kFeatures = kStreamingAllFrames * kStreamingChannels;

TensorSpec Features(std::vector<int32_t> shape) {
  return {std::move(shape), TensorType::INT8, {26.0f / 255.0f}, {-128}};
}

TensorSpec Constant(const std::vector<int32_t>& values) {
  return {{static_cast<int32_t>(values.size())}, TensorType::INT32, {}, {}, BytesOf(values)};
}

// From features [.., kFeatures] to scores, which become the model's output.
void AddHead(ModelBuilder& model, int features) {
  std::vector<int8_t> weights;
  for (int32_t i = 0; i < kStreamingLabels * kFeatures; ++i) {
    weights.push_back(static_cast<int8_t>(i * 37 % 101 - 50));
  }
  const int weight_tensor = model.AddTensor(
      {{kStreamingLabels, kFeatures}, TensorType::INT8, {0.0005f}, {0}, BytesOf(weights)});
  const int sums = model.AddTensor({{1, kStreamingLabels}, TensorType::INT8, {0.05f}, {0}});
  const int scores =
      model.AddTensor({{1, kStreamingLabels}, TensorType::INT8, {1.0f / 256.0f}, {-128}});
  model.AddOperator(BuiltinOperator::FULLY_CONNECTED, {features, weight_tensor, -1}, {sums},
                    FullyConnectedOptions());
  model.AddOperator(BuiltinOperator::SOFTMAX, {sums}, {scores}, SoftmaxOptions());
  model.SetOutputs({scores});
}

// The same for the score of a wake word.
void AddWakeWordHead(ModelBuilder& model, int features) {
  const int weights = model.AddTensor({{1, kFeatures},
                                       TensorType::INT8,
                                       {0.0005f},
                                       {0},
                                       BytesOf(std::vector<int8_t>(kFeatures, 10))});
  const int sum = model.AddTensor({{1, 1}, TensorType::INT8, {0.05f}, {0}});
  const int score = model.AddTensor({{1, 1}, TensorType::INT8, {1.0f / 256.0f}, {-128}});
  model.AddOperator(BuiltinOperator::FULLY_CONNECTED, {features, weights, -1}, {sum},
                    FullyConnectedOptions());
  model.AddOperator(BuiltinOperator::LOGISTIC, {sum}, {score});
  model.SetOutputs({score});
}

using Head = void (*)(ModelBuilder& model, int features);

ModelBuilder MakeStreamingModel(Head add_head) {
  const std::vector<int32_t> kept = {1, kKeptFrames, kStreamingChannels};
  ModelBuilder model;
  const int input = model.AddTensor(Features({1, kStreamingNewFrames, kStreamingChannels}));
  const int handle = model.AddTensor({{}, TensorType::RESOURCE});
  const int before = model.AddTensor(Features(kept));
  const int all = model.AddTensor(Features({1, kStreamingAllFrames, kStreamingChannels}));
  const int begin = model.AddTensor(Constant({0, -kKeptFrames, 0}));
  const int end = model.AddTensor(Constant({0, 0, 0}));
  const int strides = model.AddTensor(Constant({1, 1, 1}));
  const int after = model.AddTensor(Features(kept));
  const int row = model.AddTensor(Features({1, kFeatures}));
  model.SetInputs({input});
  model.AddOperator(BuiltinOperator::CALL_ONCE, {}, {}, CallOnceOptions(1));
  model.AddOperator(BuiltinOperator::VAR_HANDLE, {}, {handle}, VarHandleOptions("frames"));
  model.AddOperator(BuiltinOperator::READ_VARIABLE, {handle}, {before});
  model.AddOperator(BuiltinOperator::CONCATENATION, {before, input}, {all},
                    ConcatenationOptions(1));
  SliceSpec newest;
  newest.begin_mask = 0b101;
  newest.end_mask = 0b111;
  model.AddOperator(BuiltinOperator::STRIDED_SLICE, {all, begin, end, strides}, {after},
                    StridedSliceOptions(newest));
  model.AddOperator(BuiltinOperator::ASSIGN_VARIABLE, {handle, after}, {});
  model.AddOperator(BuiltinOperator::RESHAPE, {all}, {row});
  add_head(model, row);

  model.BeginSubgraph();
  const int init_handle = model.AddTensor({{}, TensorType::RESOURCE});
  TensorSpec silence = Features(kept);
  silence.data.assign(kKeptFrames * kStreamingChannels, 0x80);
  const int start = model.AddTensor(silence);
  model.AddOperator(BuiltinOperator::VAR_HANDLE, {}, {init_handle}, VarHandleOptions("frames"));
  model.AddOperator(BuiltinOperator::ASSIGN_VARIABLE, {init_handle, start}, {});
  return model;
}

}  // namespace

ModelBuilder StreamingModel() { return MakeStreamingModel(AddHead); }

ModelBuilder StreamingWakeWord() { return MakeStreamingModel(AddWakeWordHead); }

ModelBuilder WindowModel() {
  ModelBuilder model;
  const int input = model.AddTensor(Features({1, kStreamingAllFrames, kStreamingChannels}));
  const int row = model.AddTensor(Features({1, kFeatures}));
  model.SetInputs({input});
  model.AddOperator(BuiltinOperator::RESHAPE, {input}, {row});
  AddHead(model, row);
  return model;
}

}  // namespace earshot::test
