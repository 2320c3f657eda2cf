// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalFftAutoScale, a custom operator of TFLM's Signal library: scales a frame up so far that it
// fills int16.
//
//   input:    int16 [..., size], one frame
//   output 0: int16 like the input: sample << bits, lower 16 bits
//   output 1: int32 scalar: the bits, 0 to 14; 0 for silence
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalFftAutoScaleKey =
    KernelKey::Custom("SignalFftAutoScale", TensorType::INT16);

struct SignalFftAutoScale {
  int32_t size;
};

// kInvalidModel: outputs of other shapes. kUnsupported: of other types.
Verdict PrepareSignalFftAutoScale(PrepareContext& context);

}  // namespace earshot
