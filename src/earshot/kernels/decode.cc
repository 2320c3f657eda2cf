// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/decode.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

enum HeaderByte : size_t { kKind = 0, kVersion = 1, kKindVersion = 4, kFlags = 5, kStride = 6 };

// Of bits: an int32_t counts them.
constexpr int32_t kMostCodeBytes = INT32_MAX / 8;

Verdict CheckConstant(const PrepareContext& context, const TensorInfo& tensor) {
  return tensor.is_constant() ? Verdict::Ok() : context.Unsupported("inputs: constants"_text, 0, 1);
}

Verdict CheckElementType(const PrepareContext& context, const TensorInfo& output) {
  switch (output.type) {
    case TensorType::BOOL:
    case TensorType::INT8:
    case TensorType::INT16:
    case TensorType::INT32:
    case TensorType::INT64:
    case TensorType::FLOAT32:
      return Verdict::Ok();
    default:
      return context.UnsupportedType("output: type"_text, output.type, TensorType::INT8);
  }
}

Verdict FindChannels(const PrepareContext& context, const TensorInfo& output,
                     DecodedTensor* tensor) {
  tensor->channels = 1;
  tensor->run = tensor->elements;
  const auto scales = static_cast<int32_t>(output.scales.size());
  if (scales < 2) return Verdict::Ok();
  const int32_t axis = output.rank() == 1 ? 0 : output.quantized_dimension;
  const bool is_last = axis == output.rank() - 1;
  if (!is_last && axis != 0) {
    return context.Unsupported("output: axis of scales that is neither first nor last"_text, axis,
                               0);
  }
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of scales"_text, scales, output.dim(axis)));
  tensor->channels = static_cast<uint32_t>(scales);
  tensor->run = is_last ? 1 : tensor->elements / tensor->channels;
  return Verdict::Ok();
}

Verdict ReadLookUp(const PrepareContext& context, const TensorInfo& output,
                   Span<const uint8_t> header, DecodedTensor* tensor) {
  EARSHOT_RETURN_IF_ERROR(FindChannels(context, output, tensor));
  tensor->width = header[kFlags] & 7u;
  tensor->stride = header[kStride];
  return CheckAtLeast(context, "bits of a code"_text, static_cast<int32_t>(tensor->width), 1);
}

// `header` and the table behind it.
Verdict ReadHuffman(const PrepareContext& context, const TensorInfo& output,
                    Span<const uint8_t> header, DecodedTensor* tensor) {
  tensor->entry_bytes = (header[kFlags] & 1u) != 0 ? 4 : 2;
  tensor->width = (header[kFlags] >> 4) + 1u;
  tensor->table_entries =
      (static_cast<uint32_t>(header.size()) - kDecodeHeaderBytes) / tensor->entry_bytes;
  if (output.type == TensorType::INT16 && tensor->entry_bytes == 4) return Verdict::Ok();
  return CheckType(context, "output of Huffman codes: type"_text, output, TensorType::INT8);
}

Verdict ReadPruning(PrepareContext& context, const TensorInfo& output, DecodedTensor* tensor) {
  EARSHOT_RETURN_IF_ERROR(FindChannels(context, output, tensor));
  tensor->width = 1;
  if (output.scales.empty()) return Verdict::Ok();
  if (output.type != TensorType::INT8) {
    return CheckZeroPointZero(context, "output: zero point"_text, output);
  }
  tensor->has_zero_points = 1;
  size_t channel = 0;
  for (int8_t& zero_point :
       context.AllocateArray<int8_t>(tensor->channels, &tensor->zero_points_offset)) {
    const size_t place = output.zero_points.size() == 1 ? 0 : channel++;
    zero_point = static_cast<int8_t>(output.zero_points[place].low());
  }
  return Verdict::Ok();
}

Verdict ReadKind(PrepareContext& context, const TensorInfo& output, Span<const uint8_t> header,
                 DecodedTensor* tensor) {
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "version"_text, header[kVersion], 1));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "version"_text, header[kVersion], 1));
  tensor->kind = header[kKind];
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context,
                                      "kind of code (0: look-up, 1: Huffman, 2: pruning)"_text,
                                      header[kKind], kDecodePruning));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "version of this kind of code"_text, header[kKindVersion], 1));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "version of this kind of code"_text, header[kKindVersion], 1));
  if (tensor->kind == kDecodeLookUp) return ReadLookUp(context, output, header, tensor);
  if (tensor->kind == kDecodeHuffman) return ReadHuffman(context, output, header, tensor);
  return ReadPruning(context, output, tensor);
}

Verdict PrepareTensor(PrepareContext& context, size_t i, DecodedTensor* tensor) {
  const TensorInfo codes = context.input(2 * i), table = context.input(2 * i + 1);
  const TensorInfo output = context.output(i);
  EARSHOT_RETURN_IF_ERROR(CheckConstant(context, codes));
  EARSHOT_RETURN_IF_ERROR(CheckConstant(context, table));
  EARSHOT_RETURN_IF_ERROR(CheckElementType(context, output));
  const auto code_bytes = static_cast<uint32_t>(codes.data.size());
  const auto table_bytes = static_cast<uint32_t>(table.data.size());
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "codes: bytes"_text, static_cast<int32_t>(code_bytes), kMostCodeBytes));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "table: bytes (wanted: at least)"_text,
                                       static_cast<int32_t>(table_bytes), kDecodeHeaderBytes));
  *tensor = {};
  tensor->code_bits = 8 * code_bytes;
  tensor->elements = static_cast<uint32_t>(output.count());
  tensor->element_bytes = static_cast<uint32_t>(ElementBytes(output.type));
  tensor->table_entries = (table_bytes - kDecodeHeaderBytes) / tensor->element_bytes;
  EARSHOT_RETURN_IF_ERROR(ReadKind(context, output, table.data, tensor));
  const uint32_t decoded = DecodeElements(*tensor, codes.data.data(),
                                          table.data.data() + kDecodeHeaderBytes, nullptr, nullptr);
  return CheckEqual(
      context,
      "codes: elements in front of one that leads outside of its table, or is not all there"_text,
      static_cast<int32_t>(decoded), static_cast<int32_t>(tensor->elements));
}

