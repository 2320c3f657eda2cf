// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Models of one operator that keeps a part of its stream.
#pragma once

#include <cstdint>
#include <vector>

#include "tests/kernels/signal_model.h"

namespace earshot::test {

inline TensorSpec Truth() { return {{}, TensorType::BOOL}; }

// `streams` of `steps` steps each.
inline SignalOperator Framer(int32_t streams, int32_t steps, int32_t size, int32_t step,
                             bool prefill) {
  return {"SignalFramer",
          {{{streams, steps * step}, TensorType::INT16}},
          {{{streams, steps, size}, TensorType::INT16}, Truth()},
          {{"frame_size", size}, {"frame_step", step}, {"prefill", prefill ? 1 : 0}}};
}

inline SignalOperator Stacker(int32_t channels, int32_t left, int32_t right, int32_t step) {
  return {"SignalStacker",
          {{{channels}, TensorType::INT16}},
          {{{(left + 1 + right) * channels}, TensorType::INT16}, Truth()},
          {{"num_channels", channels},
           {"stacker_left_context", left},
           {"stacker_right_context", right},
           {"stacker_step", step}}};
}

inline SignalOperator Delay(int32_t streams, int32_t size, int32_t delay) {
  const TensorSpec tensor = {{streams, size}, TensorType::INT16};
  return {"SignalDelay", {tensor}, {tensor}, {{"delay_length", delay}}};
}

inline SignalOperator OverlapAdd(TensorType type, int32_t streams, int32_t frames, int32_t size,
                                 int32_t step) {
  return {"SignalOverlapAdd",
          {{{streams, frames, size}, type}},
          {{{streams, frames * step}, type}},
          {{"T", static_cast<int64_t>(type)}, {"frame_step", step}}};
}

// `cycles` of 0: the option is left out.
inline SignalOperator Ring(int32_t slots, int32_t width, int32_t depth, int32_t cycles,
                           bool tells = true, int32_t zero_point = -3) {
  SignalOperator op = {"CIRCULAR_BUFFER",
                       {{{1, 1, width, depth}, TensorType::INT8, {0.5f}, {zero_point}}},
                       {{{1, slots, width, depth}, TensorType::INT8, {0.5f}, {zero_point}}}};
  op.outputs[0].is_variable = true;
  if (tells) op.outputs.push_back(Truth());
  if (cycles != 0) op.options = {{"cycles_max", cycles}};
  return op;
}

}  // namespace earshot::test
