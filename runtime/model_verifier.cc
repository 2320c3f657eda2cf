// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model_verifier.h"

#include <cstddef>

#include "runtime/model.h"
#include "runtime/schema/model_format_generated.h"
#include "runtime/tensor_info.h"

namespace earshot {
namespace {

constexpr int32_t kSchemaVersion = 3;
constexpr size_t kIdentifierEnd = 8;  // Root offset and file identifier.
// A table's depth below the root in a valid file is at most model/subgraph/operator/options.
constexpr uint32_t kMaxDepth = 16;
// Operators hold 16-bit counts in the arena, and the memory plan 16-bit indices.
constexpr uint32_t kMaxOperators = 0xFFFE;
constexpr uint32_t kMaxTensors = 0xFFFE;
constexpr uint32_t kMaxTensorsPerOperator = 0xFF;

StatusPlace At(StatusSubject subject, size_t index) {
  return {subject, static_cast<int64_t>(index)};
}

Status Invalid(StatusPlace place, const char* what, int64_t found, int64_t wanted) {
  return MakeError(StatusCode::kInvalidModel, place, what, StatusUnit::kCount, found, wanted);
}

Status Missing(StatusPlace place, const char* what) {
  return MakeError(StatusCode::kInvalidModel, place, what, StatusUnit::kNone, 0, 0);
}

template <typename Vector>
size_t SizeOf(const Vector* vector) {
  return vector == nullptr ? 0 : vector->size();
}

template <typename T>
bool IsAligned(const T* data, size_t alignment) {
  return reinterpret_cast<uintptr_t>(data) % alignment == 0;
}

// Bytes that a tensor's contents take, or -1 when the shape is damaged; `*status` then says why.
int64_t ShapeBytes(const schema::Tensor& tensor, StatusPlace place, Status* status) {
  int64_t count = 1;
  for (size_t axis = 0; axis < SizeOf(tensor.shape()); ++axis) {
    const int32_t extent = tensor.shape()->Get(static_cast<flatbuffers::uoffset_t>(axis));
    if (extent < 1) {
      *status = Invalid(place, "shape: extent", extent, 1);
      return -1;
    }
    count *= extent;
    // At most 2^31 elements of at most 16 bytes: no overflow on the way.
    if (count > INT32_MAX) {
      *status = Invalid(place, "shape: number of elements", count, INT32_MAX);
      return -1;
    }
  }
  const int64_t bytes = count * static_cast<int64_t>(ElementBytes(tensor.type()));
  if (bytes > INT32_MAX) {
    *status = Invalid(place, "size in bytes", bytes, INT32_MAX);
    return -1;
  }
  return bytes;
}

Status VerifyZeroPoint(StatusPlace place, TensorType type, int64_t zero_point) {
  int64_t lowest = INT32_MIN;
  int64_t highest = INT32_MAX;
  if (type == TensorType::INT8) lowest = INT8_MIN, highest = INT8_MAX;
  if (type == TensorType::UINT8) lowest = 0, highest = UINT8_MAX;
  if (type == TensorType::INT16) lowest = INT16_MIN, highest = INT16_MAX;
  if (zero_point < lowest) return Invalid(place, "zero point is too low", zero_point, lowest);
  if (zero_point > highest) return Invalid(place, "zero point is too high", zero_point, highest);
  return OkStatus();
}

Status VerifyQuantization(const schema::Tensor& tensor, StatusPlace place) {
  const auto* quantization = tensor.quantization();
  if (quantization == nullptr) return OkStatus();
  const auto* scales = quantization->scale();
  const auto* zero_points = quantization->zero_point();
  const size_t scale_count = SizeOf(scales);
  if (scale_count == 0) return OkStatus();
  if (SizeOf(zero_points) != scale_count) {
    return Invalid(place, "number of zero points", static_cast<int64_t>(SizeOf(zero_points)),
                   static_cast<int64_t>(scale_count));
  }
  // A vector's length is aligned to 4 bytes by then, but 64-bit elements must be to 8.
  if (!IsAligned(zero_points->data(), sizeof(int64_t))) {
    return Missing(place, "zero points are not aligned");
  }
  if (scale_count > 1) {
    const auto rank = static_cast<int32_t>(SizeOf(tensor.shape()));
    // Some converters give a bias, which has one axis only, the axis of its filter.
    const int32_t axis = rank == 1 ? 0 : quantization->quantized_dimension();
    if (axis < 0 || axis >= rank) return Invalid(place, "quantized dimension", axis, rank - 1);
    const int32_t extent = tensor.shape()->Get(static_cast<flatbuffers::uoffset_t>(axis));
    if (static_cast<int64_t>(scale_count) != extent) {
      return Invalid(place, "number of scales", static_cast<int64_t>(scale_count), extent);
    }
  }
  for (const float scale : *scales) {
    // Written so that NaN fails as well; the upper bound excludes infinity.
    if (!(scale > 0.0f && scale < 3.0e38f)) {
      return Missing(place, "scale is not a positive finite number");
    }
  }
  for (const int64_t zero_point : *zero_points) {
    EARSHOT_RETURN_IF_ERROR(VerifyZeroPoint(place, tensor.type(), zero_point));
  }
  return OkStatus();
}

Status VerifyBuffers(const schema::Model& model) {
  for (size_t i = 0; i < SizeOf(model.buffers()); ++i) {
    const schema::Buffer& buffer = *model.buffers()->Get(static_cast<flatbuffers::uoffset_t>(i));
    if (buffer.offset() > 1) {
      return MakeError(StatusCode::kUnsupported, At(StatusSubject::kBuffer, i),
                       "contents lie outside the flatbuffer");
    }
  }
  return OkStatus();
}

Status VerifyTensor(const schema::Model& model, const schema::Tensor& tensor, StatusPlace place) {
  if (tensor.sparsity() != nullptr) {
    return MakeError(StatusCode::kUnsupported, place, "sparse contents");
  }
  Status status;
  const int64_t bytes = ShapeBytes(tensor, place, &status);
  if (bytes < 0) return status;
  EARSHOT_RETURN_IF_ERROR(VerifyQuantization(tensor, place));
  if (tensor.buffer() >= SizeOf(model.buffers())) {
    return Invalid(place, "buffer index (wanted: less than)", tensor.buffer(),
                   static_cast<int64_t>(SizeOf(model.buffers())));
  }
  const auto* data = model.buffers()->Get(tensor.buffer())->data();
  const size_t element_bytes = ElementBytes(tensor.type());
  if (SizeOf(data) == 0 || element_bytes == 0) return OkStatus();
  if (static_cast<int64_t>(data->size()) != bytes) {
    return MakeError(StatusCode::kInvalidModel, place, "contents", StatusUnit::kBytes, data->size(),
                     bytes);
  }
  if (!IsAligned(data->data(), element_bytes < 8 ? element_bytes : 8)) {
    return Missing(place, "contents are not aligned");
  }
  return OkStatus();
}

// `lowest` is -1 where an absent tensor is allowed, else 0.
Status VerifyIndices(const flatbuffers::Vector<int32_t>* indices, int32_t lowest, size_t count,
                     StatusPlace place, const char* what) {
  for (const int32_t index : Model::Indices(indices)) {
    if (index < lowest || index >= static_cast<int64_t>(count)) {
      return Invalid(place, what, index, static_cast<int64_t>(count));
    }
  }
  return OkStatus();
}

Status VerifyOperator(const schema::Model& model, const schema::SubGraph& graph,
                      const schema::Operator& op, StatusPlace place) {
  if (op.opcode_index() >= SizeOf(model.operator_codes())) {
    return Invalid(place, "operator code index (wanted: less than)", op.opcode_index(),
                   static_cast<int64_t>(SizeOf(model.operator_codes())));
  }
  const size_t tensors = SizeOf(graph.tensors());
  EARSHOT_RETURN_IF_ERROR(
      VerifyIndices(op.inputs(), -1, tensors, place, "input: tensor index (wanted: less than)"));
  EARSHOT_RETURN_IF_ERROR(
      VerifyIndices(op.outputs(), 0, tensors, place, "output: tensor index (wanted: less than)"));
  for (const size_t count : {SizeOf(op.inputs()), SizeOf(op.outputs())}) {
    if (count > kMaxTensorsPerOperator) {
      return Invalid(place, "number of tensors (wanted: at most)", static_cast<int64_t>(count),
                     kMaxTensorsPerOperator);
    }
  }
  return OkStatus();
}

Status VerifySubgraph(const schema::Model& model, size_t graph_index) {
  const StatusPlace place = At(StatusSubject::kSubgraph, graph_index);
  const auto& graph = *model.subgraphs()->Get(static_cast<flatbuffers::uoffset_t>(graph_index));
  const size_t tensors = SizeOf(graph.tensors());
  if (tensors > kMaxTensors) {
    return Invalid(place, "number of tensors (wanted: at most)", static_cast<int64_t>(tensors),
                   kMaxTensors);
  }
  if (SizeOf(graph.operators()) > kMaxOperators) {
    return Invalid(place, "number of operators (wanted: at most)",
                   static_cast<int64_t>(SizeOf(graph.operators())), kMaxOperators);
  }
  for (size_t i = 0; i < tensors; ++i) {
    const auto& tensor = *graph.tensors()->Get(static_cast<flatbuffers::uoffset_t>(i));
    EARSHOT_RETURN_IF_ERROR(VerifyTensor(model, tensor, At(StatusSubject::kTensor, i)));
  }
  EARSHOT_RETURN_IF_ERROR(
      VerifyIndices(graph.inputs(), 0, tensors, place, "input: tensor index (wanted: less than)"));
  EARSHOT_RETURN_IF_ERROR(VerifyIndices(graph.outputs(), 0, tensors, place,
                                        "output: tensor index (wanted: less than)"));
  for (size_t i = 0; i < SizeOf(graph.operators()); ++i) {
    const auto& op = *graph.operators()->Get(static_cast<flatbuffers::uoffset_t>(i));
    EARSHOT_RETURN_IF_ERROR(VerifyOperator(model, graph, op, At(StatusSubject::kOperator, i)));
  }
  return OkStatus();
}

}  // namespace

Status VerifyModel(Span<const uint8_t> bytes) {
  const StatusPlace place{StatusSubject::kModel};
  if (!IsAligned(bytes.data(), kModelAlignment)) {
    return MakeError(
        StatusCode::kInvalidArgument, place, "address: remainder to the wanted alignment",
        StatusUnit::kBytes,
        static_cast<int64_t>(reinterpret_cast<uintptr_t>(bytes.data()) % kModelAlignment),
        kModelAlignment);
  }
  if (bytes.size() < kIdentifierEnd) {
    return MakeError(StatusCode::kInvalidModel, place, "size (wanted: at least)",
                     StatusUnit::kBytes, static_cast<int64_t>(bytes.size()), kIdentifierEnd);
  }
  if (bytes.size() > INT32_MAX) {
    return MakeError(StatusCode::kUnsupported, place, "size (wanted: at most)", StatusUnit::kBytes,
                     static_cast<int64_t>(bytes.size()), INT32_MAX);
  }
  if (!schema::ModelBufferHasIdentifier(bytes.data())) {
    return Missing(place, "the file identifier is not TFL3");
  }
  flatbuffers::Verifier verifier(bytes.data(), bytes.size(), kMaxDepth);
  if (!schema::VerifyModelBuffer(verifier)) {
    return Missing(place, "the flatbuffer is damaged: an offset leads outside");
  }
  const schema::Model& model = *schema::GetModel(bytes.data());
  if (model.version() != kSchemaVersion) {
    return MakeError(StatusCode::kUnsupported, place, "schema version", StatusUnit::kCount,
                     model.version(), kSchemaVersion);
  }
  if (SizeOf(model.subgraphs()) == 0) return Missing(place, "there is no subgraph");
  EARSHOT_RETURN_IF_ERROR(VerifyBuffers(model));
  for (size_t i = 0; i < model.subgraphs()->size(); ++i) {
    EARSHOT_RETURN_IF_ERROR(VerifySubgraph(model, i));
  }
  return OkStatus();
}

}  // namespace earshot
