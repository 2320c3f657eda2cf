// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_stacker.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalStacker(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1, 2));
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT16));
  EARSHOT_RETURN_IF_ERROR(CheckTruth(context, "output 1: type"_text, context.output(1)));
  SignalStacker stacker = {};
  int32_t right_context = 0;
  const auto read = [&context](const char* name, int32_t lowest, int32_t* value) {
    return ReadOption(context, name, "an option: out of range, nearest"_text, lowest, INT16_MAX,
                      value);
  };
  EARSHOT_RETURN_IF_ERROR(read("num_channels", 1, &stacker.channels));
  EARSHOT_RETURN_IF_ERROR(read("stacker_left_context", 0, &stacker.left_context));
  EARSHOT_RETURN_IF_ERROR(read("stacker_right_context", 0, &right_context));
  EARSHOT_RETURN_IF_ERROR(read("stacker_step", 1, &stacker.step));
  stacker.frames = stacker.left_context + 1 + right_context;
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "stacker_step (wanted: at most)"_text, stacker.step, stacker.frames));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "input: number of elements"_text,
                                     context.input(0).count(), stacker.channels));
  EARSHOT_RETURN_IF_ERROR(CheckSameNumber(context, "output: number of elements"_text,
                                          output.count(),
                                          int64_t{stacker.frames} * stacker.channels));
  context.ReserveArray<int32_t>(1, &stacker.count_offset);
  context.ReserveArray<int16_t>(static_cast<size_t>(output.count()), &stacker.frames_offset);
  context.SetData(stacker);
  return Verdict::Ok();
}

}  // namespace earshot
