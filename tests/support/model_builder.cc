// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/model_builder.h"

#include <type_traits>
#include <utility>

#include "earshot/runtime/schema/model_format_generated.h"

namespace earshot::test {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

constexpr uint32_t kSchemaVersion = 3;
constexpr size_t kDataAlignment = 16;
// Operators from this number on stand only in the wide field.
constexpr int32_t kFirstWideCode = 127;

Offset<schema::Buffer> WriteBuffer(FlatBufferBuilder& fbb, const std::vector<uint8_t>& data) {
  if (data.empty()) return schema::CreateBuffer(fbb);
  fbb.ForceVectorAlignment(data.size(), sizeof(uint8_t), kDataAlignment);
  return schema::CreateBuffer(fbb, fbb.CreateVector(data));
}

Offset<schema::Tensor> WriteTensor(FlatBufferBuilder& fbb, const TensorSpec& tensor,
                                   uint32_t buffer) {
  Offset<schema::QuantizationParameters> quantization;
  if (!tensor.scales.empty()) {
    const std::vector<schema::Int64> zero_points = Int64s(tensor.zero_points);
    quantization = schema::CreateQuantizationParameters(fbb, fbb.CreateVector(tensor.scales),
                                                        fbb.CreateVectorOfStructs(zero_points),
                                                        tensor.quantized_dimension);
  }
  return schema::CreateTensor(fbb, fbb.CreateVector(tensor.shape), tensor.type, buffer,
                              fbb.CreateString(tensor.name), quantization, tensor.is_variable);
}

Offset<schema::OperatorCode> WriteCode(FlatBufferBuilder& fbb, BuiltinOperator code,
                                       const std::string& custom_name) {
  const auto number = static_cast<int32_t>(code);
  const auto narrow = static_cast<int8_t>(number < kFirstWideCode ? number : kFirstWideCode);
  const Offset<flatbuffers::String> name =
      custom_name.empty() ? Offset<flatbuffers::String>() : fbb.CreateString(custom_name);
  return schema::CreateOperatorCode(fbb, narrow, name, 1, code);
}

// A model's list of metadata, which is not part of the format that Earshot reads: fields by their
// places in tables, 4 bytes and 2 for each field before.
constexpr flatbuffers::voffset_t kMetadataField = 4 + 2 * 6;

Offset<flatbuffers::Vector<Offset<flatbuffers::Table>>> WriteMetadata(FlatBufferBuilder& fbb,
                                                                      const std::string& name,
                                                                      uint32_t buffer) {
  const auto text = fbb.CreateString(name);
  const auto begin = fbb.StartTable();
  fbb.AddOffset(4, text);
  fbb.AddElement<uint32_t>(6, buffer, 0);
  const Offset<flatbuffers::Table> entry(fbb.EndTable(begin));
  return fbb.CreateVector(&entry, 1);
}

template <typename Offset>
struct TableOf;
template <typename Table>
struct TableOf<Offset<Table>> {
  using Type = Table;
};

// Options of the kind that `write` makes: it takes a builder and returns an Offset of them.
template <typename Write>
OperatorOptions OptionsOf(Write write) {
  using Table = typename TableOf<std::invoke_result_t<Write, FlatBufferBuilder&>>::Type;
  return {schema::BuiltinOptionsTraits<Table>::enum_value,
          [write](FlatBufferBuilder& fbb) { return write(fbb).Union(); }};
}

}  // namespace

std::vector<schema::Int64> Int64s(const std::vector<int64_t>& numbers) {
  std::vector<schema::Int64> halves;
  for (const int64_t number : numbers) {
    halves.emplace_back(static_cast<uint32_t>(number & 0xFFFFFFFF),
                        static_cast<int32_t>(number >> 32));
  }
  return halves;
}

std::vector<int64_t> ZeroPoints(const TensorInfo& tensor) {
  std::vector<int64_t> numbers;
  for (const schema::Int64& number : tensor.zero_points) numbers.push_back(ValueOf(number));
  return numbers;
}

