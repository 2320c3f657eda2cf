// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/transpose.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareTranspose(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo order = context.input(1);
  const TensorInfo output = context.output(0);
  const int32_t rank = input.rank();
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "order: a constant of type"_text, order));
  EARSHOT_RETURN_IF_ERROR(CheckCopyRank(context, input));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "order: number of elements"_text, order.count(), rank));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), rank));

  const ByteSteps input_steps(input);
  const ByteSteps output_steps(output);
  CopyPlan plan(ElementBytes(input.type));
  uint32_t seen = 0;  // A bit for each axis of the input.
  for (int32_t i = rank - 1; i >= 0; --i) {
    int32_t axis = order.constant<int32_t>()[static_cast<size_t>(i)];
    EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, rank, &axis));
    if ((seen >> axis & 1u) != 0) return context.Invalid("order: times of an axis"_text, 2, 1);
    seen |= 1u << axis;
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: extent"_text, output.dim(i), input.dim(axis)));
    plan.AddAxis(input.dim(axis), input_steps[axis], output_steps[i]);
  }
  return SetCopy(context, plan);
}

}  // namespace earshot
