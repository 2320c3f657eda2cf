// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/signal_delay.h"

#include "earshot/kernels/custom_options.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSignalDelay(PrepareContext& context) {
  constexpr int32_t kLongest = 1 << 20;  // A minute.
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT16));
  EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "input: rank"_text, input.rank(), 1));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), input.count()));
  SignalDelay data = {input.count() / input.dim(-1), input.dim(-1), 0, 0};
  EARSHOT_RETURN_IF_ERROR(ReadOption(context, "delay_length",
                                     "delay_length: out of range, nearest"_text, 0, kLongest,
                                     &data.delay));
  const int64_t late = int64_t{data.streams} * data.delay;
  if (late > INT32_MAX) return context.Invalid("samples of all delays"_text, INT32_MAX, kLongest);
  context.ReserveArray<int16_t>(static_cast<size_t>(late), &data.late_offset);
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
