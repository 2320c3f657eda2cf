// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/filterbank.h"

#include <cstddef>

namespace earshot {
namespace {

// Weights are never negative; as unsigned numbers they take one multiplication of 32 by 32 bits.
uint64_t Product(int16_t weight, uint32_t energy) {
  return static_cast<uint64_t>(static_cast<uint16_t>(weight)) * energy;
}

struct Sums {
  uint64_t total;    // Of the energies,
  uint64_t falling;  // and of their shares in the filter that ends.
};

// Not inlined: by itself the loop has its numbers in registers.
[[gnu::noinline]] Sums SumsOf(const uint32_t* bins, const int16_t* weights, int32_t count) {
  uint64_t total = 0;
  uint64_t falling = 0;
  for (int32_t i = 0; i < count; ++i) {
    total += bins[i];
    falling += Product(weights[i], bins[i]);
  }
  return {total, falling};
}

}  // namespace

void SpectrumEnergy(const FilterbankTables& tables, Span<const EarshotComplex16> spectrum,
                    Span<uint32_t> energy) {
  for (size_t k = 0; k < energy.size(); ++k) {
    const auto bin = static_cast<int32_t>(k);
    const bool in_use = tables.first_bin <= bin && bin < tables.end_bin;
    const int32_t re = in_use ? spectrum[k].re : 0;
    const int32_t im = in_use ? spectrum[k].im : 0;
    energy[k] = static_cast<uint32_t>(re * re) + static_cast<uint32_t>(im * im);
  }
}

void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels) {
  const uint32_t* bin = &energy[static_cast<size_t>(tables.first_bin)];
  const int16_t* weight = tables.falling.data();
  for (size_t band = 0; band <= channels.size(); ++band) {
    const Sums sums = SumsOf(bin, weight, tables.widths[band]);
    bin += tables.widths[band];
    weight += tables.widths[band];
    if (band > 0) channels[band - 1] += sums.falling;
    if (band < channels.size()) channels[band] = (sums.total << kFilterbankBits) - sums.falling;
  }
  for (const FilterbankTables::RoundedUp& one : tables.rounded_up) {
    channels[static_cast<size_t>(one.channel)] += energy[static_cast<size_t>(one.bin)];
  }
}

}  // namespace earshot
