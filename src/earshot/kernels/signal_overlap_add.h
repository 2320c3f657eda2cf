// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalOverlapAdd, a custom operator of TFLM's Signal library: puts frames together to a stream,
// in which those that overlap are added.
//
//   input:   [..., frames, size]: each row of frames a stream of its own
//   output:  [..., frames * frame_step], of the input's type: int16 sums saturate
//   options: frame_step
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalOverlapAddFloat32Key =
    KernelKey::Custom("SignalOverlapAdd", TensorType::FLOAT32);
constexpr KernelKey kSignalOverlapAddInt16Key =
    KernelKey::Custom("SignalOverlapAdd", TensorType::INT16);

struct SignalOverlapAdd {
  int32_t streams;
  int32_t frames;
  int32_t size;
  int32_t step;
  uint32_t sums_offset;  // [streams][size] of the input's type: what frames to come are added to.
};

// kInvalidModel: shapes that do not fit together, a missing option or one out of range.
// kUnsupported: other types.
Verdict PrepareSignalOverlapAdd(PrepareContext& context);

}  // namespace earshot
