// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalRfft, a custom operator of TFLM's Signal library: the spectra of frames, with kissfft.
//
//   input:   [..., size], size at most fft_length; zeros follow
//   output:  [..., fft_length + 2], of the input's type: the bins 0 to fft_length / 2, real and
//            imaginary part, divided by fft_length where they are integers
//   options: fft_length
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/signal_fft.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: a power of two from 4 to 32768 as fft_length.
constexpr KernelKey kSignalRfftFloat32Key = KernelKey::Custom("SignalRfft", TensorType::FLOAT32);
// Limits: a power of two from 4 to 32768 as fft_length.
constexpr KernelKey kSignalRfftInt16Key = KernelKey::Custom("SignalRfft", TensorType::INT16);
// Limits: a power of two from 4 to 32768 as fft_length.
constexpr KernelKey kSignalRfftInt32Key = KernelKey::Custom("SignalRfft", TensorType::INT32);

// Scratch buffers: the frame, fft_length numbers, and one for kissfft of the same size.
constexpr size_t kSignalRfftFrame = 0;
constexpr size_t kSignalRfftWork = 1;

// Each leaves a SignalFft.
//
// kInvalidModel: no fft_length, a shape that does not fit to it. kUnsupported: another fft_length,
// an output of another type.
Verdict PrepareSignalRfftFloat32(PrepareContext& context);
Verdict PrepareSignalRfftInt16(PrepareContext& context);
Verdict PrepareSignalRfftInt32(PrepareContext& context);

}  // namespace earshot
