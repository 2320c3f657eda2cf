// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "runtime/flatbuffer_verifier.h"

#include "runtime/schema/model_format_generated.h"

namespace earshot {
namespace {

// A table of the schema. Options of operators have the numbers that the format gives them; those of
// the others are above all of these.
constexpr uint8_t kFirstOwnTable = 0xF0;
enum Table : uint8_t {
  kConv2DOptions = static_cast<uint8_t>(schema::BuiltinOptions::Conv2DOptions),
  kDepthwiseConv2DOptions = static_cast<uint8_t>(schema::BuiltinOptions::DepthwiseConv2DOptions),
  kPool2DOptions = static_cast<uint8_t>(schema::BuiltinOptions::Pool2DOptions),
  kFullyConnectedOptions = static_cast<uint8_t>(schema::BuiltinOptions::FullyConnectedOptions),
  kSoftmaxOptions = static_cast<uint8_t>(schema::BuiltinOptions::SoftmaxOptions),
  kConcatenationOptions = static_cast<uint8_t>(schema::BuiltinOptions::ConcatenationOptions),
  kAddOptions = static_cast<uint8_t>(schema::BuiltinOptions::AddOptions),
  kMulOptions = static_cast<uint8_t>(schema::BuiltinOptions::MulOptions),
  kReshapeOptions = static_cast<uint8_t>(schema::BuiltinOptions::ReshapeOptions),
  kReducerOptions = static_cast<uint8_t>(schema::BuiltinOptions::ReducerOptions),
  kStridedSliceOptions = static_cast<uint8_t>(schema::BuiltinOptions::StridedSliceOptions),
  kCallOnceOptions = static_cast<uint8_t>(schema::BuiltinOptions::CallOnceOptions),
  kVarHandleOptions = static_cast<uint8_t>(schema::BuiltinOptions::VarHandleOptions),
  kModel = kFirstOwnTable,
  kOperatorCode,
  kSubGraph,
  kTensor,
  kQuantization,
  kOperator,
  kBuffer,
  kIgnored,
};

enum Kind : uint8_t {
  kScalar,   // `argument`: bytes.
  kVector,   // Of scalars. `argument`: bytes of one.
  kString,   // A vector of bytes with a zero behind its end.
  kTable,    // `argument`: which.
  kTables,   // A vector of them. `argument`: which.
  kOptions,  // The table that another field tells. `argument`: the place of that one in the vtable.
};

struct Field {
  uint8_t table;
  uint8_t place;  // In the vtable, in bytes.
  Kind kind;
  uint8_t argument;
};

// All that model_format.fbs has, except for what it calls deprecated. Four bytes each.
constexpr Field kFields[] = {
    {kModel, schema::Model::VT_VERSION, kScalar, 4},
    {kModel, schema::Model::VT_OPERATOR_CODES, kTables, kOperatorCode},
    {kModel, schema::Model::VT_SUBGRAPHS, kTables, kSubGraph},
    {kModel, schema::Model::VT_DESCRIPTION, kString, 1},
    {kModel, schema::Model::VT_BUFFERS, kTables, kBuffer},

    {kOperatorCode, schema::OperatorCode::VT_DEPRECATED_BUILTIN_CODE, kScalar, 1},
    {kOperatorCode, schema::OperatorCode::VT_CUSTOM_CODE, kString, 1},
    {kOperatorCode, schema::OperatorCode::VT_VERSION, kScalar, 4},
    {kOperatorCode, schema::OperatorCode::VT_BUILTIN_CODE, kScalar, 4},

    {kSubGraph, schema::SubGraph::VT_TENSORS, kTables, kTensor},
    {kSubGraph, schema::SubGraph::VT_INPUTS, kVector, 4},
    {kSubGraph, schema::SubGraph::VT_OUTPUTS, kVector, 4},
    {kSubGraph, schema::SubGraph::VT_OPERATORS, kTables, kOperator},
    {kSubGraph, schema::SubGraph::VT_NAME, kString, 1},

    {kTensor, schema::Tensor::VT_SHAPE, kVector, 4},
    {kTensor, schema::Tensor::VT_TYPE, kScalar, 1},
    {kTensor, schema::Tensor::VT_BUFFER, kScalar, 4},
    {kTensor, schema::Tensor::VT_NAME, kString, 1},
    {kTensor, schema::Tensor::VT_QUANTIZATION, kTable, kQuantization},
    {kTensor, schema::Tensor::VT_IS_VARIABLE, kScalar, 1},
    {kTensor, schema::Tensor::VT_SPARSITY, kTable, kIgnored},

    {kQuantization, schema::QuantizationParameters::VT_SCALE, kVector, 4},
    {kQuantization, schema::QuantizationParameters::VT_ZERO_POINT, kVector, 8},
    {kQuantization, schema::QuantizationParameters::VT_QUANTIZED_DIMENSION, kScalar, 4},

    {kOperator, schema::Operator::VT_OPCODE_INDEX, kScalar, 4},
    {kOperator, schema::Operator::VT_INPUTS, kVector, 4},
    {kOperator, schema::Operator::VT_OUTPUTS, kVector, 4},
    {kOperator, schema::Operator::VT_BUILTIN_OPTIONS_TYPE, kScalar, 1},
    {kOperator, schema::Operator::VT_BUILTIN_OPTIONS, kOptions,
     schema::Operator::VT_BUILTIN_OPTIONS_TYPE},

    {kBuffer, schema::Buffer::VT_DATA, kVector, 1},
    {kBuffer, schema::Buffer::VT_OFFSET, kScalar, 8},
    {kBuffer, schema::Buffer::VT_SIZE, kScalar, 8},

    {kConv2DOptions, schema::Conv2DOptions::VT_PADDING, kScalar, 1},
    {kConv2DOptions, schema::Conv2DOptions::VT_STRIDE_W, kScalar, 4},
    {kConv2DOptions, schema::Conv2DOptions::VT_STRIDE_H, kScalar, 4},
    {kConv2DOptions, schema::Conv2DOptions::VT_FUSED_ACTIVATION_FUNCTION, kScalar, 1},
    {kConv2DOptions, schema::Conv2DOptions::VT_DILATION_W_FACTOR, kScalar, 4},
    {kConv2DOptions, schema::Conv2DOptions::VT_DILATION_H_FACTOR, kScalar, 4},

    {kDepthwiseConv2DOptions, schema::DepthwiseConv2DOptions::VT_PADDING, kScalar, 1},
    {kDepthwiseConv2DOptions, schema::DepthwiseConv2DOptions::VT_STRIDE_W, kScalar, 4},
    {kDepthwiseConv2DOptions, schema::DepthwiseConv2DOptions::VT_STRIDE_H, kScalar, 4},
    {kDepthwiseConv2DOptions, schema::DepthwiseConv2DOptions::VT_DEPTH_MULTIPLIER, kScalar, 4},
    {kDepthwiseConv2DOptions, schema::DepthwiseConv2DOptions::VT_FUSED_ACTIVATION_FUNCTION, kScalar,
     1},
    {kDepthwiseConv2DOptions, schema::DepthwiseConv2DOptions::VT_DILATION_W_FACTOR, kScalar, 4},
    {kDepthwiseConv2DOptions, schema::DepthwiseConv2DOptions::VT_DILATION_H_FACTOR, kScalar, 4},

    {kPool2DOptions, schema::Pool2DOptions::VT_PADDING, kScalar, 1},
    {kPool2DOptions, schema::Pool2DOptions::VT_STRIDE_W, kScalar, 4},
    {kPool2DOptions, schema::Pool2DOptions::VT_STRIDE_H, kScalar, 4},
    {kPool2DOptions, schema::Pool2DOptions::VT_FILTER_WIDTH, kScalar, 4},
    {kPool2DOptions, schema::Pool2DOptions::VT_FILTER_HEIGHT, kScalar, 4},
    {kPool2DOptions, schema::Pool2DOptions::VT_FUSED_ACTIVATION_FUNCTION, kScalar, 1},

    {kFullyConnectedOptions, schema::FullyConnectedOptions::VT_FUSED_ACTIVATION_FUNCTION, kScalar,
     1},
    {kFullyConnectedOptions, schema::FullyConnectedOptions::VT_WEIGHTS_FORMAT, kScalar, 1},
    {kFullyConnectedOptions, schema::FullyConnectedOptions::VT_KEEP_NUM_DIMS, kScalar, 1},

    {kSoftmaxOptions, schema::SoftmaxOptions::VT_BETA, kScalar, 4},

    {kConcatenationOptions, schema::ConcatenationOptions::VT_AXIS, kScalar, 4},
    {kConcatenationOptions, schema::ConcatenationOptions::VT_FUSED_ACTIVATION_FUNCTION, kScalar, 1},

    {kAddOptions, schema::AddOptions::VT_FUSED_ACTIVATION_FUNCTION, kScalar, 1},

    {kMulOptions, schema::MulOptions::VT_FUSED_ACTIVATION_FUNCTION, kScalar, 1},

    {kReshapeOptions, schema::ReshapeOptions::VT_NEW_SHAPE, kVector, 4},

    {kReducerOptions, schema::ReducerOptions::VT_KEEP_DIMS, kScalar, 1},

    {kStridedSliceOptions, schema::StridedSliceOptions::VT_BEGIN_MASK, kScalar, 4},
    {kStridedSliceOptions, schema::StridedSliceOptions::VT_END_MASK, kScalar, 4},
    {kStridedSliceOptions, schema::StridedSliceOptions::VT_ELLIPSIS_MASK, kScalar, 4},
    {kStridedSliceOptions, schema::StridedSliceOptions::VT_NEW_AXIS_MASK, kScalar, 4},
    {kStridedSliceOptions, schema::StridedSliceOptions::VT_SHRINK_AXIS_MASK, kScalar, 4},
    {kStridedSliceOptions, schema::StridedSliceOptions::VT_OFFSET, kScalar, 1},

    {kCallOnceOptions, schema::CallOnceOptions::VT_INIT_SUBGRAPH_INDEX, kScalar, 4},

    {kVarHandleOptions, schema::VarHandleOptions::VT_CONTAINER, kString, 1},
    {kVarHandleOptions, schema::VarHandleOptions::VT_SHARED_NAME, kString, 1},
};

// 64-bit numbers are read in two halves: schema::Int64.
constexpr uint32_t kMostAligned = 4;

// Of tables that are walked, so that a small file with many offsets to the same one ends as well.
constexpr uint32_t kMaxTables = 1000000;

class Walk {
 public:
  explicit Walk(Span<const uint8_t> bytes)
      : bytes_(bytes.data()), size_(static_cast<uint32_t>(bytes.size())) {}

