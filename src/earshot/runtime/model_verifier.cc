// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/model_verifier.h"

#include <cstddef>
#include <cstring>

#include "earshot/runtime/failure.h"
#include "earshot/runtime/flatbuffer_verifier.h"
#include "earshot/runtime/model.h"
#include "earshot/runtime/schema/model_format_generated.h"
#include "earshot/runtime/tensor_info.h"

namespace earshot {
namespace {

constexpr int32_t kSchemaVersion = 3;
constexpr size_t kIdentifierEnd = 8;  // Root offset and file identifier.
constexpr size_t kIdentifierBegin = 4;
constexpr uint32_t kWordAlignment = 4;
// Operators hold 16-bit counts in the arena, and the memory plan 16-bit indices.
constexpr uint32_t kMaxOperators = 0xFFFE;
constexpr uint32_t kMaxTensors = 0xFFFE;
constexpr uint32_t kMaxTensorsPerOperator = 0xFF;
constexpr uint32_t kMaxScales = 100000000;  // Seconds on a microcontroller: more than any has.

constexpr StaticText kInputIndex = "input: tensor index (wanted: less than)"_text;
constexpr StaticText kOutputIndex = "output: tensor index (wanted: less than)"_text;

template <typename Vector>
uint32_t SizeOf(const Vector* vector) {
  return vector == nullptr ? 0 : vector->size();
}

uint32_t Misalignment(const void* data, size_t alignment) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(data) & (alignment - 1));
}

bool LiesOutside(const schema::Buffer& buffer) {
  const schema::Int64* offset = buffer.offset();
  return offset != nullptr && (offset->high() != 0 || offset->low() > 1);
}

// The numbers that a zero point may be.
struct Range {
  int32_t lowest;
  int32_t highest;
};

Range ZeroPoints(TensorType type) {
  switch (type) {
    case TensorType::INT8:
      return {INT8_MIN, INT8_MAX};
    case TensorType::UINT8:
      return {0, UINT8_MAX};
    case TensorType::INT16:
      return {INT16_MIN, INT16_MAX};
    default:
      return {INT32_MIN, INT32_MAX};
  }
}

// Looks at one thing of the file after the other. The functions say whether all is well.
class Verification : private Failure {
 public:
  bool VerifyAddress(Span<const uint8_t> bytes, uint32_t alignment);
  // Precondition: bytes begin at a multiple of 4.
  bool VerifyStructure(Span<const uint8_t> bytes);
  // Precondition: VerifyStructure() has said yes.
  bool VerifyTensors(Span<const uint8_t> bytes);
  using Failure::error;

 private:
  bool VerifyRoot(const schema::Model& root);
  bool VerifySubgraph(const schema::SubGraph& subgraph);
  bool VerifyOperator(const schema::Operator& op, uint32_t tensors);
  // What is touched: `tensors` are indices, -1 for none.
  bool VerifyTouched(const Model& model, size_t graph);
  bool VerifyTensors(const Model& model, size_t graph, Span<const int32_t> tensors);
  bool VerifyTensor(const TensorInfo& tensor);
  bool VerifyQuantization(const TensorInfo& tensor);
  // `lowest` is -1 where an absent tensor is allowed, else 0.
  bool VerifyIndices(const flatbuffers::Vector<int32_t>* indices, int32_t lowest, uint32_t count,
                     StaticText what);
  bool VerifyIndex(StaticText what, uint32_t index, uint32_t count);
  bool VerifyCount(StaticText what, uint32_t count, uint32_t most);

  uint32_t buffers_ = 0;  // How many of them the model has.
  uint32_t codes_ = 0;
  uint32_t scales_ = 0;  // That were looked at.
};

bool Verification::VerifyAddress(Span<const uint8_t> bytes, uint32_t alignment) {
  At(StatusSubject::kModel);
  const uint32_t rest = Misalignment(bytes.data(), alignment);
  return rest == 0 ||
         Fail(StatusCode::kInvalidArgument, "address: remainder to the wanted alignment"_text,
              StatusUnit::kBytes, static_cast<int32_t>(rest), static_cast<int32_t>(alignment));
}

bool Verification::VerifyStructure(Span<const uint8_t> bytes) {
  if (bytes.size() < kIdentifierEnd) {
    return Fail(StatusCode::kInvalidModel, "size (wanted: at least)"_text, StatusUnit::kBytes,
                static_cast<int32_t>(bytes.size()), kIdentifierEnd);
  }
  if (bytes.size() > INT32_MAX) {
    return Unsupported("more than 2^31 - 1 bytes"_text);
  }
  if (flatbuffers::ReadScalar<uint32_t>(bytes.data() + kIdentifierBegin) !=
      flatbuffers::ReadScalar<uint32_t>(schema::ModelIdentifier())) {
    return Invalid("the file identifier is not TFL3"_text);
  }
  if (!VerifyFlatbuffer(bytes))
    return Invalid("the flatbuffer is damaged: an offset leads outside"_text);
  if (!VerifyRoot(*schema::GetModel(bytes.data()))) return false;
  // From here on, what Model shows can be looked at.
  const Model model = Model::LoadVerified(bytes);
  for (size_t i = 0; i < model.subgraph_count(); ++i) {
    At(StatusSubject::kSubgraph, i);
    if (!VerifySubgraph(model.subgraph(i))) return false;
  }
  return true;
}

