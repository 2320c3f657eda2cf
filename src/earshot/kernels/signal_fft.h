// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What SignalRfft and SignalIrfft share: the constants of a real FFT, kissfft's.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/frontend/kissfft_real.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

struct SignalFft {
  int32_t frames;
  int32_t size;  // Of an input's frame, in numbers.
  int32_t fft_length;
  uint32_t state_offset;           // Of kissfft, for fft_length / 2 points.
  uint32_t super_twiddles_offset;  // Complex[fft_length / 4].
};

// Reads fft_length, a power of two from 4 to 32768.
Verdict ReadFftLength(const PrepareContext& context, SignalFft* fft);

// Computes the constants, for EarshotComplex16, EarshotComplex32 or EarshotComplexFloat.
template <typename Complex>
void AllocateFft(PrepareContext& context, bool inverse, SignalFft* fft);

// That both tensors have frames, as many of them, and frames of these sizes. `*frames` is how many.
Verdict CheckFrames(const PrepareContext& context, const TensorInfo& input, int32_t input_size,
                    int32_t output_size, int32_t* frames);

}  // namespace earshot
