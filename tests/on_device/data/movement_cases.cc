// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Kernels that only move elements, those of variables among them.

#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/real_arithmetic.h"
#include "tests/on_device/data/make_case.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/streaming_model.h"

namespace earshot::test {
namespace {

constexpr uint32_t kCases = 4;

// With a quantization where the type has one.
TensorSpec Tensor(TensorType type, std::vector<int32_t> shape) {
  if (type == TensorType::INT8) return Int8(std::move(shape), 0.25f, -7);
  return {std::move(shape), type};
}

TensorSpec Constants(const std::vector<int32_t>& values) {
  return Constant({static_cast<int32_t>(values.size())}, values);
}

std::string Name(TensorType type, uint32_t seed) {
  return std::string(schema::EnumNameTensorType(type)) + " " + std::to_string(seed);
}

// Three extents, one of which is to be exchanged.
std::vector<int32_t> AnyShape(Random& random, uint32_t axis, int32_t extent) {
  std::vector<int32_t> shape = {2, 3, 5};
  for (int32_t& each : shape) each = random.Between(1, each);
  shape[axis] = extent;
  return shape;
}

KernelCase Concatenation(uint32_t seed, TensorType type) {
  const uint32_t axis = seed % 3;
  KernelCase made = {"CONCATENATION " + Name(type, seed), {}, {}};
  std::vector<int32_t> inputs;
  for (int32_t extent = 1; extent <= 3; ++extent) {
    Random random(seed);  // The same shape but for the axis.
    const TensorSpec input = Tensor(type, AnyShape(random, axis, extent));
    inputs.push_back(made.model.AddTensor(input));
    made.inputs.push_back(AnyContent(random, input));
  }
  Random random(seed);
  const int output = made.model.AddTensor(Tensor(type, AnyShape(random, axis, 1 + 2 + 3)));
  made.model.AddOperator(BuiltinOperator::CONCATENATION, inputs, {output},
                         ConcatenationOptions(static_cast<int32_t>(axis) - (seed == 3 ? 3 : 0)));
  made.model.SetInputs(inputs);
  made.model.SetOutputs({output});
  return made;
}

KernelCase SplitV(uint32_t seed, TensorType type) {
  const uint32_t axis = seed % 3;
  KernelCase made = {"SPLIT_V " + Name(type, seed), {}, {}};
  Random random(seed);
  const TensorSpec whole = Tensor(type, AnyShape(random, axis, 4));
  made.inputs.push_back(AnyContent(random, whole));
  const int input = made.model.AddTensor(whole);
  const int sizes = made.model.AddTensor(Constants({1, 3}));
  const int along = made.model.AddTensor(Constants({static_cast<int32_t>(axis)}));
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

// Into equal parts: SPLIT, and UNPACK, whose parts do not have the axis.
KernelCase Parts(uint32_t seed, BuiltinOperator op, TensorType type) {
  const uint32_t axis = seed % 3;
  KernelCase made = {
      std::string(schema::EnumNameBuiltinOperator(op)) + " " + Name(type, seed), {}, {}};
  Random random(seed);
  const bool unpacks = op == BuiltinOperator::UNPACK;
  const TensorSpec whole = Tensor(type, AnyShape(random, axis, unpacks ? 2 : 4));
  made.inputs.push_back(AnyContent(random, whole));
  const int input = made.model.AddTensor(whole);
  const int along = made.model.AddTensor(Constants({static_cast<int32_t>(axis)}));
  TensorSpec part = whole;
  part.shape[axis] = 2;
  if (unpacks) part.shape.erase(part.shape.begin() + axis);
  const int first = made.model.AddTensor(part);
  const int second = made.model.AddTensor(part);
  if (unpacks) {
    made.model.AddOperator(op, {input}, {first, second},
                           UnpackOptions(2, static_cast<int32_t>(axis)));
  } else {
    made.model.AddOperator(op, {along, input}, {first, second});
  }
  made.model.SetInputs({input});
  made.model.SetOutputs({first, second});
  return made;
}

KernelCase Pad(uint32_t seed, TensorType type) {
  Random random(seed);
  TensorSpec input = Tensor(type, {});
  TensorSpec output = input;
  std::vector<int32_t> amounts;
  const auto rank = static_cast<int32_t>(1 + seed % 4);
  for (int32_t axis = 0; axis < rank; ++axis) {
    amounts.push_back(random.Between(0, 2));
    amounts.push_back(random.Between(0, 2));
    input.shape.push_back(random.Between(1, 4));
    output.shape.push_back(input.shape.back() + amounts[amounts.size() - 2] + amounts.back());
  }
  std::vector<TensorSpec> inputs = {input, Constant({rank, 2}, amounts)};
  if (seed % 2 == 0) {
    return MakeCase(random, Name(type, seed), BuiltinOperator::PAD, inputs, output);
  }
  inputs.push_back(Tensor(type, {}));
  return MakeCase(random, Name(type, seed), BuiltinOperator::PADV2, inputs, output);
}

KernelCase StridedSlice(uint32_t seed, TensorType type) {
  KernelCase made = {"STRIDED_SLICE " + Name(type, seed), {}, {}};
  Random random(seed);
  const TensorSpec whole = Tensor(type, {2, 9, 6});
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
  made.inputs.push_back(AnyContent(random, whole));
  const int input = made.model.AddTensor(whole);
  const int begin = made.model.AddTensor(Constants(begins));
  const int end = made.model.AddTensor(Constants(ends));
  const int stride = made.model.AddTensor(Constants(strides));
  const int output = made.model.AddTensor(part);
  made.model.AddOperator(BuiltinOperator::STRIDED_SLICE, {input, begin, end, stride}, {output},
                         StridedSliceOptions());
  made.model.SetInputs({input});
  made.model.SetOutputs({output});
  return made;
}

KernelCase Transpose(uint32_t seed, TensorType type) {
  Random random(seed);
  const std::vector<int32_t> orders[] = {{1, 0, 2}, {2, 1, 0}, {0, 2, 1}, {2, 0, 1}};
  const std::vector<int32_t>& order = orders[seed % 4];
  const std::vector<int32_t> shape = {random.Between(1, 3), random.Between(2, 5), 4};
  std::vector<int32_t> output;
  for (const int32_t axis : order) output.push_back(shape[static_cast<size_t>(axis)]);
  return MakeCase(random, Name(type, seed), BuiltinOperator::TRANSPOSE,
                  {Tensor(type, shape), Constants(order)}, Tensor(type, output));
}

KernelCase Pack(uint32_t seed, TensorType type) {
  Random random(seed);
  const auto axis = static_cast<int32_t>(seed % 3);
  const std::vector<int32_t> shape = {random.Between(1, 3), random.Between(1, 4)};
  std::vector<int32_t> output = shape;
  output.insert(output.begin() + axis, 2);
  return MakeCase(random, Name(type, seed), BuiltinOperator::PACK,
                  {Tensor(type, shape), Tensor(type, shape)}, Tensor(type, output),
                  PackOptions(2, seed == 3 ? axis - 3 : axis));
}

// The same elements under another shape.
KernelCase Reshape(uint32_t seed, BuiltinOperator op, TensorType type) {
  Random random(seed);
  const int32_t a = random.Between(1, 4), b = random.Between(1, 4);
  const std::vector<int32_t> flat = {a, b}, deep = {a, 1, b}, joined = {b * a};
  const bool squeezes = op == BuiltinOperator::SQUEEZE;
  const bool reshapes = op == BuiltinOperator::RESHAPE;
  std::vector<TensorSpec> inputs = {Tensor(type, squeezes ? deep : flat)};
  if (!squeezes && !reshapes) inputs.push_back(Constants({1}));
  return MakeCase(random, Name(type, seed), op, inputs,
                  Tensor(type, squeezes   ? flat
                               : reshapes ? joined
                                          : deep));
}

KernelCase ShapeOf(uint32_t seed) {
  Random random(seed);
  const std::vector<int32_t> shape(seed + 1, 2);
  return MakeCase(random, std::to_string(seed), BuiltinOperator::SHAPE,
                  {Tensor(TensorType::FLOAT32, shape)},
                  Tensor(TensorType::INT32, {static_cast<int32_t>(shape.size())}));
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
    for (const TensorType type :
         {TensorType::INT8, TensorType::INT16, TensorType::FLOAT32, TensorType::INT64}) {
      cases.push_back(Concatenation(seed, type));
      cases.push_back(Pack(seed, type));
      cases.push_back(Pad(seed, type));
      cases.push_back(Parts(seed, BuiltinOperator::SPLIT, type));
      cases.push_back(Parts(seed, BuiltinOperator::UNPACK, type));
      cases.push_back(Reshape(seed, BuiltinOperator::EXPAND_DIMS, type));
      cases.push_back(Reshape(seed, BuiltinOperator::RESHAPE, type));
      cases.push_back(Reshape(seed, BuiltinOperator::SQUEEZE, type));
      cases.push_back(SplitV(seed, type));
      cases.push_back(StridedSlice(seed, type));
      cases.push_back(Transpose(seed, type));
    }
    cases.push_back(ShapeOf(seed));
    cases.push_back(Streaming(seed));
  }
  return cases;
}

}  // namespace earshot::test
