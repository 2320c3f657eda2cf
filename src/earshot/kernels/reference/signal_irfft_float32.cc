// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/signal_fft.h"

namespace earshot::reference {
namespace {

void InvokeSignalIrfftFloat32(const InvokeContext& context) {
  FramesOfSpectra<float, EarshotComplexFloat>(context, EarshotInverseRealFftFloat);
  // kissfft leaves these undivided.
  const auto& fft = context.data<SignalFft>();
  const auto length = static_cast<float>(fft.fft_length);
  auto* const samples = context.output<float>(0);
  for (int32_t i = 0; i < fft.frames * fft.fft_length; ++i) samples[i] /= length;
}

}  // namespace

const Kernel kSignalIrfftFloat32 = {kSignalIrfftFloat32Key, PrepareSignalIrfftFloat32,
                                    InvokeSignalIrfftFloat32};

}  // namespace earshot::reference
