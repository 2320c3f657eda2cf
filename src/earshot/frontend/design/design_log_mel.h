// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The numbers of kLogMelTables, computed from their formulas in double precision. For the host.
#pragma once

#include <cstdint>
#include <vector>

#include "earshot/frontend/kissfft_real.h"

namespace earshot {

struct LogMelDesign {
  std::vector<int16_t> window;     // Q15.
  std::vector<int32_t> fft_state;  // As in MakeFftState<EarshotComplex32>().
  std::vector<EarshotComplex32> super_twiddles;
  int32_t first_bin = 0;
  int32_t end_bin = 0;
  std::vector<int16_t> widths;   // Bins in each band, as in FilterbankTables.
  std::vector<int16_t> falling;  // Q15; 32767 is 1.
};

LogMelDesign DesignLogMel();

}  // namespace earshot
