// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reverse.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareReverseV2(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo axes = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckCopyRank(context, input));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "axes: a constant of type"_text, axes));
  uint32_t reversed = 0;  // A bit for each axis.
  for (int32_t axis : axes.constant<int32_t>()) {
    EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, input.rank(), &axis));
    reversed |= 1u << axis;
  }
  const ByteSteps steps(input);
  CopyPlan plan(ElementBytes(input.type));
  int32_t begin = 0;
  for (int32_t axis = input.rank() - 1; axis >= 0; --axis) {
    const bool backward = (reversed >> axis & 1u) != 0;
    if (backward) begin += (input.dim(axis) - 1) * steps[axis];
    plan.AddAxis(input.dim(axis), backward ? -steps[axis] : steps[axis], steps[axis]);
  }
  return SetCopy(context, plan, begin);
}

}  // namespace earshot
