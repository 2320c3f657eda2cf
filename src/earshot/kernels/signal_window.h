// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalWindow, a custom operator of TFLM's Signal library: weights frames of samples.
//
//   input 0: int16 [..., size]
//   input 1: int16 [size], the window's coefficients
//   output:  int16 like input 0: (sample * coefficient) >> shift, saturated
//   options: shift
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalWindowKey = KernelKey::Custom("SignalWindow", TensorType::INT16);

struct SignalWindow {
  int32_t frames;
  int32_t size;
  int32_t shift;  // 0 to 31.
};

// kInvalidModel: shapes that do not fit together, no shift. kUnsupported: other types.
Verdict PrepareSignalWindow(PrepareContext& context);

}  // namespace earshot