AlignedBytes ShiftedByFour(Span<const uint8_t> file) {
  constexpr size_t kHead = 8;  // The offset of the root, which is counted from here, and the name.
  constexpr size_t kShift = 4;
  std::vector<uint8_t> bytes(file.begin(), file.end());
  bytes.insert(bytes.begin() + kHead, kShift, uint8_t{0});
  const uint32_t root = flatbuffers::ReadScalar<uint32_t>(bytes.data()) + uint32_t{kShift};
  flatbuffers::WriteScalar(bytes.data(), root);
  return AlignedBytes(bytes);
}

OperatorOptions Conv2DOptions(const WindowSpec& window) {
  return OptionsOf([window](FlatBufferBuilder& fbb) {
    return schema::CreateConv2DOptions(fbb, window.padding, window.stride_w, window.stride_h,
                                       window.activation, window.dilation_w, window.dilation_h);
  });
}

OperatorOptions DepthwiseConv2DOptions(const WindowSpec& window, int32_t depth_multiplier) {
  return OptionsOf([window, depth_multiplier](FlatBufferBuilder& fbb) {
    return schema::CreateDepthwiseConv2DOptions(
        fbb, window.padding, window.stride_w, window.stride_h, depth_multiplier, window.activation,
        window.dilation_w, window.dilation_h);
  });
}

OperatorOptions Pool2DOptions(const WindowSpec& window, int32_t filter_h, int32_t filter_w) {
  return OptionsOf([window, filter_h, filter_w](FlatBufferBuilder& fbb) {
    return schema::CreatePool2DOptions(fbb, window.padding, window.stride_w, window.stride_h,
                                       filter_w, filter_h, window.activation);
  });
}

OperatorOptions FullyConnectedOptions(ActivationFunctionType activation, bool keep_num_dims,
                                      int8_t weights_format, bool asymmetric_quantize_inputs) {
  return OptionsOf([=](FlatBufferBuilder& fbb) {
    return schema::CreateFullyConnectedOptions(fbb, activation, weights_format, keep_num_dims,
                                               asymmetric_quantize_inputs);
  });
}

OperatorOptions SoftmaxOptions(float beta) {
  return OptionsOf(
      [beta](FlatBufferBuilder& fbb) { return schema::CreateSoftmaxOptions(fbb, beta); });
}

OperatorOptions AddOptions(ActivationFunctionType activation) {
  return OptionsOf(
      [activation](FlatBufferBuilder& fbb) { return schema::CreateAddOptions(fbb, activation); });
}

OperatorOptions MulOptions(ActivationFunctionType activation) {
  return OptionsOf(
      [activation](FlatBufferBuilder& fbb) { return schema::CreateMulOptions(fbb, activation); });
}

OperatorOptions SubOptions(ActivationFunctionType activation) {
  return OptionsOf(
      [activation](FlatBufferBuilder& fbb) { return schema::CreateSubOptions(fbb, activation); });
}

OperatorOptions PackOptions(int32_t count, int32_t axis) {
  return OptionsOf(
      [=](FlatBufferBuilder& fbb) { return schema::CreatePackOptions(fbb, count, axis); });
}

OperatorOptions UnpackOptions(int32_t count, int32_t axis) {
  return OptionsOf(
      [=](FlatBufferBuilder& fbb) { return schema::CreateUnpackOptions(fbb, count, axis); });
}

OperatorOptions GatherOptions(int32_t axis, int32_t batch_dims) {
  return OptionsOf(
      [=](FlatBufferBuilder& fbb) { return schema::CreateGatherOptions(fbb, axis, batch_dims); });
}

OperatorOptions ResizeNearestNeighborOptions(bool align_corners, bool half_pixel_centers) {
  return OptionsOf([=](FlatBufferBuilder& fbb) {
    return schema::CreateResizeNearestNeighborOptions(fbb, align_corners, half_pixel_centers);
  });
}

OperatorOptions ResizeBilinearOptions(bool align_corners, bool half_pixel_centers) {
  return OptionsOf([=](FlatBufferBuilder& fbb) {
    return schema::CreateResizeBilinearOptions(fbb, align_corners, half_pixel_centers);
  });
}

OperatorOptions SpaceToDepthOptions(int32_t block) {
  return OptionsOf(
      [block](FlatBufferBuilder& fbb) { return schema::CreateSpaceToDepthOptions(fbb, block); });
}