// Bits of a stream, each byte's highest first; behind its end there are zeros.
class BitReader {
 public:
  BitReader(const uint8_t* bytes, uint32_t bits) : bytes_(bytes), bits_(bits) {}

  bool IsBehindEnd() const { return at_ > bits_; }
  void GoBack(uint32_t count) { at_ -= count; }

  // The next `count`, of at most 16, as a number.
  uint32_t Take(uint32_t count) {
    uint32_t number = 0;
    for (uint32_t left = count; left > 0;) {
      const uint32_t in_byte = 8 - at_ % 8;
      const uint32_t now = left < in_byte ? left : in_byte;
      const uint32_t byte = at_ < bits_ ? bytes_[at_ / 8] : 0u;
      number = number << now | ((byte >> (in_byte - now)) & ((1u << now) - 1));
      at_ += now;
      left -= now;
    }
    return number;
  }

 private:
  const uint8_t* bytes_;
  uint32_t bits_;
  uint32_t at_ = 0;
};

void CopyElement(const uint8_t* from, uint32_t bytes, uint8_t* to) {
  for (uint32_t i = 0; i < bytes; ++i) to[i] = from[i];
}

// The table's entry, the lowest byte first in it.
uint32_t EntryOf(const DecodedTensor& tensor, const uint8_t* table, uint32_t place) {
  uint32_t entry = 0;
  for (uint32_t i = tensor.entry_bytes; i > 0; --i) {
    entry = entry << 8 | table[place * tensor.entry_bytes + i - 1];
  }
  return entry;
}

// The entry of the next value; false: it is not there.
bool FollowCode(const DecodedTensor& tensor, const uint8_t* table, BitReader* bits,
                uint32_t* entry) {
  const uint32_t highest = 8 * tensor.entry_bytes - 1, numbers = highest - 4;
  uint32_t width = tensor.width, place = 0;
  for (;;) {
    if (bits->IsBehindEnd()) return false;
    place += bits->Take(width);
    if (place >= tensor.table_entries) return false;
    *entry = EntryOf(tensor, table, place);
    const uint32_t number = (*entry >> numbers) & 15u;
    if ((*entry >> highest & 1u) != 0) {
      if (number < width) bits->GoBack(width - number);
      return !bits->IsBehindEnd();
    }
    width = number + 1;
    place += *entry & ((1u << numbers) - 1);
  }
}

}  // namespace

// The loops are here and not with the reference's, since prepare goes through them, too.
uint32_t DecodeElements(const DecodedTensor& tensor, const uint8_t* codes, const uint8_t* table,
                        const int8_t* zero_points, uint8_t* output) {
  BitReader bits(codes, tensor.code_bits);
  uint32_t in_run = 0, channel = 0, next = 0;
  for (uint32_t i = 0; i < tensor.elements; ++i) {
    uint8_t number[sizeof(uint64_t)] = {};  // Of the largest type.
    const uint8_t* element = number;
    uint32_t place = 0;
    if (tensor.kind == kDecodeHuffman) {
      uint32_t entry = 0;
      if (!FollowCode(tensor, table, &bits, &entry)) return i;
      number[0] = static_cast<uint8_t>(entry);
      number[1] = static_cast<uint8_t>(entry >> 8);
    } else {
      const uint32_t code = bits.Take(tensor.width);
      const bool is_of_table = tensor.kind == kDecodeLookUp || code != 0;
      place = tensor.kind == kDecodeLookUp ? channel * tensor.stride + code : next;
      if (bits.IsBehindEnd() || (is_of_table && place >= tensor.table_entries)) return i;
      if (is_of_table) {
        element = table + place * tensor.element_bytes;
        ++next;
      } else if (zero_points != nullptr) {
        number[0] = static_cast<uint8_t>(zero_points[channel]);
      }
      if (++in_run == tensor.run) {
        in_run = 0;
        channel = channel + 1 == tensor.channels ? 0 : channel + 1;
      }
    }
    if (output != nullptr) {
      CopyElement(element, tensor.element_bytes, output + i * tensor.element_bytes);
    }
  }
  return tensor.elements;
}

Verdict PrepareDecode(PrepareContext& context) {
  const size_t count = context.output_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2 * count, 2 * count, count));
  Decode decode = {0, static_cast<uint32_t>(count)};
  const Span<DecodedTensor> kept =
      context.AllocateArray<DecodedTensor>(count, &decode.tensors_offset);
  for (size_t i = 0; i < count; ++i) {
    DecodedTensor tensor;
    EARSHOT_RETURN_IF_ERROR(PrepareTensor(context, i, &tensor));
    if (!kept.empty()) kept[i] = tensor;
  }
  context.SetData(decode);
  return Verdict::Ok();
}

}  // namespace earshot
