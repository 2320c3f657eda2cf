// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/filterbank.h"

#include <arm_mve.h>

#include "earshot/frontend/helium/stages.h"
#include "earshot/frontend/portable/bands.h"

namespace earshot::helium {
namespace {

constexpr int32_t kLanes = 4;

// Lanes behind the end of the band are read as zeros.
portable::BandSums SumsOf(const uint32_t* bins, const int16_t* weights, int32_t count) {
  uint64_t total = 0;
  uint64_t falling = 0;
  for (; count > 0; count -= kLanes, bins += kLanes, weights += kLanes) {
    const mve_pred16_t live = vctp32q(static_cast<uint32_t>(count));
    const uint32x4_t energies = vldrwq_z_u32(bins, live);
    const auto shares = vreinterpretq_u32_s32(vldrhq_z_s32(weights, live));  // Not negative.
    total = vaddlvaq_u32(total, energies);
    falling = vmlaldavaq_u32(falling, energies, shares);
  }
  return {total, falling};
}

// Bottom numbers are real parts, top ones imaginary. (-32768)^2 twice is 2^31, which as an unsigned
// number is right.
inline uint32x4_t EnergiesOf(int16x8_t bins) {
  return vreinterpretq_u32_s32(vaddq_s32(vmullbq_int_s16(bins, bins), vmulltq_int_s16(bins, bins)));
}

}  // namespace

void SpectrumEnergy(const FilterbankTables& tables, Span<const EarshotComplex16> spectrum,
                    Span<uint32_t> energy) {
  uint32_t* to = energy.data();
  uint32_t* const first = to + tables.first_bin;
  while (to != first) *to++ = 0;
  const int16_t* from = &spectrum[static_cast<size_t>(tables.first_bin)].re;
  int32_t left = tables.end_bin - tables.first_bin;
  for (; left >= kLanes; left -= kLanes) {
    vstrwq_u32(to, EnergiesOf(vldrhq_s16(from)));
    from += 2 * kLanes;
    to += kLanes;
  }
  if (left > 0) {
    const mve_pred16_t live = vctp32q(static_cast<uint32_t>(left));
    vstrwq_p_u32(to, EnergiesOf(vldrhq_z_s16(from, live)), live);
  }
  for (to = energy.data() + tables.end_bin; to != energy.end();) *to++ = 0;
}

void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels) {
  portable::AddBands(tables, energy, channels, SumsOf);
}

}  // namespace earshot::helium
