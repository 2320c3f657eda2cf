// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/reference/stages.h"

#include <cstddef>

#include "earshot/frontend/filterbank.h"
#include "earshot/frontend/square_root.h"
#include "earshot/frontend/window.h"

namespace earshot::reference {
namespace {

constexpr size_t kMostPoints = 1024;
using FftState = EARSHOT_FFT_STATE(kMostPoints);

// kissfft's constants, from ours: of all its twiddles it reads those that the last stage has.
void MakeState(const FftTables& tables, FftState* state) {
  const int points = tables.size / 2;
  state->nfft = points;
  state->inverse = 0;
  int* factor = state->factors;
  for (int rest = points; rest > 1;) {
    const int radix = rest % 4 == 0 ? 4 : 2;
    rest /= radix;
    *factor++ = radix;
    *factor++ = rest;
  }
  const auto m = static_cast<size_t>(points) / 4;
  const EarshotComplex16* const last = tables.twiddles.end() - 3 * m;
  for (size_t power = 1; power <= 3; ++power) {
    for (size_t k = 0; k < m; ++k) state->twiddles[power * k] = last[(power - 1) * m + k];
  }
}

}  // namespace

int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed) {
  int16_t largest = 0;
  for (size_t i = 0; i < windowed.size(); ++i) {
    int16_t value = 0;
    if (i < samples.size()) {
      const int32_t product = static_cast<int32_t>(samples[i]) * coefficients[i];
      value = static_cast<int16_t>(product >> kWindowBits);
    }
    windowed[i] = value;
    const auto magnitude = static_cast<int16_t>(value < 0 ? -value : value);
    if (magnitude > largest) largest = magnitude;
  }
  return InputShift(static_cast<uint32_t>(largest));
}

void RealFft(const FftTables& tables, int input_shift, Span<int16_t> samples,
             Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum) {
  for (int16_t& sample : samples) {
    sample = static_cast<int16_t>(static_cast<uint16_t>(sample) << input_shift);
  }
  FftState state = {};
  MakeState(tables, &state);
  EarshotRealFft(&state, tables.super_twiddles.data(), samples.data(), scratch.data(),
                 spectrum.data());
}

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

// Bin by bin: what it gives to the filter that falls there, and to the one that rises.
void ApplyFilterbank(const FilterbankTables& tables, Span<const uint32_t> energy,
                     Span<uint64_t> channels) {
  constexpr uint64_t kOne = uint64_t{1} << kFilterbankBits;
  for (uint64_t& channel : channels) channel = 0;
  auto bin = static_cast<size_t>(tables.first_bin);
  size_t place = 0;
  for (size_t band = 0; band <= channels.size(); ++band) {
    for (int16_t i = 0; i < tables.widths[band]; ++i, ++bin, ++place) {
      const auto falling = static_cast<uint64_t>(tables.falling[place]);
      if (band > 0) channels[band - 1] += energy[bin] * falling;
      if (band < channels.size()) channels[band] += energy[bin] * (kOne - falling);
    }
  }
  for (const FilterbankTables::RoundedUp& one : tables.rounded_up) {
    channels[static_cast<size_t>(one.channel)] += energy[static_cast<size_t>(one.bin)];
  }
}

void SquareRoots(Span<const uint64_t> values, int shift, Span<uint32_t> roots) {
  for (size_t i = 0; i < values.size(); ++i) roots[i] = SquareRoot(values[i]) >> shift;
}

}  // namespace earshot::reference