bool Verification::VerifyTensors(Span<const uint8_t> bytes) {
  const Model model = Model::LoadVerified(bytes);
  for (size_t i = 0; i < model.subgraph_count(); ++i) {
    if (!VerifyTouched(model, i)) return false;
  }
  return true;
}

bool Verification::VerifyRoot(const schema::Model& root) {
  if (root.version() != kSchemaVersion) {
    return Fail(StatusCode::kUnsupported, "schema version"_text, StatusUnit::kCount,
                StatusNumber(root.version()), kSchemaVersion);
  }
  if (SizeOf(root.subgraphs()) == 0) return Invalid("there is no subgraph"_text);
  codes_ = SizeOf(root.operator_codes());
  buffers_ = SizeOf(root.buffers());
  return true;
}

bool Verification::VerifySubgraph(const schema::SubGraph& subgraph) {
  const uint32_t tensors = SizeOf(subgraph.tensors());
  const uint32_t operators = SizeOf(subgraph.operators());
  if (!VerifyCount("number of tensors (wanted: at most)"_text, tensors, kMaxTensors) ||
      !VerifyCount("number of operators (wanted: at most)"_text, operators, kMaxOperators) ||
      !VerifyIndices(subgraph.inputs(), 0, tensors, kInputIndex) ||
      !VerifyIndices(subgraph.outputs(), 0, tensors, kOutputIndex)) {
    return false;
  }
  for (uint32_t i = 0; i < tensors; ++i) {
    At(StatusSubject::kTensor, i);
    const uint32_t buffer = subgraph.tensors()->Get(i)->buffer();
    if (!VerifyIndex("buffer index (wanted: less than)"_text, buffer, buffers_)) return false;
  }
  for (uint32_t i = 0; i < operators; ++i) {
    At(StatusSubject::kOperator, i);
    if (!VerifyOperator(*subgraph.operators()->Get(i), tensors)) return false;
  }
  return true;
}

bool Verification::VerifyTouched(const Model& model, size_t graph) {
  const schema::SubGraph& subgraph = model.subgraph(graph);
  if (!VerifyTensors(model, graph, Model::Indices(subgraph.inputs())) ||
      !VerifyTensors(model, graph, Model::Indices(subgraph.outputs()))) {
    return false;
  }
  for (size_t i = 0; i < model.operator_count(graph); ++i) {
    const schema::Operator& op = model.op(graph, i);
    Span<const int32_t> inputs = Model::Indices(op.inputs());
    // Its output's shape says all; nobody reads the other input, which is empty for a scalar.
    if (model.operator_code(op) == BuiltinOperator::RESHAPE && !inputs.empty()) {
      inputs = inputs.subspan(0, 1);
    }
    if (!VerifyTensors(model, graph, inputs) ||
        !VerifyTensors(model, graph, Model::Indices(op.outputs()))) {
      return false;
    }
  }
  return true;
}

bool Verification::VerifyTensors(const Model& model, size_t graph, Span<const int32_t> tensors) {
  const schema::Model& root = *schema::GetModel(model.bytes().data());
  for (const int32_t index : tensors) {
    if (index < 0) continue;
    const auto place = static_cast<uint32_t>(index);
    At(StatusSubject::kTensor, place);
    const schema::Tensor& tensor = *model.subgraph(graph).tensors()->Get(place);
    if (tensor.sparsity() != nullptr) return Unsupported("sparse contents"_text);
    if (LiesOutside(*root.buffers()->Get(tensor.buffer()))) {
      return Unsupported("contents lie outside the flatbuffer"_text);
    }
    if (!VerifyTensor(model.tensor(graph, place))) return false;
  }
  return true;
}

bool Verification::VerifyTensor(const TensorInfo& tensor) {
  int32_t count = 1;
  for (const int32_t extent : tensor.shape) {
    if (extent < 0) return Invalid("shape: extent (wanted: at least)"_text, extent, 0);
    const int64_t product = int64_t{count} * extent;
    if (product > INT32_MAX) return Invalid("shape: more than 2^31 - 1 elements"_text);
    count = static_cast<int32_t>(product);
  }
  const size_t element_bytes = ElementBytes(tensor.type);
  if (static_cast<uint64_t>(count) * element_bytes > INT32_MAX) {
    return Invalid("more than 2^31 - 1 bytes"_text);
  }
  if (!tensor.scales.empty() && !VerifyQuantization(tensor)) return false;
  if (!tensor.is_constant() || element_bytes == 0) return true;
  if (tensor.data.size() != tensor.bytes) {
    return Fail(StatusCode::kInvalidModel, "contents"_text, StatusUnit::kBytes,
                static_cast<int32_t>(tensor.data.size()), static_cast<int32_t>(tensor.bytes));
  }
  if (Misalignment(tensor.data.data(), element_bytes < 4 ? element_bytes : 4) != 0) {
    return Invalid("contents are not aligned"_text);
  }
  return true;
}

