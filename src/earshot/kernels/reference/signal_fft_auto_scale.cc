// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_fft_auto_scale.h"

#include <cstdint>

#include "earshot/frontend/bits.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The largest magnitude in 16 bits: that of -32768 is -32768 there, which any other sample behind
// it exceeds. So such a frame is scaled by what follows its last -32768; as in the original.
int16_t LargestMagnitude(const int16_t* samples, int32_t size) {
  int16_t largest = 0;
  for (int32_t i = 0; i < size; ++i) {
    const int32_t magnitude = samples[i] < 0 ? -samples[i] : samples[i];
    if (magnitude > largest) largest = static_cast<int16_t>(magnitude);
  }
  return largest;
}

void InvokeSignalFftAutoScale(const InvokeContext& context) {
  const int32_t size = context.data<SignalFftAutoScale>().size;
  const auto* samples = context.input<int16_t>(0);
  auto* output = context.output<int16_t>(0);
  const int16_t largest = LargestMagnitude(samples, size);
  // As in the original, silence is not scaled either.
  const int bits = largest <= 0 ? 0 : 15 - MostSignificantBit(static_cast<uint32_t>(largest));
  for (int32_t i = 0; i < size; ++i) {
    output[i] = static_cast<int16_t>(static_cast<uint16_t>(samples[i]) << bits);
  }
  *context.output<int32_t>(1) = bits;
}

}  // namespace

const Kernel kSignalFftAutoScale = {kSignalFftAutoScaleKey, PrepareSignalFftAutoScale,
                                    InvokeSignalFftAutoScale};

}  // namespace earshot::reference