  // A table and all that it leads to.
  bool VerifyTable(uint32_t position, uint8_t table);

  // Where the 32-bit offset at `position` leads, which is inside; else 0, where no table is.
  uint32_t Follow(uint32_t position) const {
    if (!Contains(position, 4, 4)) return 0;
    const uint32_t offset = Word(position);
    const uint32_t target = position + offset;
    return offset <= INT32_MAX && target < size_ ? target : 0;
  }

 private:
  // `bytes` at a position that is a multiple of `alignment`, a power of two.
  bool Contains(uint32_t position, uint32_t bytes, uint32_t alignment) const {
    return (position & (alignment - 1)) == 0 && bytes < size_ && position <= size_ - bytes;
  }

  uint32_t Word(uint32_t position) const {
    return flatbuffers::ReadScalar<uint32_t>(bytes_ + position);
  }
  uint32_t HalfWord(uint32_t position) const {
    return flatbuffers::ReadScalar<uint16_t>(bytes_ + position);
  }

  bool VerifyField(uint32_t vtable, uint32_t position, const Field& field);
  bool VerifyVector(uint32_t position, uint32_t element_bytes);
  bool VerifyTables(uint32_t position, uint8_t table);

  // Where a table has one of its fields, counted from the table's begin; 0: nowhere.
  uint32_t OffsetOf(uint32_t vtable, uint8_t place) const {
    return place < HalfWord(vtable) ? HalfWord(vtable + place) : 0;
  }

