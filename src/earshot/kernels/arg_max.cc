// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/arg_max.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareArgMax(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo axes = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT32));
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "axis: a constant of type"_text, axes));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "axis: number of elements"_text, axes.count(), 1));
  int32_t axis = axes.constant<int32_t>()[0];
  EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, input.rank(), &axis));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: rank"_text, output.rank(), input.rank() - 1));
  ArgMax data = {1, input.dim(axis), 1};
  for (int32_t i = 0; i < input.rank(); ++i) {
    if (i == axis) continue;
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: extent"_text, output.dim(i < axis ? i : i - 1), input.dim(i)));
    (i < axis ? data.outer : data.inner) *= input.dim(i);
  }
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
