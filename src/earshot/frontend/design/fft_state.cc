// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/design/fft_state.h"

#include <cmath>
#include <cstring>

namespace earshot {
namespace {

using FftHeader = EARSHOT_FFT_STATE(1);
constexpr size_t kHeaderWords = offsetof(FftHeader, twiddles) / sizeof(int32_t);
constexpr double kPi = 3.14159265358979323846264338327950288;

EarshotComplex16 Twiddle(double phase) {
  return {static_cast<int16_t>(std::floor(0.5 + INT16_MAX * std::cos(phase))),
          static_cast<int16_t>(std::floor(0.5 + INT16_MAX * std::sin(phase)))};
}

}  // namespace

size_t FftStateWords(int32_t points) { return kHeaderWords + static_cast<size_t>(points); }

void MakeFftState(int32_t points, Span<int32_t> state, Span<EarshotComplex16> super_twiddles) {
  if (!state.empty()) {
    FftHeader header = {};
    header.nfft = points;
    int* factor = header.factors;
    for (int rest = points; rest > 1;) {
      const int radix = rest % 4 == 0 ? 4 : 2;
      rest /= radix;
      *factor++ = radix;
      *factor++ = rest;
    }
    std::memcpy(state.data(), &header, offsetof(FftHeader, twiddles));
    int32_t i = 0;
    for (int32_t& word : state.subspan(kHeaderWords)) {
      const EarshotComplex16 twiddle = Twiddle(-2 * kPi * i++ / points);
      std::memcpy(&word, &twiddle, sizeof(twiddle));
    }
  }
  int32_t i = 0;
  for (EarshotComplex16& twiddle : super_twiddles) {
    twiddle = Twiddle(-kPi * (static_cast<double>(++i) / points + 0.5));
  }
}

}  // namespace earshot
