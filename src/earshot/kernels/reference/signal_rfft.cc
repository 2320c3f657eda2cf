// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_rfft.h"

#include <cstdint>

#include "earshot/frontend/fft.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

template <typename T>
Span<T> Elements(T* begin, int32_t count) {
  return Span<T>(begin, static_cast<size_t>(count));
}

void InvokeSignalRfftInt16(const InvokeContext& context) {
  const auto& fft = context.data<SignalRfft>();
  const FftTables tables = {
      fft.fft_length, context.array<int32_t>(fft.state_offset),
      Elements(context.array<EarshotComplex16>(fft.super_twiddles_offset), fft.fft_length / 4)};
  auto* frame = context.scratch<int16_t>(kSignalRfftFrame);
  auto* work = context.scratch<EarshotComplex16>(kSignalRfftWork);
  const auto* samples = context.input<int16_t>(0);
  auto* spectrum = context.output<EarshotComplex16>(0);
  const int32_t bins = fft.fft_length / 2 + 1;
  for (int32_t i = 0; i < fft.frames; ++i) {
    RealFft(tables, Elements(samples + i * fft.size, fft.size), 0, Elements(frame, fft.fft_length),
            Elements(work, fft.fft_length / 2), Elements(spectrum + i * bins, bins));
  }
}

}  // namespace

const Kernel kSignalRfftInt16 = {kSignalRfftInt16Key, PrepareSignalRfftInt16,
                                 InvokeSignalRfftInt16};

}  // namespace earshot::reference
