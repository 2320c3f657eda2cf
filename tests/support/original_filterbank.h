// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The filterbank's tables as TensorFlow Lite Micro has them.
#pragma once

#include <cstdint>
#include <vector>

#include "earshot/frontend/filterbank.h"

namespace earshot::test {

// Band by band in blocks of four bins that begin at even ones; both shares of each bin in Q12, both
// 0 for bins that only fill a block.
struct OriginalFilterbank {
  explicit OriginalFilterbank(const FilterbankTables& bank) {
    int32_t bin = bank.first_bin;
    for (const int16_t width : bank.widths) {
      const int32_t aligned = bin / 2 * 2;
      const int32_t end = bin + width;
      first_bins.push_back(static_cast<int16_t>(aligned));
      first_weights.push_back(static_cast<int16_t>(falling.size()));
      widths.push_back(width == 0 ? int16_t{0} : static_cast<int16_t>((end - aligned + 3) / 4 * 4));
      const size_t begin = falling.size();
      falling.resize(begin + static_cast<size_t>(widths.back()));
      rising.resize(falling.size());
      for (; bin < end; ++bin) {
        const size_t place = begin + static_cast<size_t>(bin - aligned);
        falling[place] = bank.falling[static_cast<size_t>(bin - bank.first_bin)];
        rising[place] = static_cast<int16_t>((1 << kFilterbankBits) - falling[place]);
      }
    }
  }

  std::vector<int16_t> first_bins;
  std::vector<int16_t> first_weights;
  std::vector<int16_t> widths;
  std::vector<int16_t> falling;
  std::vector<int16_t> rising;
};

}  // namespace earshot::test
