// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ModelBuilder: small .tflite files made in memory, valid or damaged on purpose.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/model.h"

namespace earshot::test {

using schema::ActivationFunctionType;
using schema::Padding;
using schema::TensorType;

// One tensor as it will stand in the file. Nothing is checked: a test may want nonsense.
struct TensorSpec {
  std::vector<int32_t> shape;
  TensorType type = TensorType::INT8;
  std::vector<float> scales = {};  // Empty: not quantized.
  std::vector<int64_t> zero_points = {};
  std::vector<uint8_t> data = {};  // Empty: not a constant.
  int32_t quantized_dimension = 0;
  std::string name = {};
  bool is_variable = false;
};

// The bytes of `values`, for TensorSpec::data.
template <typename T>
std::vector<uint8_t> BytesOf(const std::vector<T>& values) {
  std::vector<uint8_t> bytes(values.size() * sizeof(T));
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

// Numbers as the file has them, and as a test looks at them.
std::vector<schema::Int64> Int64s(const std::vector<int64_t>& numbers);
std::vector<int64_t> ZeroPoints(const TensorInfo& tensor);

// The same file with all of it but its first eight bytes four bytes further on, as older tools
// wrote them that aligned nothing to more than that: 64-bit numbers at 4 mod 8, constants at 4
// mod 16.
AlignedBytes ShiftedByFour(Span<const uint8_t> file);

// An operator's options table: what kind, and how to write it. Made by the functions below.
struct OperatorOptions {
  schema::BuiltinOptions kind = schema::BuiltinOptions::NONE;
  std::function<flatbuffers::Offset<void>(flatbuffers::FlatBufferBuilder&)> write = nullptr;
};

// What a filter or pooling window does along both axes.
struct WindowSpec {
  Padding padding = Padding::SAME;
  int32_t stride_h = 1;
  int32_t stride_w = 1;
  ActivationFunctionType activation = ActivationFunctionType::NONE;
  int32_t dilation_h = 1;
  int32_t dilation_w = 1;
};

OperatorOptions Conv2DOptions(const WindowSpec& window);
OperatorOptions DepthwiseConv2DOptions(const WindowSpec& window, int32_t depth_multiplier);
OperatorOptions Pool2DOptions(const WindowSpec& window, int32_t filter_h, int32_t filter_w);
OperatorOptions FullyConnectedOptions(
    ActivationFunctionType activation = ActivationFunctionType::NONE, bool keep_num_dims = false,
    int8_t weights_format = 0, bool asymmetric_quantize_inputs = false);
OperatorOptions SoftmaxOptions(float beta = 1.0f);
OperatorOptions AddOptions(ActivationFunctionType activation = ActivationFunctionType::NONE);
OperatorOptions MulOptions(ActivationFunctionType activation = ActivationFunctionType::NONE);
OperatorOptions SubOptions(ActivationFunctionType activation = ActivationFunctionType::NONE);
OperatorOptions PackOptions(int32_t count, int32_t axis);
OperatorOptions UnpackOptions(int32_t count, int32_t axis);
OperatorOptions GatherOptions(int32_t axis, int32_t batch_dims);
OperatorOptions ResizeNearestNeighborOptions(bool align_corners, bool half_pixel_centers);
OperatorOptions ResizeBilinearOptions(bool align_corners, bool half_pixel_centers);
OperatorOptions SpaceToDepthOptions(int32_t block);
OperatorOptions DepthToSpaceOptions(int32_t block);
OperatorOptions MirrorPadOptions(schema::MirrorPadMode mode);
OperatorOptions ReducerOptions(bool keep_dims);
OperatorOptions ConcatenationOptions(
    int32_t axis, ActivationFunctionType activation = ActivationFunctionType::NONE);

// The masks of STRIDED_SLICE.
struct SliceSpec {
  int32_t begin_mask = 0;
  int32_t end_mask = 0;
  int32_t ellipsis_mask = 0;
  int32_t new_axis_mask = 0;
  int32_t shrink_axis_mask = 0;
  bool offset = false;
};

OperatorOptions StridedSliceOptions(const SliceSpec& slice = {});
OperatorOptions SvdfOptions(int32_t rank,
                            ActivationFunctionType activation = ActivationFunctionType::NONE);
OperatorOptions LstmOptions(float cell_clip = 0.0f, bool time_major = false,
                            ActivationFunctionType activation = ActivationFunctionType::TANH);
OperatorOptions LeakyReluOptions(float alpha);
OperatorOptions L2NormOptions(ActivationFunctionType activation = ActivationFunctionType::NONE);
OperatorOptions DivOptions(ActivationFunctionType activation = ActivationFunctionType::NONE);
OperatorOptions TransposeConvOptions(const WindowSpec& window);
OperatorOptions BatchMatMulOptions(bool adj_x = false, bool adj_y = false);
OperatorOptions CumsumOptions(bool exclusive = false, bool reverse = false);
OperatorOptions CallOnceOptions(int32_t subgraph);
OperatorOptions IfOptions(int32_t then_branch, int32_t else_branch);
OperatorOptions WhileOptions(int32_t condition, int32_t body);
// An empty container is left out.
OperatorOptions VarHandleOptions(const std::string& shared_name, const std::string& container = "");

// Usage:
//
//   ModelBuilder builder;
//   const int input = builder.AddTensor({{1, 4}, TensorType::INT8, {0.5f}, {0}});
//   const int output = builder.AddTensor({{4, 1}, TensorType::INT8, {0.5f}, {0}});
//   builder.AddOperator(BuiltinOperator::RESHAPE, {input}, {output});
//   builder.SetInputs({input});
//   builder.SetOutputs({output});
//   const AlignedBytes file = builder.Build();
class ModelBuilder {
 public:
  // Everything that follows belongs to another subgraph, whose tensors are counted from 0 again.
  void BeginSubgraph() { graphs_.emplace_back(); }

  // Returns the tensor's index.
  int AddTensor(TensorSpec tensor);
  // An input of -1 is an optional one that is absent.
  void AddOperator(BuiltinOperator code, std::vector<int32_t> inputs, std::vector<int32_t> outputs,
                   OperatorOptions options = {});
  // A custom operator of this name.
  void AddCustomOperator(std::string name, std::vector<int32_t> inputs,
                         std::vector<int32_t> outputs, std::vector<uint8_t> options = {});
  void SetInputs(std::vector<int32_t> tensors) { graphs_.back().inputs = std::move(tensors); }
  void SetOutputs(std::vector<int32_t> tensors) { graphs_.back().outputs = std::move(tensors); }

  // A buffer that the file names, of which it says no more.
  void SetMetadata(std::string name, std::vector<uint8_t> data) {
    metadata_name_ = std::move(name);
    metadata_ = std::move(data);
  }

  // The file. Constants are aligned to 16 bytes in it, and it is itself. May be called repeatedly.
  AlignedBytes Build() const;

 private:
  struct OperatorSpec {
    BuiltinOperator code;
    std::vector<int32_t> inputs;
    std::vector<int32_t> outputs;
    OperatorOptions options;
    std::string custom_name = {};
    std::vector<uint8_t> custom_options = {};
  };

  struct GraphSpec {
    std::vector<TensorSpec> tensors;
    std::vector<OperatorSpec> operators;
    std::vector<int32_t> inputs;
    std::vector<int32_t> outputs;
  };

  std::vector<GraphSpec> graphs_ = std::vector<GraphSpec>(1);
  std::string metadata_name_;  // Empty: there is no metadata.
  std::vector<uint8_t> metadata_;
};

}  // namespace earshot::test
