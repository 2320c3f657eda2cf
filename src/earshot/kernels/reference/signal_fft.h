// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The loops of SignalRfft and SignalIrfft.
#pragma once

#include <cstdint>

#include "earshot/kernels/reference/elements.h"
#include "earshot/kernels/signal_irfft.h"
#include "earshot/kernels/signal_rfft.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

// What a transform and its inverse read.
template <typename Complex>
struct TransformTables {
  const SignalFft& fft;
  const int32_t* state;
  const Complex* super_twiddles;
};

template <typename Complex>
TransformTables<Complex> BeginFft(const InvokeContext& context) {
  const auto& fft = context.data<SignalFft>();
  return {fft, context.array<int32_t>(fft.state_offset),
          context.array<Complex>(fft.super_twiddles_offset)};
}

// `transform` is EarshotRealFft() or one of its kind.
template <typename T, typename Complex, typename Transform>
void Spectra(const InvokeContext& context, Transform transform) {
  const auto [fft, state, super_twiddles] = BeginFft<Complex>(context);
  const auto* samples = context.input<T>(0);
  auto* spectrum = context.output<Complex>(0);
  auto* const frame = context.scratch<T>(kSignalRfftFrame);
  auto* const work = context.scratch<Complex>(kSignalRfftWork);
  for (int32_t i = 0; i < fft.frames; ++i) {
    MoveElements(samples, fft.size, frame);
    ClearElements(frame + fft.size, fft.fft_length - fft.size);
    transform(state, super_twiddles, frame, work, spectrum);
    samples += fft.size;
    spectrum += fft.fft_length / 2 + 1;
  }
}

// `transform` is EarshotInverseRealFft() or one of its kind.
template <typename T, typename Complex, typename Transform>
void FramesOfSpectra(const InvokeContext& context, Transform transform) {
  const auto [fft, state, super_twiddles] = BeginFft<Complex>(context);
  const auto* spectrum = context.input<Complex>(0);
  auto* samples = context.output<T>(0);
  auto* const work = context.scratch<Complex>(0);
  for (int32_t i = 0; i < fft.frames; ++i) {
    transform(state, super_twiddles, spectrum, work, samples);
    spectrum += fft.fft_length / 2 + 1;
    samples += fft.fft_length;
  }
}

}  // namespace earshot::reference
