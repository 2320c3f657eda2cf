// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels that only move elements, those of variables among them.

#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/real_arithmetic.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/streaming_model.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

TensorSpec Int8(std::vector<int32_t> shape) {
  return {std::move(shape), TensorType::INT8, {0.25f}, {-7}};
}

TensorSpec Constant(const std::vector<int32_t>& values) {
  return {{static_cast<int32_t>(values.size())}, TensorType::INT32, {}, {}, BytesOf(values)};
}

size_t Elements(const TensorSpec& tensor) {
  size_t count = 1;
  for (const int32_t extent : tensor.shape) count *= static_cast<size_t>(extent);
  return count;
}

// Three extents, one of which is to be exchanged.
std::vector<int32_t> AnyShape(Random& random, uint32_t axis, int32_t extent) {
  std::vector<int32_t> shape = {2, 3, 5};
  for (int32_t& each : shape) each = random.Between(1, each);
  shape[axis] = extent;
  return shape;
}

KernelCase Concatenation(uint32_t seed) {
  const uint32_t axis = seed % 3;
  KernelCase made = {"CONCATENATION " + std::to_string(seed), {}, {}};
  std::vector<int32_t> inputs;
  for (int32_t extent = 1; extent <= 3; ++extent) {
    Random random(seed);  // The same shape but for the axis.
    const TensorSpec input = Int8(AnyShape(random, axis, extent));
    inputs.push_back(made.model.AddTensor(input));
    made.inputs.push_back(BytesOf(random.Int8(Elements(input))));
  }
  Random random(seed);
  const int output = made.model.AddTensor(Int8(AnyShape(random, axis, 1 + 2 + 3)));
  made.model.AddOperator(BuiltinOperator::CONCATENATION, inputs, {output},
                         ConcatenationOptions(static_cast<int32_t>(axis) - (seed == 3 ? 3 : 0)));
  made.model.SetInputs(inputs);
  made.model.SetOutputs({output});
  return made;
}

KernelCase SplitV(uint32_t seed) {
  const uint32_t axis = seed % 3;
  KernelCase made = {"SPLIT_V " + std::to_string(seed), {}, {}};
  Random random(seed);
  const TensorSpec whole = Int8(AnyShape(random, axis, 4));
  made.inputs.push_back(BytesOf(random.Int8(Elements(whole))));
  const int input = made.model.AddTensor(whole);
  const int sizes = made.model.AddTensor(Constant({1, 3}));
  const int along = made.model.AddTensor(Constant({static_cast<int32_t>(axis)}));
  std::vector<int32_t> outputs;
  for (const int32_t extent : {1, 3}) {
    TensorSpec piece = whole;
    piece.shape[axis] = extent;
    outputs.push_back(made.model.AddTensor(piece));
  }
  made.model.AddOperator(BuiltinOperator::SPLIT_V, {input, sizes, along}, outputs);
  made.model.SetInputs({input});
  made.model.SetOutputs(outputs);
  return made;
}

KernelCase StridedSlice(uint32_t seed) {
  KernelCase made = {"STRIDED_SLICE " + std::to_string(seed), {}, {}};
  Random random(seed);
  const TensorSpec whole = Int8({2, 9, 6});
  TensorSpec part = whole;
  std::vector<int32_t> begins, ends, strides;
  for (int32_t& extent : part.shape) {
    const int32_t begin = random.Between(0, extent - 1);
    const int32_t end = random.Between(begin + 1, extent);
    const int32_t stride = random.Between(1, 3);
    begins.push_back(seed % 2 == 0 ? begin : begin - extent);  // From either side.
    ends.push_back(end);
    strides.push_back(stride);
    extent = (end - begin + stride - 1) / stride;
  }
  made.inputs.push_back(BytesOf(random.Int8(Elements(whole))));
  const int input = made.model.AddTensor(whole);
  const int begin = made.model.AddTensor(Constant(begins));
  const int end = made.model.AddTensor(Constant(ends));
  const int stride = made.model.AddTensor(Constant(strides));
  const int output = made.model.AddTensor(part);
  made.model.AddOperator(BuiltinOperator::STRIDED_SLICE, {input, begin, end, stride}, {output},
                         StridedSliceOptions());
  made.model.SetInputs({input});
  made.model.SetOutputs({output});
  return made;
}

KernelCase Streaming(uint32_t seed) {
  Random random(seed);
  return {"a streaming model " + std::to_string(seed),
          StreamingModel(),
          {BytesOf(random.Int8(kStreamingNewFrames * kStreamingChannels))}};
}

}  // namespace

std::vector<KernelCase> MovementCases() {
  std::vector<KernelCase> cases;
  for (uint32_t seed = 0; seed < kCases; ++seed) {
    cases.push_back(Concatenation(seed));
    cases.push_back(SplitV(seed));
    cases.push_back(StridedSlice(seed));
    cases.push_back(Streaming(seed));
  }
  return cases;
}

}  // namespace earshot::test
