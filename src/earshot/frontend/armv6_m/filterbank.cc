// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/filterbank.h"

#include "earshot/frontend/armv6_m/stages.h"
#include "earshot/frontend/portable/bands.h"

namespace earshot::armv6_m {
namespace {

constexpr int kHalfBits = 16;
constexpr uint32_t kLowHalf = (1u << kHalfBits) - 1;

// So many products of a half, below 2^16, and a weight, at most 2^12, fit 32 bits together.
constexpr int32_t kBlock = 15;

struct Halves {
  uint32_t low = 0;
  uint32_t high = 0;
  uint64_t Together() const { return low + (static_cast<uint64_t>(high) << kHalfBits); }
};

// The upper and lower halves of energies are multiplied and added up apart.
[[gnu::noinline]] portable::BandSums SumsOf(const uint32_t* bins, const int16_t* weights,
                                            int32_t count) {
  portable::BandSums sums = {0, 0};
  while (count > 0) {
    Halves total;
    Halves falling;
    const uint32_t* const end = bins + (count < kBlock ? count : kBlock);
    for (; bins != end; ++bins, ++weights) {
      const uint32_t low = *bins & kLowHalf;
      const uint32_t high = *bins >> kHalfBits;
      const auto weight = static_cast<uint32_t>(*weights);
      total.low += low;
      total.high += high;
      falling.low += low * weight;
      falling.high += high * weight;
    }
    sums.total += total.Together();
    sums.falling += falling.Together();
    count -= kBlock;
  }
  return sums;
}

}  // namespace

void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels) {
  portable::AddBands(tables, energy, channels, SumsOf);
}

}  // namespace earshot::armv6_m
