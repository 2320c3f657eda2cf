// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/filterbank.h"

#include "earshot/frontend/armv7e_m/pairs.h"
#include "earshot/frontend/armv7e_m/stages.h"

namespace earshot::armv7e_m {
namespace {

// (-32768)^2 twice is 2^31, which as an unsigned number is right.
inline uint32_t EnergyOf(const EarshotComplex16* number) {
  const int32_t parts = LoadPair(number);
  return static_cast<uint32_t>(__smuad(parts, parts));
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
    to[0] = EnergyOf(from);
    to[1] = EnergyOf(from + 1);
    to[2] = EnergyOf(from + 2);
    to[3] = EnergyOf(from + 3);
  }
  while (to != end) *to++ = EnergyOf(from++);
  while (to != energy.end()) *to++ = 0;
}

}  // namespace earshot::armv7e_m
