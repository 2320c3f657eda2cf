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
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, input.type));
  EARSHOT_RETURN_IF_ERROR(CheckEqualQuantization(context, input, output));
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "order: a constant of type"_text, order));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "input: rank (wanted: at most)"_text, rank, kMaxCopyRank));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "order: number of elements"_text, order.count(), rank));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), rank));

  int32_t steps[kMaxCopyRank] = {};  // Along the input's axes.
  int32_t step = 1;
  for (int32_t axis = rank - 1; axis >= 0; --axis) {
    steps[axis] = step;
    step *= input.dim(axis);
  }
  StridedCopy copy = {0, {1, 1, 1, 1}, {1, 1, 1, 1}};
  uint32_t seen = 0;  // A bit for each axis of the input.
  for (int32_t i = 0; i < rank; ++i) {
    int32_t axis = order.constant<int32_t>()[static_cast<size_t>(i)];
    EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, rank, &axis));
    if ((seen >> axis & 1u) != 0) return context.Invalid("order: times of an axis"_text, 2, 1);
    seen |= 1u << axis;
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: extent"_text, output.dim(i), input.dim(axis)));
    copy.output[i + kMaxCopyRank - rank] = input.dim(axis);
    copy.step[i + kMaxCopyRank - rank] = steps[axis];
  }
  context.SetData(copy);
  return Verdict::Ok();
}

}  // namespace earshot
