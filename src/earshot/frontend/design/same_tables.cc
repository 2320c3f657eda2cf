// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/design/same_tables.h"

#include <algorithm>

namespace earshot {
namespace {

bool Same(Span<const int16_t> a, Span<const int16_t> b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end());
}

bool Same(const EarshotComplex16& a, const EarshotComplex16& b) {
  return a.re == b.re && a.im == b.im;
}

bool Same(Span<const EarshotComplex16> a, Span<const EarshotComplex16> b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(),
      [](const EarshotComplex16& x, const EarshotComplex16& y) { return Same(x, y); });
}

bool Same(const FftTables& a, const FftTables& b) {
  return a.size == b.size && Same(a.twiddles, b.twiddles) &&
         Same(a.super_twiddles, b.super_twiddles);
}

bool Same(const FilterbankTables& a, const FilterbankTables& b) {
  return a.channels == b.channels && a.first_bin == b.first_bin && a.end_bin == b.end_bin &&
         Same(a.widths, b.widths) && Same(a.falling, b.falling) &&
         std::equal(
             a.rounded_up.begin(), a.rounded_up.end(), b.rounded_up.begin(), b.rounded_up.end(),
             [](const auto& x, const auto& y) { return x.bin == y.bin && x.channel == y.channel; });
}

bool Same(const NoiseReductionTables& a, const NoiseReductionTables& b) {
  return a.smoothing_bits == b.smoothing_bits && a.even_smoothing == b.even_smoothing &&
         a.odd_smoothing == b.odd_smoothing && a.min_signal_remaining == b.min_signal_remaining;
}

bool Same(const PcanTables& a, const PcanTables& b) {
  return Same(a.gains, b.gains) && a.snr_shift == b.snr_shift;
}

bool Same(const LogTables& a, const LogTables& b) {
  return a.enabled == b.enabled && a.scale_shift == b.scale_shift &&
         a.correction_bits == b.correction_bits;
}

}  // namespace

bool SameTables(const FrontendTables& a, const FrontendTables& b) {
  return a.sample_rate_hz == b.sample_rate_hz && Same(a.window, b.window) && Same(a.fft, b.fft) &&
         Same(a.filterbank, b.filterbank) && Same(a.noise_reduction, b.noise_reduction) &&
         Same(a.pcan, b.pcan) && Same(a.log, b.log);
}

}  // namespace earshot