bool Verification::VerifyQuantization(const TensorInfo& tensor) {
  const size_t count = tensor.scales.size();
  const auto scale_count = static_cast<int32_t>(count);
  const size_t zero_points = tensor.zero_points.size();
  if (zero_points != count && zero_points != 1) {
    return Invalid("number of zero points"_text, static_cast<int32_t>(zero_points), scale_count);
  }
  // Tensors may share their scales, so that a small file has many.
  scales_ += static_cast<uint32_t>(count);
  if (!VerifyCount("number of scales in all (wanted: at most)"_text, scales_, kMaxScales)) {
    return false;
  }
  if (count > 1) {
    const int32_t rank = tensor.rank();
    // Some converters give a bias, which has one axis only, the axis of its filter.
    const int32_t axis = rank == 1 ? 0 : tensor.quantized_dimension;
    if (axis < 0 || axis >= rank) return Invalid("quantized dimension"_text, axis, rank - 1);
    const int32_t extent = tensor.dim(axis);
    if (scale_count != extent) return Invalid("number of scales"_text, scale_count, extent);
  }
  for (const float& value : tensor.scales) {
    // As bits: negative ones and NaN are above infinity. For what computes with it a scale of 0 is
    // none (CheckPerTensor()).
    constexpr uint32_t kBitsOfInfinity = 0x7F800000;
    uint32_t scale = 0;
    std::memcpy(&scale, &value, sizeof(scale));
    if (scale >= kBitsOfInfinity) return Invalid("scale is no finite number from 0 on"_text);
  }
  const Range range = ZeroPoints(tensor.type);
  for (const schema::Int64& value : tensor.zero_points) {
    const int64_t zero_point = ValueOf(value);
    if (zero_point < range.lowest) {
      return Invalid("zero point is too low"_text, StatusNumber(zero_point), range.lowest);
    }
    if (zero_point > range.highest) {
      return Invalid("zero point is too high"_text, StatusNumber(zero_point), range.highest);
    }
  }
  return true;
}

bool Verification::VerifyOperator(const schema::Operator& op, uint32_t tensors) {
  constexpr StaticText kTensorCount = "number of tensors (wanted: at most)"_text;
  return VerifyIndex("operator code index (wanted: less than)"_text, op.opcode_index(), codes_) &&
         VerifyIndices(op.inputs(), -1, tensors, kInputIndex) &&
         VerifyIndices(op.outputs(), 0, tensors, kOutputIndex) &&
         VerifyCount(kTensorCount, SizeOf(op.inputs()), kMaxTensorsPerOperator) &&
         VerifyCount(kTensorCount, SizeOf(op.outputs()), kMaxTensorsPerOperator);
}

bool Verification::VerifyIndices(const flatbuffers::Vector<int32_t>* indices, int32_t lowest,
                                 uint32_t count, StaticText what) {
  const auto limit = static_cast<int32_t>(count);
  for (const int32_t index : Model::Indices(indices)) {
    if (index < lowest || index >= limit) return Invalid(what, index, limit);
  }
  return true;
}

bool Verification::VerifyIndex(StaticText what, uint32_t index, uint32_t count) {
  return index < count || Invalid(what, StatusNumber(index), static_cast<int32_t>(count));
}

bool Verification::VerifyCount(StaticText what, uint32_t count, uint32_t most) {
  if (count <= most) return true;
  return Invalid(what, static_cast<int32_t>(count), static_cast<int32_t>(most));
}

Status Verify(Span<const uint8_t> bytes, uint32_t alignment, bool with_tensors) {
  Verification verification;
  const bool is_verified = verification.VerifyAddress(bytes, alignment) &&
                           verification.VerifyStructure(bytes) &&
                           (!with_tensors || verification.VerifyTensors(bytes));
  return is_verified ? OkStatus() : verification.error();
}

}  // namespace

Status VerifyStructure(Span<const uint8_t> bytes) { return Verify(bytes, kModelAlignment, false); }

Status VerifyModel(Span<const uint8_t> bytes) { return Verify(bytes, kModelAlignment, true); }

Status VerifyModelOfWords(Span<const uint8_t> bytes) { return Verify(bytes, kWordAlignment, true); }

}  // namespace earshot
