// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/tile.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// Repeats the input along each axis as often as it fits into the output.
Verdict PrepareRepeats(PrepareContext& context, const TensorInfo& input, const TensorInfo& output) {
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckCopyRank(context, output));
  const int32_t missing = output.rank() - input.rank();
  const ByteSteps output_steps(output);
  auto input_step = static_cast<int32_t>(ElementBytes(input.type));
  CopyPlan plan(ElementBytes(input.type));
  for (int32_t axis = output.rank() - 1; axis >= 0; --axis) {
    const int32_t own = axis < missing ? 1 : input.dim(axis - missing);
    EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "input: extent (wanted: at least)"_text, own, 1));
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: remainder to the input's extent"_text,
                                       output.dim(axis) % own, 0));
    plan.AddAxis(own, input_step, output_steps[axis]);
    plan.AddAxis(output.dim(axis) / own, 0, own * output_steps[axis]);
    input_step *= own;
  }
  return SetCopy(context, plan);
}

}  // namespace

Verdict PrepareBroadcastTo(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckSaysShape(context, context.input(1), output));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtLeast(context, "output: rank (wanted: at least)"_text, output.rank(), input.rank()));
  for (int32_t axis = -1; axis >= -input.rank(); --axis) {
    if (input.dim(axis) == 1) continue;
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: extent"_text, output.dim(axis), input.dim(axis)));
  }
  return PrepareRepeats(context, input, output);
}

Verdict PrepareTile(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo times = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), input.rank()));
  if (times.is_constant()) {
    EARSHOT_RETURN_IF_ERROR(CheckConstantIntegers(context, "times: type"_text, times));
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "times: number of elements"_text, times.count(), input.rank()));
    for (int32_t axis = 0; axis < input.rank(); ++axis) {
      const int64_t extent = int64_t{StatusNumber(ConstantInteger(times, axis))} * input.dim(axis);
      EARSHOT_RETURN_IF_ERROR(
          CheckSameNumber(context, "output: extent"_text, output.dim(axis), extent));
    }
  }
  return PrepareRepeats(context, input, output);
}

}  // namespace earshot
