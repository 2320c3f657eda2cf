// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/audio/pdm_decimator.h"

namespace earshot {
namespace {

constexpr size_t kCicOrder = 4;
constexpr size_t kCicRatio = 16;
constexpr size_t kCicTaps = kCicOrder * (kCicRatio - 1) + 1;
constexpr int kCicSumBits = 16;  // 16^4 = 2^16, the sum of the taps.
static_assert(kCicTaps <= 64, "more than PdmDecimator's bits");

// An integrator-comb filter is a moving sum, order times over. With one bit a sample its finite
// response, looked up some bits at a time, takes less than integrating each bit.
constexpr size_t kLookupBits = 8;
constexpr size_t kLookups = 64 / kLookupBits;
constexpr size_t kLookupValues = 1u << kLookupBits;

struct CicTable {
  uint16_t sum[kLookups][kLookupValues];
};

struct CicResponse {
  uint16_t tap[64];
};

constexpr CicResponse MakeCicResponse() {
  CicResponse response = {};
  response.tap[0] = 1;
  for (size_t order = 0; order < kCicOrder; ++order) {
    CicResponse next = {};
    for (size_t i = 0; i < kCicTaps; ++i) {
      for (size_t j = 0; j < kCicRatio && j <= i; ++j) next.tap[i] += response.tap[i - j];
    }
    response = next;
  }
  return response;
}

constexpr CicTable MakeCicTable() {
  const CicResponse response = MakeCicResponse();
  CicTable table = {};
  for (size_t lookup = 0; lookup < kLookups; ++lookup) {
    for (size_t value = 0; value < kLookupValues; ++value) {
      for (size_t bit = 0; bit < kLookupBits; ++bit) {
        if ((value >> bit & 1) == 0) continue;
        table.sum[lookup][value] += response.tap[lookup * kLookupBits + bit];
      }
    }
  }
  return table;
}

constexpr CicTable kCicTable = MakeCicTable();

int32_t WeightedOnes(uint32_t bits, const uint16_t (*sums)[kLookupValues]) {
  return sums[0][bits & 0xFF] + sums[1][bits >> 8 & 0xFF] + sums[2][bits >> 16 & 0xFF] +
         sums[3][bits >> 24];
}

// Ones count 1, zeros -1; half of their weighted sum, which loses nothing, as the sum is even.
int16_t CicOutput(uint64_t bits) {
  const int32_t ones = WeightedOnes(static_cast<uint32_t>(bits), kCicTable.sum) +
                       WeightedOnes(static_cast<uint32_t>(bits >> 32), kCicTable.sum + 4);
  return SaturateToInt16(ones - (1 << (kCicSumBits - 1)));
}

// Four at a time: on a small processor counting costs as much as multiplying.
int32_t SumOfProducts(const int16_t* values) {
  static_assert(kPdmFilterTaps % 4 == 0);
  int32_t sum = 0;
  for (size_t i = 0; i < kPdmFilterTaps; i += 4) {
    sum += kPdmFilter[i] * values[i] + kPdmFilter[i + 1] * values[i + 1] +
           kPdmFilter[i + 2] * values[i + 2] + kPdmFilter[i + 3] * values[i + 3];
  }
  return sum;
}

}  // namespace

void PdmDecimator::PushLowRate(int16_t value) {
  history_[position_] = value;
  history_[position_ + kPdmFilterTaps] = value;
  position_ = position_ + 1 == kPdmFilterTaps ? 0 : position_ + 1;
}

// The taps are symmetric, so it does not matter that the oldest value comes first. Their
// magnitudes' sum leaves room in 32 bits.
int16_t PdmDecimator::Sample() {
  const int32_t sum = SumOfProducts(history_ + position_);
  const int shift = kPdmFilterFractionBits - gain_bits_;
  return high_pass_.Filter((sum + (1 << (shift - 1))) >> shift);
}

size_t PdmDecimator::Process(Span<const uint16_t> pdm, Span<int16_t> pcm) {
  size_t samples = 0;
  for (const uint16_t word : pdm) {
    bits_ = bits_ << 16 | word;
    PushLowRate(CicOutput(bits_));
    if (++waiting_ < kPdmWordsPerSample) continue;
    waiting_ = 0;
    pcm[samples++] = Sample();
  }
  return samples;
}

}  // namespace earshot
