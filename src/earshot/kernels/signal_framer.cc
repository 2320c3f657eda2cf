// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_framer.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

constexpr int32_t kLongest = 1 << 20;  // Samples: a minute, and products stay in 64 bits.

Verdict ReadOptions(const PrepareContext& context, SignalFramer* framer) {
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "frame_size",
                                     "frame_size: out of range, nearest"_text, 1, kLongest,
                                     &framer->frame_size));
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "frame_step",
                                     "frame_step: out of range, nearest"_text, 1, kLongest,
                                     &framer->frame_step));
  int32_t prefill = 0;
  EARSHOT_RETURN_IF_ERROR(
      ReadOption(context, "prefill", "prefill: out of range, nearest"_text, 0, 1, &prefill));
  if (prefill == 0) return Verdict::Ok();
  framer->start_count = framer->frame_size - framer->frame_step;
  return CheckAtLeast(context, "prefill: samples"_text, framer->start_count, 0);
}

}  // namespace

Verdict PrepareSignalFramer(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT16));
  EARSHOT_RETURN_IF_ERROR(CheckTruth(context, "output 1: type"_text, context.output(1)));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "input: rank"_text, input.rank(), 1));
  SignalFramer framer = {};
  EARSHOT_RETURN_IF_ERROR(ReadOptions(context, &framer));
  framer.streams = input.count() / input.dim(-1);
  framer.steps = input.dim(-1) / framer.frame_step;
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "input: samples of whole steps"_text, input.dim(-1),
                                     framer.steps * framer.frame_step));
  EARSHOT_RETURN_IF_ERROR(
      CheckSameNumber(context, "output: number of elements"_text, output.count(),
                      int64_t{framer.streams} * framer.steps * framer.frame_size));
  // Whenever a step comes, less than a frame is waiting.
  framer.capacity = framer.frame_size - 1 + framer.frame_step;
  context.ReserveArray<int32_t>(1, &framer.count_offset);
  context.ReserveArray<int16_t>(
      static_cast<size_t>(framer.streams) * static_cast<size_t>(framer.capacity),
      &framer.stream_offset);
  context.SetData(framer);
  return Verdict::Ok();
}

}  // namespace earshot
