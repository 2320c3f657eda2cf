// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Models of one TFLM_DECODE, and the codes in them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"

namespace earshot::test {

using Bits = std::string;  // Of '0' and '1'.

inline Bits BitsOf(uint32_t number, uint32_t width) {
  Bits bits;
  for (uint32_t i = width; i > 0; --i) bits += (number >> (i - 1) & 1u) != 0 ? '1' : '0';
  return bits;
}

// The last byte is filled with zeros.
inline std::vector<uint8_t> Packed(const Bits& bits) {
  std::vector<uint8_t> bytes((bits.size() + 7) / 8);
  for (size_t i = 0; i < bits.size(); ++i) {
    if (bits[i] == '1') bytes[i / 8] = static_cast<uint8_t>(bytes[i / 8] | 0x80u >> i % 8);
  }
  return bytes;
}

// A tensor, how it is stored, and what has to come of it.
struct Encoded {
  TensorSpec output;
  Bits codes;
  std::vector<uint8_t> header;
  std::vector<uint8_t> table;
  std::vector<uint8_t> wanted;

  TensorSpec Codes() const {
    const std::vector<uint8_t> bytes = Packed(codes);
    return {{static_cast<int32_t>(bytes.size())}, TensorType::UINT8, {}, {}, bytes};
  }
  TensorSpec Table() const {
    std::vector<uint8_t> bytes = header;
    bytes.insert(bytes.end(), table.begin(), table.end());
    return {{static_cast<int32_t>(bytes.size())}, TensorType::UINT8, {}, {}, bytes};
  }
};

inline std::vector<uint8_t> DecodeHeader(uint8_t kind, uint8_t flags, uint8_t stride = 0) {
  return {kind, 1, 0, 0, 1, flags, stride, 0, 0, 0, 0, 0, 0, 0, 0, 0};
}

// Which scale each element belongs to.
inline std::vector<size_t> ChannelsOf(const TensorSpec& tensor) {
  size_t count = 1, inner = 1;
  for (const int32_t extent : tensor.shape) count *= static_cast<size_t>(extent);
  std::vector<size_t> channels(count, 0);
  if (tensor.scales.size() < 2) return channels;
  const auto axis = static_cast<size_t>(tensor.quantized_dimension);
  for (size_t i = axis + 1; i < tensor.shape.size(); ++i) {
    inner *= static_cast<size_t>(tensor.shape[i]);
  }
  for (size_t i = 0; i < count; ++i) channels[i] = i / inner % tensor.scales.size();
  return channels;
}

inline void AppendElement(const std::vector<uint8_t>& from, size_t place, size_t bytes,
                          std::vector<uint8_t>* to) {
  const auto begin = from.begin() + static_cast<std::ptrdiff_t>(place * bytes);
  to->insert(to->end(), begin, begin + static_cast<std::ptrdiff_t>(bytes));
}

inline std::vector<uint8_t> AnyElements(Random& random, TensorType type, size_t count) {
  std::vector<uint8_t> bytes = BytesOf(random.Int8(count * ElementBytes(type)));
  if (type == TensorType::BOOL) {
    for (uint8_t& byte : bytes) byte &= 1u;
  }
  return bytes;
}

// Look-up: each channel has a table of `stride` elements, but for the last, which may have less.
inline Encoded MakeLookUp(Random& random, TensorSpec output, uint32_t width) {
  const size_t bytes = ElementBytes(output.type);
  const std::vector<size_t> channels = ChannelsOf(output);
  const auto stride = static_cast<size_t>(random.Between(1, 1 << width));
  Encoded made;
  made.header = DecodeHeader(0, static_cast<uint8_t>(width), static_cast<uint8_t>(stride));
  made.table = AnyElements(random, output.type,
                           stride * (1 + *std::max_element(channels.begin(), channels.end())));
  for (const size_t channel : channels) {
    const int32_t code = random.Between(0, static_cast<int32_t>(stride) - 1);
    made.codes += BitsOf(static_cast<uint32_t>(code), width);
    AppendElement(made.table, channel * stride + static_cast<size_t>(code), bytes, &made.wanted);
  }
  made.output = std::move(output);
  return made;
}

inline Encoded MakePruned(Random& random, TensorSpec output) {
  const size_t bytes = ElementBytes(output.type);
  Encoded made;
  made.header = DecodeHeader(2, 0);
  for (const size_t channel : ChannelsOf(output)) {
    const bool is_there = random.Between(0, 2) == 0;
    made.codes += is_there ? '1' : '0';
    std::vector<uint8_t> element(bytes, 0);
    if (is_there) {
      element = AnyElements(random, output.type, 1);
      made.table.insert(made.table.end(), element.begin(), element.end());
    } else if (!output.zero_points.empty()) {
      element[0] = static_cast<uint8_t>(output.zero_points[channel]);
    }
    made.wanted.insert(made.wanted.end(), element.begin(), element.end());
  }
  made.output = std::move(output);
  return made;
}

// A Huffman code: which bits stand for which number. No code begins with another.
struct PrefixCode {
  std::vector<Bits> codes;
  std::vector<uint32_t> numbers;  // What is kept of a value in a table.
};

inline PrefixCode MakePrefixCode(Random& random, size_t count, size_t longest,
                                 uint32_t number_bits) {
  PrefixCode made;
  made.codes = {"0", "1"};
  while (made.codes.size() < count) {
    const int32_t last = static_cast<int32_t>(made.codes.size()) - 1;
    Bits& code = made.codes[static_cast<size_t>(random.Between(0, last))];
    if (code.size() == longest) continue;
    const Bits other = code + '1';
    code += '0';
    made.codes.push_back(other);
  }
  while (made.numbers.size() < made.codes.size()) {
    made.numbers.push_back(
        static_cast<uint32_t>(random.Between(0, static_cast<int32_t>((1u << number_bits) - 1))));
  }
  return made;
}

// Writes a table of 2^width entries for the codes that begin with `prefix` behind `*entries`.
// `count_at`: the lowest of the four bits that count.
inline void AddHuffmanTable(const PrefixCode& code, const Bits& prefix, uint32_t width,
                            uint32_t count_at, std::vector<uint32_t>* entries) {
  const size_t start = entries->size();
  entries->resize(start + (size_t{1} << width));
  for (uint32_t i = 0; i < 1u << width; ++i) {
    const Bits bits = prefix + BitsOf(i, width);
    size_t longer = 0;
    for (size_t k = 0; k < code.codes.size(); ++k) {
      const Bits& each = code.codes[k];
      if (bits.compare(0, each.size(), each) == 0) {
        const auto used = static_cast<uint32_t>(each.size() - prefix.size());
        (*entries)[start + i] = 16u << count_at | used << count_at | code.numbers[k];
        longer = 0;
        break;
      }
      if (each.compare(0, bits.size(), bits) == 0) {
        longer = std::max(longer, each.size() - bits.size());
      }
    }
    if (longer == 0) continue;
    const auto next = static_cast<uint32_t>(std::min<size_t>(longer, 3));
    (*entries)[start + i] =
        (next - 1) << count_at | static_cast<uint32_t>(entries->size() - (start + i));
    AddHuffmanTable(code, bits, next, count_at, entries);
  }
}

// `wide`: with entries of four bytes.
inline Encoded MakeHuffman(Random& random, TensorSpec output, bool wide, uint32_t width) {
  const size_t bytes = ElementBytes(output.type), entry_bytes = wide ? 4 : 2;
  const PrefixCode code = MakePrefixCode(random, static_cast<size_t>(random.Between(2, 40)), 9,
                                         static_cast<uint32_t>(8 * bytes));
  std::vector<uint32_t> entries;
  AddHuffmanTable(code, "", width, wide ? 27 : 11, &entries);
  Encoded made;
  made.header = DecodeHeader(1, static_cast<uint8_t>((width - 1) << 4 | (wide ? 1 : 0)));
  for (const uint32_t entry : entries) {
    for (size_t i = 0; i < entry_bytes; ++i) {
      made.table.push_back(static_cast<uint8_t>(entry >> 8 * i));
    }
  }
  for (size_t i = 0; i < ChannelsOf(output).size(); ++i) {
    const auto which =
        static_cast<size_t>(random.Between(0, static_cast<int32_t>(code.codes.size()) - 1));
    made.codes += code.codes[which];
    for (size_t k = 0; k < bytes; ++k) {
      made.wanted.push_back(static_cast<uint8_t>(code.numbers[which] >> 8 * k));
    }
  }
  while (made.codes.size() % 32 != 0) made.codes += '0';  // TensorFlow Lite Micro reads words.
  made.output = std::move(output);
  return made;
}

// Decodes them, and passes an input on, since a model has one.
inline ModelBuilder DecodeModel(const std::vector<Encoded>& tensors) {
  ModelBuilder model;
  std::vector<int32_t> inputs, outputs;
  for (const Encoded& tensor : tensors) {
    inputs.push_back(model.AddTensor(tensor.Codes()));
    inputs.push_back(model.AddTensor(tensor.Table()));
    outputs.push_back(model.AddTensor(tensor.output));
  }
  const int32_t given = model.AddTensor({{1, 4}, TensorType::INT8, {0.5f}, {0}});
  const int32_t same = model.AddTensor({{4, 1}, TensorType::INT8, {0.5f}, {0}});
  model.AddCustomOperator("TFLM_DECODE", inputs, outputs);
  model.AddOperator(BuiltinOperator::RESHAPE, {given}, {same});
  model.SetInputs({given});
  outputs.push_back(same);
  model.SetOutputs(outputs);
  return model;
}

// Of one scale, or one for each extent along the axis.
inline TensorSpec DecodedInt8(Random& random, std::vector<int32_t> shape, bool by_channel,
                              int32_t axis, bool has_zero_points) {
  TensorSpec tensor = {std::move(shape), TensorType::INT8, {}, {}, {}, by_channel ? axis : 0};
  const int32_t count = by_channel ? tensor.shape[static_cast<size_t>(axis)] : 1;
  for (int32_t i = 0; i < count; ++i) {
    tensor.scales.push_back(random.Scale());
    tensor.zero_points.push_back(has_zero_points ? random.Between(-128, 127) : 0);
  }
  return tensor;
}

}  // namespace earshot::test
