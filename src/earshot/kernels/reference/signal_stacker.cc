// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_stacker.h"

#include <cstdint>

#include "earshot/kernels/reference/elements.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeSignalStacker(const InvokeContext& context) {
  const auto& stacker = context.data<SignalStacker>();
  const int32_t channels = stacker.channels;
  const int32_t size = stacker.frames * channels;
  const auto* frame = context.input<int16_t>(0);
  auto* stack = context.output<int16_t>(0);
  auto* frames = context.state<int16_t>(stacker.frames_offset);
  auto& count = *context.state<int32_t>(stacker.count_offset);
  int32_t copies = 1;
  if (context.starts_anew()) {
    count = 0;
    copies += stacker.left_context;
  }
  for (; copies > 0; --copies) MoveElements(frame, channels, frames + count++ * channels);
  const bool is_full = count == stacker.frames;
  *context.output<uint8_t>(1) = is_full ? 1 : 0;
  if (!is_full) {
    ClearElements(stack, size);
    return;
  }
  MoveElements(frames, size, stack);
  MoveElements(frames + stacker.step * channels, size - stacker.step * channels, frames);
  count -= stacker.step;
}

}  // namespace

const Kernel kSignalStacker = {kSignalStackerKey, PrepareSignalStacker, InvokeSignalStacker};

}  // namespace earshot::reference