OperatorOptions DepthToSpaceOptions(int32_t block) {
  return OptionsOf(
      [block](FlatBufferBuilder& fbb) { return schema::CreateDepthToSpaceOptions(fbb, block); });
}

OperatorOptions MirrorPadOptions(schema::MirrorPadMode mode) {
  return OptionsOf(
      [mode](FlatBufferBuilder& fbb) { return schema::CreateMirrorPadOptions(fbb, mode); });
}

OperatorOptions ReducerOptions(bool keep_dims) {
  return OptionsOf(
      [keep_dims](FlatBufferBuilder& fbb) { return schema::CreateReducerOptions(fbb, keep_dims); });
}

OperatorOptions ConcatenationOptions(int32_t axis, ActivationFunctionType activation) {
  return OptionsOf([axis, activation](FlatBufferBuilder& fbb) {
    return schema::CreateConcatenationOptions(fbb, axis, activation);
  });
}

OperatorOptions StridedSliceOptions(const SliceSpec& slice) {
  return OptionsOf([slice](FlatBufferBuilder& fbb) {
    return schema::CreateStridedSliceOptions(fbb, slice.begin_mask, slice.end_mask,
                                             slice.ellipsis_mask, slice.new_axis_mask,
                                             slice.shrink_axis_mask, slice.offset);
  });
}

OperatorOptions SvdfOptions(int32_t rank, ActivationFunctionType activation) {
  return OptionsOf([rank, activation](FlatBufferBuilder& fbb) {
    return schema::CreateSVDFOptions(fbb, rank, activation);
  });
}

OperatorOptions LstmOptions(float cell_clip, bool time_major, ActivationFunctionType activation) {
  return OptionsOf([=](FlatBufferBuilder& fbb) {
    return schema::CreateUnidirectionalSequenceLSTMOptions(fbb, activation, cell_clip, time_major);
  });
}

OperatorOptions LeakyReluOptions(float alpha) {
  return OptionsOf(
      [alpha](FlatBufferBuilder& fbb) { return schema::CreateLeakyReluOptions(fbb, alpha); });
}

OperatorOptions L2NormOptions(ActivationFunctionType activation) {
  return OptionsOf([activation](FlatBufferBuilder& fbb) {
    return schema::CreateL2NormOptions(fbb, activation);
  });
}

OperatorOptions DivOptions(ActivationFunctionType activation) {
  return OptionsOf(
      [activation](FlatBufferBuilder& fbb) { return schema::CreateDivOptions(fbb, activation); });
}

OperatorOptions TransposeConvOptions(const WindowSpec& window) {
  return OptionsOf([window](FlatBufferBuilder& fbb) {
    return schema::CreateTransposeConvOptions(fbb, window.padding, window.stride_w, window.stride_h,
                                              window.activation);
  });
}

OperatorOptions BatchMatMulOptions(bool adj_x, bool adj_y) {
  return OptionsOf(
      [=](FlatBufferBuilder& fbb) { return schema::CreateBatchMatMulOptions(fbb, adj_x, adj_y); });
}

OperatorOptions CumsumOptions(bool exclusive, bool reverse) {
  return OptionsOf(
      [=](FlatBufferBuilder& fbb) { return schema::CreateCumsumOptions(fbb, exclusive, reverse); });
}

OperatorOptions CallOnceOptions(int32_t subgraph) {
  return OptionsOf(
      [subgraph](FlatBufferBuilder& fbb) { return schema::CreateCallOnceOptions(fbb, subgraph); });
}

OperatorOptions IfOptions(int32_t then_branch, int32_t else_branch) {
  return OptionsOf([=](FlatBufferBuilder& fbb) {
    return schema::CreateIfOptions(fbb, then_branch, else_branch);
  });
}

OperatorOptions WhileOptions(int32_t condition, int32_t body) {
  return OptionsOf(
      [=](FlatBufferBuilder& fbb) { return schema::CreateWhileOptions(fbb, condition, body); });
}

