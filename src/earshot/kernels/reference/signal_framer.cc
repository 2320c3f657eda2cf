// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_framer.h"

#include <cstdint>

#include "earshot/kernels/reference/elements.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Takes a step into one stream of `count` samples, and the frame out of it if there is one. Gives
// how many samples are left.
int32_t TakeStep(const SignalFramer& framer, const int16_t* step, int16_t* stream, int32_t count,
                 int16_t* frame) {
  MoveElements(step, framer.frame_step, stream + count);
  count += framer.frame_step;
  if (count < framer.frame_size) {
    ClearElements(frame, framer.frame_size);
    return count;
  }
  MoveElements(stream, framer.frame_size, frame);
  MoveElements(stream + framer.frame_step, count - framer.frame_step, stream);
  return count - framer.frame_step;
}

void InvokeSignalFramer(const InvokeContext& context) {
  const auto& framer = context.data<SignalFramer>();
  const auto* step = context.input<int16_t>(0);
  auto* frame = context.output<int16_t>(0);
  auto* stream = context.state<int16_t>(framer.stream_offset);
  auto& count = *context.state<int32_t>(framer.count_offset);
  if (context.starts_anew()) {
    count = framer.start_count;
    ClearElements(stream, framer.streams * framer.capacity);
  }
  // The first frame is the first to be complete.
  *context.output<uint8_t>(1) = count + framer.frame_step >= framer.frame_size ? 1 : 0;
  int32_t left = count;
  for (int32_t i = 0; i < framer.streams; ++i, stream += framer.capacity) {
    left = count;
    for (int32_t k = 0; k < framer.steps; ++k) {
      left = TakeStep(framer, step, stream, left, frame);
      step += framer.frame_step;
      frame += framer.frame_size;
    }
  }
  count = left;
}

}  // namespace

const Kernel kSignalFramer = {kSignalFramerKey, PrepareSignalFramer, InvokeSignalFramer};

}  // namespace earshot::reference
