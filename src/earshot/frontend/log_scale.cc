// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/log_scale.h"

#include <cstddef>

#include "earshot/frontend/bits.h"
#include "earshot/frontend/standard_tables.h"

namespace earshot {
namespace {

constexpr int kFractionBits = 16;                // Q16 throughout.
constexpr int kSegmentBits = kFractionBits - 7;  // The table has 2^7 segments.
constexpr uint64_t kLn2 = 45426;                 // ln(2) in Q16.
constexpr uint32_t kHalf = 1u << (kFractionBits - 1);
constexpr uint32_t kLargestFeature = 0xFFFF;

// log2(1 + fraction), Q16 to Q16: the fraction plus a correction from the table. The interpolation
// between its entries is divided by 2^16 rather than by a segment's width, so only 1/128 of it is
// applied; models were trained on exactly that.
uint32_t Log2OnePlus(uint32_t fraction) {
  const uint32_t segment = fraction >> kSegmentBits;
  const int32_t begin = kLogTable[segment];
  const int32_t end = kLogTable[segment + 1];
  const auto within = static_cast<int32_t>(fraction - (segment << kSegmentBits));
  const int32_t correction = begin + (((end - begin) * within) >> kFractionBits);
  return fraction + static_cast<uint32_t>(correction);
}

}  // namespace

uint32_t NaturalLog(uint32_t value) {
  const int zeros = __builtin_clz(value);
  const int exponent = 31 - zeros;
  // What is behind the highest one, from the top bit on.
  const uint32_t fraction = (value << zeros << 1) >> (32 - kFractionBits);
  const uint32_t log2 = (static_cast<uint32_t>(exponent) << kFractionBits) + Log2OnePlus(fraction);
  return static_cast<uint32_t>((kLn2 * log2 + kHalf) >> kFractionBits);
}

uint32_t ScaledLog(uint32_t value, int scale_shift) {
  return ((NaturalLog(value) << scale_shift) + kHalf) >> kFractionBits;
}

void ApplyLog(const LogTables& tables, Span<const uint32_t> signal, Span<uint16_t> features) {
  for (size_t c = 0; c < signal.size(); ++c) {
    uint32_t value = signal[c];
    if (tables.enabled) {
      value = tables.correction_bits < 0 ? value >> -tables.correction_bits
                                         : value << tables.correction_bits;
      value = value > 1 ? ScaledLog(value, tables.scale_shift) : 0;
    }
    features[c] = static_cast<uint16_t>(value < kLargestFeature ? value : kLargestFeature);
  }
}

}  // namespace earshot
