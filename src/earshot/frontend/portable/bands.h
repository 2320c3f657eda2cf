// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How bands become channels, for any way to add up a band.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/filterbank.h"
#include "earshot/frontend/frontend_tables.h"

namespace earshot::portable {

struct BandSums {
  uint64_t total;    // Of the energies,
  uint64_t falling;  // and of their shares in the filter that ends.
};

// `sums_of(bins, weights, count)` gives the BandSums of one band.
template <typename SumsOf>
inline void AddBands(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels, SumsOf sums_of) {
  const uint32_t* bin = energy.data() + tables.first_bin;
  const int16_t* weight = tables.falling.data();
  const int16_t* width = tables.widths.data();
  uint64_t rising = 0;  // The share of the last band that the filter has which ends in this one.
  uint64_t* channel = channels.data();
  for (size_t band = 0; band <= channels.size(); ++band) {
    const int32_t count = *width++;
    const BandSums sums = sums_of(bin, weight, count);
    bin += count;
    weight += count;
    if (band > 0) *channel++ = rising + sums.falling;
    rising = (sums.total << kFilterbankBits) - sums.falling;
  }
  for (const FilterbankTables::RoundedUp& one : tables.rounded_up) {
    channels[static_cast<size_t>(one.channel)] += energy[static_cast<size_t>(one.bin)];
  }
}

}  // namespace earshot::portable
