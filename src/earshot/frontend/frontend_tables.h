// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FrontendTables: everything about a front end that does not change while it runs.
//
// Constants in flash for the standard configuration (earshot/frontend/standard_tables.h); computed
// on the host for any other (earshot/frontend/design/).
#pragma once

#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/frontend/kissfft_real.h"

namespace earshot {

// Real FFT of `size` samples, computed as a complex one of half that size, `points`, in stages of
// radix 4; where points is no power of four, one of radix 2 is in front.
struct FftTables {
  int32_t size = 0;  // N: a power of two, 16 to 2048, at least the window.
  // For each stage but the first, in that order: w^k, w^2k and w^3k, m of each, with w =
  // exp(-2*pi*j/4m) and k from 0 to m - 1; Q15. m is 4, 16, 64 ..., or 2, 8, 32 ... behind radix 2;
  // that of the last stage is points / 4.
  Span<const EarshotComplex16> twiddles;
  Span<const EarshotComplex16> super_twiddles;  // exp(-pi*j*((k+1)/points + 1/2)), N/4, Q15.
};

// Triangular filters, stored by band: band c reaches from the peak of filter c-1 to that of filter
// c, so each of its bins lies on the falling side of filter c-1 and on the rising side of filter c.
struct FilterbankTables {
  int32_t channels = 0;
  int32_t first_bin = 0;  // Bins in use: [first_bin, end_bin).
  int32_t end_bin = 0;
  // Bins of each of the channels + 1 bands (the last only ends the last filter), one behind the
  // other from first_bin on.
  Span<const int16_t> widths;
  // Of each bin in use, the share in Q12 that filter c-1 has. Filter c has the rest of 1.
  Span<const int16_t> falling;
  // Where both shares were rounded up, so that filter c has 2^-12 more than the rest: hardly ever.
  struct RoundedUp {
    int16_t bin;
    int16_t channel;
  };
  Span<const RoundedUp> rounded_up;
};

struct NoiseReductionTables {
  int32_t smoothing_bits = 0;
  int32_t even_smoothing = 0;        // Q14.
  int32_t odd_smoothing = 0;         // Q14.
  int32_t min_signal_remaining = 0;  // Q14.
};

struct PcanTables {
  Span<const int16_t>
      gains;  // Piecewise quadratic, see earshot/frontend/pcan_gain.h. Empty: PCAN is off.
  int32_t snr_shift = 0;
};

struct LogTables {
  bool enabled = true;
  int32_t scale_shift = 0;
  int32_t correction_bits = 0;  // Left shift (negative: right) that makes up for the FFT's scale.
};

struct FrontendTables {
  int32_t sample_rate_hz = 0;
  Span<const int16_t> window;  // Q12, one coefficient per sample.
  FftTables fft;
  FilterbankTables filterbank;
  NoiseReductionTables noise_reduction;
  PcanTables pcan;
  LogTables log;
};

}  // namespace earshot
