// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalPCAN, a custom operator of TFLM's Signal library: an automatic gain for each channel that
// follows its noise estimate (earshot/frontend/pcan_gain.h).
//
//   input 0: uint32 [channels]
//   input 1: uint32 [channels]: the estimate
//   input 2: int16 [125], constant: the gain function
//   output:  uint32 [channels]
//   options: snr_shift
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalPcanKey = KernelKey::Custom("SignalPCAN", TensorType::UINT32);

struct SignalPcan {
  int32_t channels;
  int32_t snr_shift;  // 0 to 63.
};

// kInvalidModel: shapes that do not fit together, no shift. kUnsupported: other types.
Verdict PrepareSignalPcan(PrepareContext& context);

}  // namespace earshot