  const uint8_t* bytes_;
  uint32_t size_;
  uint32_t tables_ = 0;
};

// A table begins with the distance back to its vtable: 16-bit numbers that say the size of the
// vtable, that of the table, and where in the table each field is.
bool Walk::VerifyTable(uint32_t position, uint8_t table) {
  if (++tables_ > kMaxTables || !Contains(position, 4, 4)) return false;
  const uint32_t vtable = position - Word(position);
  if (!Contains(vtable, 2, 2)) return false;
  const uint32_t vtable_bytes = HalfWord(vtable);
  if (!Contains(vtable, vtable_bytes, 2) || vtable_bytes % 2 != 0) return false;
  for (const Field& field : kFields) {
    if (field.table == table && !VerifyField(vtable, position, field)) return false;
  }
  return true;
}

bool Walk::VerifyField(uint32_t vtable, uint32_t position, const Field& field) {
  const uint32_t offset = OffsetOf(vtable, field.place);
  if (offset == 0) return true;
  const uint32_t place = position + offset;
  if (field.kind == kScalar) {
    const uint32_t alignment = field.argument < kMostAligned ? field.argument : kMostAligned;
    return Contains(place, field.argument, alignment);
  }
  const uint32_t target = Follow(place);
  if (target == 0 || target == place) return false;
  switch (field.kind) {
    case kVector:
      return VerifyVector(target, field.argument);
    case kString:
      return VerifyVector(target, 1) && Contains(target + 4 + Word(target), 1, 1) &&
             bytes_[target + 4 + Word(target)] == 0;
    case kTables:
      return VerifyTables(target, field.argument);
    case kOptions: {
      // The field that tells the type stands before this one in kFields, so it is verified.
      const uint32_t type_offset = OffsetOf(vtable, field.argument);
      const uint8_t type = type_offset == 0 ? 0 : bytes_[position + type_offset];
      return VerifyTable(target, type < kFirstOwnTable ? type : uint8_t{kIgnored});
    }
    default:
      return VerifyTable(target, field.argument);
  }
}

bool Walk::VerifyVector(uint32_t position, uint32_t element_bytes) {
  if (!Contains(position, 4, 4)) return false;
  const uint32_t count = Word(position);
  return count < INT32_MAX / element_bytes && Contains(position, 4 + count * element_bytes, 1);
}

bool Walk::VerifyTables(uint32_t position, uint8_t table) {
  if (!VerifyVector(position, 4)) return false;
  for (uint32_t left = Word(position); left != 0; --left) {
    position += 4;
    const uint32_t target = Follow(position);
    if (target == 0 || !VerifyTable(target, table)) return false;
  }
  return true;
}

}  // namespace

bool VerifyFlatbuffer(Span<const uint8_t> bytes) {
  Walk walk(bytes);
  const uint32_t root = walk.Follow(0);
  return root != 0 && walk.VerifyTable(root, kModel);
}

}  // namespace earshot
