// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/filterbank.h"

#include <cstddef>

#include "earshot/frontend/portable/bands.h"
#include "earshot/frontend/portable/stages.h"

namespace earshot::portable {
namespace {

inline uint32_t EnergyOf(const EarshotComplex16& number) {
  const int32_t re = number.re;
  const int32_t im = number.im;
  return static_cast<uint32_t>(re * re) + static_cast<uint32_t>(im * im);
}

// Weights are never negative; as unsigned numbers they take one multiplication of 32 by 32 bits.
uint64_t Product(int16_t weight, uint32_t energy) {
  return static_cast<uint64_t>(static_cast<uint16_t>(weight)) * energy;
}

// Not inlined: by itself the loop has its numbers in registers.
[[gnu::noinline]] BandSums SumsOf(const uint32_t* bins, const int16_t* weights, int32_t count) {
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
  uint32_t* to = energy.data();
  uint32_t* const first = to + tables.first_bin;
  uint32_t* const end = to + tables.end_bin;
  while (to != first) *to++ = 0;
  const EarshotComplex16* from = spectrum.data() + tables.first_bin;
  for (; end - to >= 4; to += 4, from += 4) {
    to[0] = EnergyOf(from[0]);
    to[1] = EnergyOf(from[1]);
    to[2] = EnergyOf(from[2]);
    to[3] = EnergyOf(from[3]);
  }
  while (to != end) *to++ = EnergyOf(*from++);
  while (to != energy.end()) *to++ = 0;
}

void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels) {
  AddBands(tables, energy, channels, SumsOf);
}

}  // namespace earshot::portable
