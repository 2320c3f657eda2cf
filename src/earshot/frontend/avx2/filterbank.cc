// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/filterbank.h"

#include "earshot/frontend/avx2/stages.h"

namespace earshot::avx2 {
namespace {

constexpr size_t kLanes = 8;

}  // namespace

EARSHOT_AVX2 void SpectrumEnergy(const FilterbankTables& tables,
                                 Span<const EarshotComplex16> spectrum, Span<uint32_t> energy) {
  const auto first = static_cast<size_t>(tables.first_bin);
  const auto end = static_cast<size_t>(tables.end_bin);
  for (size_t k = 0; k < first; ++k) energy[k] = 0;
  size_t k = first;
  for (; k + kLanes <= end; k += kLanes) {
    // (-32768)^2 twice is 2^31, which as an unsigned number is right.
    const __m256i bins = Load(&spectrum[k]);
    Store(&energy[k], _mm256_madd_epi16(bins, bins));
  }
  for (; k < end; ++k) {
    const int32_t re = spectrum[k].re;
    const int32_t im = spectrum[k].im;
    energy[k] = static_cast<uint32_t>(re * re) + static_cast<uint32_t>(im * im);
  }
  for (; k < energy.size(); ++k) energy[k] = 0;
}

}  // namespace earshot::avx2
