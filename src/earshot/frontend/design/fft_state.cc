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

int16_t InFormat(double value, int16_t /*part*/) {
  return static_cast<int16_t>(std::floor(0.5 + INT16_MAX * value));
}

int32_t InFormat(double value, int32_t /*part*/) {
  return static_cast<int32_t>(std::floor(0.5 + INT32_MAX * value));
}

float InFormat(double value, float /*part*/) { return static_cast<float>(value); }

template <typename Complex>
Complex Twiddle(double phase) {
  Complex twiddle = {};
  twiddle.re = InFormat(std::cos(phase), twiddle.re);
  twiddle.im = InFormat(std::sin(phase), twiddle.im);
  return twiddle;
}

template <typename Complex>
void MakeState(int32_t points, bool inverse, Span<int32_t> state) {
  FftHeader header = {};  // The same for all types.
  header.nfft = points;
  header.inverse = inverse ? 1 : 0;
  int* factor = header.factors;
  for (int rest = points; rest > 1;) {
    const int radix = rest % 4 == 0 ? 4 : 2;
    rest /= radix;
    *factor++ = radix;
    *factor++ = rest;
  }
  std::memcpy(state.data(), &header, kHeaderWords * sizeof(int32_t));
  const double turn = inverse ? 2 * kPi : -2 * kPi;
  int32_t* place = state.data() + kHeaderWords;
  for (int32_t i = 0; i < points; ++i, place += sizeof(Complex) / sizeof(int32_t)) {
    const auto twiddle = Twiddle<Complex>(turn * i / points);
    std::memcpy(place, &twiddle, sizeof(twiddle));
  }
}

}  // namespace

template <typename Complex>
size_t FftStateWords(int32_t points) {
  return kHeaderWords + static_cast<size_t>(points) * (sizeof(Complex) / sizeof(int32_t));
}

template <typename Complex>
void MakeFftState(int32_t points, bool inverse, Span<int32_t> state, Span<Complex> super_twiddles) {
  if (!state.empty()) MakeState<Complex>(points, inverse, state);
  const double turn = inverse ? kPi : -kPi;
  int32_t i = 0;
  for (Complex& twiddle : super_twiddles) {
    twiddle = Twiddle<Complex>(turn * (static_cast<double>(++i) / points + 0.5));
  }
}

size_t StageTwiddleCount(int32_t points) {
  size_t count = 0;
  for (int32_t m = points / 4; m > 1; m /= 4) count += static_cast<size_t>(3 * m);
  return count;
}

void MakeStageTwiddles(int32_t points, Span<EarshotComplex16> twiddles) {
  EarshotComplex16* end = twiddles.end();
  for (int32_t m = points / 4; m > 1; m /= 4) {
    EarshotComplex16* twiddle = end -= 3 * m;
    for (int32_t power = 1; power <= 3; ++power) {
      for (int32_t k = 0; k < m; ++k) {
        *twiddle++ = Twiddle<EarshotComplex16>(-2 * kPi * power * k / (4 * m));
      }
    }
  }
}

template size_t FftStateWords<EarshotComplex16>(int32_t);
template size_t FftStateWords<EarshotComplex32>(int32_t);
template size_t FftStateWords<EarshotComplexFloat>(int32_t);
template void MakeFftState(int32_t, bool, Span<int32_t>, Span<EarshotComplex16>);
template void MakeFftState(int32_t, bool, Span<int32_t>, Span<EarshotComplex32>);
template void MakeFftState(int32_t, bool, Span<int32_t>, Span<EarshotComplexFloat>);

}  // namespace earshot
