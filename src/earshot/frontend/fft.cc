// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/fft.h"

namespace earshot {

void RealFft(const FftTables& tables, Span<const int16_t> windowed, int input_shift,
             Span<int16_t> input, Span<EarshotComplex16> scratch, Span<EarshotComplex16> spectrum) {
  for (size_t i = 0; i < input.size(); ++i) {
    // Shifted as unsigned: -32768 is not counted in the shift and may run out at the top.
    const uint32_t sample = i < windowed.size() ? static_cast<uint16_t>(windowed[i]) : 0u;
    input[i] = static_cast<int16_t>(static_cast<uint16_t>(sample << input_shift));
  }
  EarshotRealFft(tables.state, tables.super_twiddles.data(), input.data(), scratch.data(),
                 spectrum.data());
}

}  // namespace earshot
