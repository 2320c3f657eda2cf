// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalStacker, a custom operator of TFLM's Signal library: stacks each of a stream's feature
// frames on those around it.
//
//   input:    int16 [num_channels]
//   output 0: int16 [(left + 1 + right) * num_channels], the oldest first; 0 unless output 1
//   output 1: bool, one: whether output 0 is new
//   options:  num_channels; stacker_left_context: left, stacker_right_context: right;
//             stacker_step: so many inputs make one output
//
// The first frame stands for the `left` ones that were not before it.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: stacker_step is at most left + 1 + right.
constexpr KernelKey kSignalStackerKey = KernelKey::Custom("SignalStacker", TensorType::INT16);

struct SignalStacker {
  int32_t channels;
  int32_t left_context;
  int32_t frames;  // Of an output.
  int32_t step;
  uint32_t count_offset;   // int32_t: how many frames are waiting.
  uint32_t frames_offset;  // int16_t[frames][channels], the oldest first.
};

// kInvalidModel: shapes that do not fit together, a missing option or one out of range.
// kUnsupported: other types, a longer step.
Verdict PrepareSignalStacker(PrepareContext& context);

}  // namespace earshot
