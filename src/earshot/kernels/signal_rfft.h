// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalRfft, a custom operator of TFLM's Signal library: the spectra of frames, with kissfft.
//
//   input:   int16 [..., size], size at most fft_length; zeros follow
//   output:  int16 [..., fft_length + 2]: the bins 0 to fft_length / 2, real and imaginary part,
//            divided by fft_length
//   options: fft_length
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: int16; a power of two from 4 to 32768 as fft_length.
constexpr KernelKey kSignalRfftInt16Key = KernelKey::Custom("SignalRfft", TensorType::INT16);

struct SignalRfft {
  int32_t frames;
  int32_t size;
  int32_t fft_length;
  uint32_t state_offset;           // Of kissfft, for fft_length / 2 points.
  uint32_t super_twiddles_offset;  // EarshotComplex16[fft_length / 4].
};

// Scratch buffers: the frame, int16_t[fft_length], and one for kissfft of the same size.
constexpr size_t kSignalRfftFrame = 0;
constexpr size_t kSignalRfftWork = 1;

// kInvalidModel: no fft_length, a shape that does not fit to it. kUnsupported: another fft_length,
// an output of another type.
Verdict PrepareSignalRfftInt16(PrepareContext& context);

}  // namespace earshot
