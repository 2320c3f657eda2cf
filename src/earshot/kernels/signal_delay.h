// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalDelay, a custom operator of TFLM's Signal library: gives a stream's samples later, zeros at
// first.
//
//   input:   int16 [..., size]: each row a stream of its own
//   output:  int16 [..., size]
//   options: delay_length: by how many samples
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalDelayKey = KernelKey::Custom("SignalDelay", TensorType::INT16);

struct SignalDelay {
  int32_t streams;
  int32_t size;
  int32_t delay;
  uint32_t late_offset;  // int16_t[streams][delay]: what is still to come out, the oldest first.
};

// kInvalidModel: shapes that differ, a missing option or one out of range. kUnsupported: other
// types.
Verdict PrepareSignalDelay(PrepareContext& context);

}  // namespace earshot
