// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_overlap_add.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalOverlapAdd(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, input.type));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "input: rank"_text, input.rank(), 2));
  SignalOverlapAdd data = {0, input.dim(-2), input.dim(-1), 0, 0};
  data.streams = input.count() / (data.frames * data.size);
  EARSHOT_RETURN_IF_ERROR(ReadOption(
      context, "frame_step", "frame_step: out of range, nearest"_text, 1, data.size, &data.step));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: number of elements"_text, output.count(),
                                     data.streams * data.frames * data.step));
  const size_t words =
      (input.bytes / static_cast<size_t>(data.frames) + sizeof(uint32_t) - 1) / sizeof(uint32_t);
  context.ReserveArray<uint32_t>(words, &data.sums_offset);
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