OperatorOptions VarHandleOptions(const std::string& shared_name, const std::string& container) {
  return OptionsOf([shared_name, container](FlatBufferBuilder& fbb) {
    Offset<flatbuffers::String> in;
    if (!container.empty()) in = fbb.CreateString(container);
    return schema::CreateVarHandleOptions(fbb, in, fbb.CreateString(shared_name));
  });
}

int ModelBuilder::AddTensor(TensorSpec tensor) {
  std::vector<TensorSpec>& tensors = graphs_.back().tensors;
  tensors.push_back(std::move(tensor));
  return static_cast<int>(tensors.size()) - 1;
}

void ModelBuilder::AddOperator(BuiltinOperator code, std::vector<int32_t> inputs,
                               std::vector<int32_t> outputs, OperatorOptions options) {
  graphs_.back().operators.push_back(
      {code, std::move(inputs), std::move(outputs), std::move(options)});
}

void ModelBuilder::AddCustomOperator(std::string name, std::vector<int32_t> inputs,
                                     std::vector<int32_t> outputs, std::vector<uint8_t> options) {
  AddOperator(BuiltinOperator::CUSTOM, std::move(inputs), std::move(outputs));
  graphs_.back().operators.back().custom_name = std::move(name);
  graphs_.back().operators.back().custom_options = std::move(options);
}

AlignedBytes ModelBuilder::Build() const {
  FlatBufferBuilder fbb;
  // Buffer 0 is the format's empty one; each tensor has one of its own.
  std::vector<Offset<schema::Buffer>> buffers = {schema::CreateBuffer(fbb)};
  // One operator code per operator: valid, if not the shortest.
  std::vector<Offset<schema::OperatorCode>> codes;
  std::vector<Offset<schema::SubGraph>> subgraphs;
  for (const GraphSpec& graph : graphs_) {
    std::vector<Offset<schema::Tensor>> tensors;
    for (const TensorSpec& tensor : graph.tensors) {
      tensors.push_back(WriteTensor(fbb, tensor, static_cast<uint32_t>(buffers.size())));
      buffers.push_back(WriteBuffer(fbb, tensor.data));
    }
    std::vector<Offset<schema::Operator>> operators;
    for (const OperatorSpec& op : graph.operators) {
      Offset<void> options;
      if (op.options.write != nullptr) options = op.options.write(fbb);
      const auto code_index = static_cast<uint32_t>(codes.size());
      codes.push_back(WriteCode(fbb, op.code, op.custom_name));
      Offset<flatbuffers::Vector<uint8_t>> custom_options;
      if (!op.custom_options.empty()) custom_options = fbb.CreateVector(op.custom_options);
      operators.push_back(schema::CreateOperator(fbb, code_index, fbb.CreateVector(op.inputs),
                                                 fbb.CreateVector(op.outputs), op.options.kind,
                                                 options, custom_options));
    }
    subgraphs.push_back(
        schema::CreateSubGraph(fbb, fbb.CreateVector(tensors), fbb.CreateVector(graph.inputs),
                               fbb.CreateVector(graph.outputs), fbb.CreateVector(operators),
                               fbb.CreateString(subgraphs.empty() ? "main" : "init")));
  }
  Offset<flatbuffers::Vector<Offset<flatbuffers::Table>>> metadata;
  if (!metadata_name_.empty()) {
    metadata = WriteMetadata(fbb, metadata_name_, static_cast<uint32_t>(buffers.size()));
    buffers.push_back(WriteBuffer(fbb, metadata_));
  }
  const auto all_codes = fbb.CreateVector(codes);
  const auto all_subgraphs = fbb.CreateVector(subgraphs);
  const auto description = fbb.CreateString("made by a test");
  const auto all_buffers = fbb.CreateVector(buffers);
  schema::ModelBuilder model(fbb);
  model.add_version(kSchemaVersion);
  model.add_operator_codes(all_codes);
  model.add_subgraphs(all_subgraphs);
  model.add_description(description);
  model.add_buffers(all_buffers);
  if (!metadata_name_.empty()) fbb.AddOffset(kMetadataField, metadata);
  schema::FinishModelBuffer(fbb, model.Finish());
  return AlignedBytes(
      std::vector<uint8_t>(fbb.GetBufferPointer(), fbb.GetBufferPointer() + fbb.GetSize()));
}

}  // namespace earshot::test
