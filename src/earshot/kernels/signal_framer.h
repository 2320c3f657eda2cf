// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SignalFramer, a custom operator of TFLM's Signal library: cuts a stream into frames that overlap.
//
//   input:    int16 [..., steps * frame_step]: each row a stream of its own
//   output 0: int16 [..., steps, frame_size]: behind each step the last frame_size samples, 0 as
//   long
//             as there are not so many
//   output 1: bool, one: whether all frames of output 0 are complete
//   options:  frame_size, frame_step; prefill: whether each stream begins with
//             frame_size - frame_step zeros
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kSignalFramerKey = KernelKey::Custom("SignalFramer", TensorType::INT16);

struct SignalFramer {
  int32_t streams;
  int32_t steps;
  int32_t frame_size;
  int32_t frame_step;
  int32_t start_count;     // Samples, all 0, that each stream has at first.
  int32_t capacity;        // Of each stream: all samples that ever wait.
  uint32_t count_offset;   // int32_t: how many samples of each stream are waiting.
  uint32_t stream_offset;  // int16_t[streams][capacity], the oldest first.
};

// kInvalidModel: shapes that do not fit together, a missing option or one out of range.
// kUnsupported: other types.
Verdict PrepareSignalFramer(PrepareContext& context);

}  // namespace earshot
