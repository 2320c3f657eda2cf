// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalIrfft, a custom operator of TFLM's Signal library: frames of samples from their spectra,
// with kissfft.
//
//   input:   [..., fft_length + 2]: the bins 0 to fft_length / 2, real and imaginary part
//   output:  [..., fft_length], of the input's type, divided by fft_length
//   options: fft_length
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/signal_fft.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: a power of two from 4 to 32768 as fft_length.
constexpr KernelKey kSignalIrfftFloat32Key = KernelKey::Custom("SignalIrfft", TensorType::FLOAT32);
// Limits: a power of two from 4 to 32768 as fft_length.
constexpr KernelKey kSignalIrfftInt16Key = KernelKey::Custom("SignalIrfft", TensorType::INT16);
// Limits: a power of two from 4 to 32768 as fft_length.
constexpr KernelKey kSignalIrfftInt32Key = KernelKey::Custom("SignalIrfft", TensorType::INT32);

// Each leaves a SignalFft and asks for one scratch buffer: fft_length numbers.
//
// kInvalidModel: no fft_length, a shape that does not fit to it. kUnsupported: another fft_length,
// an output of another type.
Verdict PrepareSignalIrfftFloat32(PrepareContext& context);
Verdict PrepareSignalIrfftInt16(PrepareContext& context);
Verdict PrepareSignalIrfftInt32(PrepareContext& context);

}  // namespace earshot
