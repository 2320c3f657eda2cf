// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/model_verifier.h"

#include <cstddef>
#include <cstring>

#include "runtime/flatbuffer_verifier.h"
#include "runtime/model.h"
#include "runtime/schema/model_format_generated.h"
#include "runtime/tensor_info.h"

namespace earshot {
namespace {

constexpr int32_t kSchemaVersion = 3;
constexpr size_t kIdentifierEnd = 8;  // Root offset and file identifier.
constexpr size_t kIdentifierBegin = 4;
// Operators hold 16-bit counts in the arena, and the memory plan 16-bit indices.
constexpr uint32_t kMaxOperators = 0xFFFE;
constexpr uint32_t kMaxTensors = 0xFFFE;
constexpr uint32_t kMaxTensorsPerOperator = 0xFF;

template <typename Vector>
uint32_t SizeOf(const Vector* vector) {
  return vector == nullptr ? 0 : vector->size();
}

uint32_t Misalignment(const void* data, size_t alignment) {
  return static_cast<uint32_t>(reinterpret_cast<uintptr_t>(data) & (alignment - 1));
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

// Looks at one thing of the file after the other; where one is wrong, keeps what and where. The
// functions say whether all is well.
class Verification {
 public:
  bool VerifyBytes(Span<const uint8_t> bytes);
  const Status& error() const { return error_; }

 private:
  bool VerifyFile(const schema::Model& model);
  bool VerifySubgraph(const schema::Model& model, const schema::SubGraph& graph);
  bool VerifyTensor(const schema::Model& model, const schema::Tensor& tensor);
  bool VerifyShape(const schema::Tensor& tensor, int32_t* bytes);
  bool VerifyQuantization(const schema::Tensor& tensor,
                          const schema::QuantizationParameters& quantization);
  bool VerifyOperator(const schema::Model& model, const schema::SubGraph& graph,
                      const schema::Operator& op);
  // `lowest` is -1 where an absent tensor is allowed, else 0.
  bool VerifyIndices(const flatbuffers::Vector<int32_t>* indices, int32_t lowest, uint32_t count,
                     const char* what);
  bool VerifyCount(const char* what, uint32_t count, uint32_t most);

  // What is looked at from now on.
  void At(StatusSubject subject, uint32_t index) {
    error_.subject = subject;
    error_.index = static_cast<int32_t>(index);
  }

  // All return false.
  bool Fail(StatusCode code, const char* what, StatusUnit unit, int32_t found, int32_t wanted);
  bool Invalid(const char* what, int32_t found, int32_t wanted) {
    return Fail(StatusCode::kInvalidModel, what, StatusUnit::kCount, found, wanted);
  }
  bool Invalid(const char* what) {
    return Fail(StatusCode::kInvalidModel, what, StatusUnit::kNone, 0, 0);
  }
  bool Unsupported(const char* what) {
    return Fail(StatusCode::kUnsupported, what, StatusUnit::kNone, 0, 0);
  }

  Status error_;
};

bool Verification::Fail(StatusCode code, const char* what, StatusUnit unit, int32_t found,
                        int32_t wanted) {
  error_.code = code;
  error_.what = what;
  error_.unit = unit;
  error_.found = found;
  error_.wanted = wanted;
  return false;
}

bool Verification::VerifyBytes(Span<const uint8_t> bytes) {
  error_.subject = StatusSubject::kModel;
  if (const uint32_t rest = Misalignment(bytes.data(), kModelAlignment); rest != 0) {
    return Fail(StatusCode::kInvalidArgument, "address: remainder to the wanted alignment",
                StatusUnit::kBytes, static_cast<int32_t>(rest), kModelAlignment);
  }
  if (bytes.size() < kIdentifierEnd) {
    return Fail(StatusCode::kInvalidModel, "size (wanted: at least)", StatusUnit::kBytes,
                static_cast<int32_t>(bytes.size()), kIdentifierEnd);
  }
  if (bytes.size() > INT32_MAX) {
    return Fail(StatusCode::kUnsupported, "size (wanted: at most)", StatusUnit::kBytes, INT32_MAX,
                INT32_MAX);
  }
  if (flatbuffers::ReadScalar<uint32_t>(bytes.data() + kIdentifierBegin) !=
      flatbuffers::ReadScalar<uint32_t>(schema::ModelIdentifier())) {
    return Invalid("the file identifier is not TFL3");
  }
  if (!VerifyFlatbuffer(bytes))
    return Invalid("the flatbuffer is damaged: an offset leads outside");
  return VerifyFile(*schema::GetModel(bytes.data()));
}

bool Verification::VerifyFile(const schema::Model& model) {
  if (model.version() != kSchemaVersion) {
    return Fail(StatusCode::kUnsupported, "schema version", StatusUnit::kCount,
                StatusNumber(model.version()), kSchemaVersion);
  }
  if (SizeOf(model.subgraphs()) == 0) return Invalid("there is no subgraph");
  for (uint32_t i = 0; i < SizeOf(model.buffers()); ++i) {
    At(StatusSubject::kBuffer, i);
    if (model.buffers()->Get(i)->offset() > 1) {
      return Unsupported("contents lie outside the flatbuffer");
    }
  }
  for (uint32_t i = 0; i < model.subgraphs()->size(); ++i) {
    At(StatusSubject::kSubgraph, i);
    const schema::SubGraph& graph = *model.subgraphs()->Get(i);
    const uint32_t tensors = SizeOf(graph.tensors());
    if (!VerifyIndices(graph.inputs(), 0, tensors, "input: tensor index (wanted: less than)") ||
        !VerifyIndices(graph.outputs(), 0, tensors, "output: tensor index (wanted: less than)") ||
        !VerifySubgraph(model, graph)) {
      return false;
    }
  }
  return true;
}

bool Verification::VerifySubgraph(const schema::Model& model, const schema::SubGraph& graph) {
  const uint32_t tensors = SizeOf(graph.tensors());
  const uint32_t operators = SizeOf(graph.operators());
  if (!VerifyCount("number of tensors (wanted: at most)", tensors, kMaxTensors) ||
      !VerifyCount("number of operators (wanted: at most)", operators, kMaxOperators)) {
    return false;
  }
  for (uint32_t i = 0; i < tensors; ++i) {
    At(StatusSubject::kTensor, i);
    if (!VerifyTensor(model, *graph.tensors()->Get(i))) return false;
  }
  for (uint32_t i = 0; i < operators; ++i) {
    At(StatusSubject::kOperator, i);
    if (!VerifyOperator(model, graph, *graph.operators()->Get(i))) return false;
  }
  return true;
}

bool Verification::VerifyTensor(const schema::Model& model, const schema::Tensor& tensor) {
  if (tensor.sparsity() != nullptr) return Unsupported("sparse contents");
  int32_t bytes = 0;
  if (!VerifyShape(tensor, &bytes)) return false;
  const auto* quantization = tensor.quantization();
  if (quantization != nullptr && !VerifyQuantization(tensor, *quantization)) return false;
  const uint32_t buffers = SizeOf(model.buffers());
  if (tensor.buffer() >= buffers) {
    return Invalid("buffer index (wanted: less than)", StatusNumber(tensor.buffer()),
                   static_cast<int32_t>(buffers));
  }
  const auto* data = model.buffers()->Get(tensor.buffer())->data();
  const size_t element_bytes = ElementBytes(tensor.type());
  if (SizeOf(data) == 0 || element_bytes == 0) return true;
  if (data->size() != static_cast<uint32_t>(bytes)) {
    return Fail(StatusCode::kInvalidModel, "contents", StatusUnit::kBytes,
                static_cast<int32_t>(data->size()), bytes);
  }
  if (Misalignment(data->data(), element_bytes < 8 ? element_bytes : 8) != 0) {
    return Invalid("contents are not aligned");
  }
  return true;
}

// `*bytes`: what the contents take.
bool Verification::VerifyShape(const schema::Tensor& tensor, int32_t* bytes) {
  int32_t count = 1;
  for (const int32_t extent : Model::Indices(tensor.shape())) {
    if (extent < 1) return Invalid("shape: extent", extent, 1);
    const int64_t product = int64_t{count} * extent;
    if (product > INT32_MAX) {
      return Invalid("shape: number of elements", INT32_MAX, INT32_MAX);
    }
    count = static_cast<int32_t>(product);
  }
  const int64_t product = count * static_cast<int64_t>(ElementBytes(tensor.type()));
  if (product > INT32_MAX) return Invalid("size in bytes", INT32_MAX, INT32_MAX);
  *bytes = static_cast<int32_t>(product);
  return true;
}

bool Verification::VerifyQuantization(const schema::Tensor& tensor,
                                      const schema::QuantizationParameters& quantization) {
  const auto* scales = quantization.scale();
  const auto* zero_points = quantization.zero_point();
  const auto scale_count = static_cast<int32_t>(SizeOf(scales));
  if (scale_count == 0) return true;
  if (static_cast<int32_t>(SizeOf(zero_points)) != scale_count) {
    return Invalid("number of zero points", static_cast<int32_t>(SizeOf(zero_points)), scale_count);
  }
  // A vector's length is aligned to 4 bytes by then, but 64-bit elements must be to 8.
  if (Misalignment(zero_points->data(), sizeof(int64_t)) != 0) {
    return Invalid("zero points are not aligned");
  }
  if (scale_count > 1) {
    const auto rank = static_cast<int32_t>(SizeOf(tensor.shape()));
    // Some converters give a bias, which has one axis only, the axis of its filter.
    const int32_t axis = rank == 1 ? 0 : quantization.quantized_dimension();
    if (axis < 0 || axis >= rank) return Invalid("quantized dimension", axis, rank - 1);
    const int32_t extent = tensor.shape()->Get(static_cast<uint32_t>(axis));
    if (scale_count != extent) return Invalid("number of scales", scale_count, extent);
  }
  const Range range = ZeroPoints(tensor.type());
  for (uint32_t i = 0; i < zero_points->size(); ++i) {
    // As bits: 0 is the one below all positive floats; negative ones and NaN are above infinity.
    constexpr uint32_t kBitsOfInfinity = 0x7F800000;
    uint32_t scale = 0;
    std::memcpy(&scale, scales->data() + i, sizeof(scale));
    if (scale - 1 >= kBitsOfInfinity - 1) return Invalid("scale is not a positive finite number");
    const int64_t zero_point = zero_points->data()[i];
    if (zero_point < range.lowest) {
      return Invalid("zero point is too low", StatusNumber(zero_point), range.lowest);
    }
    if (zero_point > range.highest) {
      return Invalid("zero point is too high", StatusNumber(zero_point), range.highest);
    }
  }
  return true;
}

bool Verification::VerifyOperator(const schema::Model& model, const schema::SubGraph& graph,
                                  const schema::Operator& op) {
  const uint32_t codes = SizeOf(model.operator_codes());
  if (op.opcode_index() >= codes) {
    return Invalid("operator code index (wanted: less than)", StatusNumber(op.opcode_index()),
                   static_cast<int32_t>(codes));
  }
  const uint32_t tensors = SizeOf(graph.tensors());
  constexpr const char* kTensorCount = "number of tensors (wanted: at most)";
  return VerifyIndices(op.inputs(), -1, tensors, "input: tensor index (wanted: less than)") &&
         VerifyIndices(op.outputs(), 0, tensors, "output: tensor index (wanted: less than)") &&
         VerifyCount(kTensorCount, SizeOf(op.inputs()), kMaxTensorsPerOperator) &&
         VerifyCount(kTensorCount, SizeOf(op.outputs()), kMaxTensorsPerOperator);
}

bool Verification::VerifyIndices(const flatbuffers::Vector<int32_t>* indices, int32_t lowest,
                                 uint32_t count, const char* what) {
  const auto limit = static_cast<int32_t>(count);
  for (const int32_t index : Model::Indices(indices)) {
    if (index < lowest || index >= limit) return Invalid(what, index, limit);
  }
  return true;
}

bool Verification::VerifyCount(const char* what, uint32_t count, uint32_t most) {
  if (count <= most) return true;
  return Invalid(what, static_cast<int32_t>(count), static_cast<int32_t>(most));
}

}  // namespace

Status VerifyModel(Span<const uint8_t> bytes) {
  Verification verification;
  return verification.VerifyBytes(bytes) ? OkStatus() : verification.error();
}

}  // namespace earshot
