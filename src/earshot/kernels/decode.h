// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TFLM_DECODE, a custom operator: makes plain tensors of constants that are stored in fewer bits,
// weights mostly. One pair of inputs for each output:
//
//   input 2i:     a constant: codes, a stream of bits from the first byte's highest on
//   input 2i + 1: a constant: how to read them. 16 bytes, and behind them a table
//   output i:     bool, int8, int16, int32, int64 or float32; its type, shape and quantization are
//                 what the codes stand for
//
// Of the 16 bytes, the first is the kind of code, the next 1, the version of all of this, the
// fifth 1, the version of the kind. The others' meaning, the codes' and the table's is the kind's:
//
//   0  look-up: each code has as many bits as the sixth byte's lowest three say, and is a place in
//      the table of its channel, which begins as many elements behind the one of the channel in
//      front as the seventh byte says. Channels are those of the output's quantization.
//   1  Huffman, for int8 and int16: the table's entries have 2 bytes, or 4 where the sixth byte is
//      odd. The highest bit says whether an entry is a value: its lowest bits are the value then,
//      and the four behind the highest how many of the bits read last belonged to the code.
//      Otherwise these four are one less than the bits to be read next, and the rest is how far
//      away the entries are that these bits count from. A value begins with as many bits as the
//      sixth byte's upper four say, and one more.
//   2  pruning: a bit for each element: whether it is the table's next one, or the zero point.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant inputs; decoded anew each time.
constexpr KernelKey kDecodeKey = KernelKey::Custom("TFLM_DECODE");

constexpr uint32_t kDecodeHeaderBytes = 16;

enum DecodeKind : uint32_t { kDecodeLookUp = 0, kDecodeHuffman = 1, kDecodePruning = 2 };

// How one output is made.
struct DecodedTensor {
  uint32_t kind;
  uint32_t code_bits;  // How many there are.
  uint32_t elements;
  uint32_t element_bytes;
  uint32_t table_entries;  // Elements; with Huffman, of `entry_bytes`.
  // Elements one after the other of the same channel, whose turn it is then.
  uint32_t channels;
  uint32_t run;
  uint32_t width;               // Of a code of look-up, or of the first step of a Huffman code.
  uint32_t stride;              // Of look-up, in elements.
  uint32_t entry_bytes;         // 2 or 4: of Huffman.
  uint32_t zero_points_offset;  // Of pruning: an int8_t for each channel, where `has_zero_points`.
  uint32_t has_zero_points;     // 0: they are 0.
};

struct Decode {
  uint32_t tensors_offset;  // DecodedTensor for each output.
  uint32_t count;
};

// Decodes `codes` with what lies behind the 16 bytes, `table`, and writes to `output`; null: only
// looks whether nothing leads outside. Returns how many elements that went well for.
uint32_t DecodeElements(const DecodedTensor& tensor, const uint8_t* codes, const uint8_t* table,
                        const int8_t* zero_points, uint8_t* output);

// kInvalidModel: codes that end too early or lead outside of their table. kUnsupported: inputs that
// are no constants, other kinds, versions and types, channels along an axis in the middle.
Verdict PrepareDecode(PrepareContext& context);

}  // namespace earshot
