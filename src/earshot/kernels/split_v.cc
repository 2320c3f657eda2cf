// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/split_v.h"

#include "earshot/kernels/axis_slices.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSplitV(PrepareContext& context) {
  const size_t count = context.output_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 3, count));
  const TensorInfo input = context.input(0);
  const TensorInfo sizes = context.input(1);
  const TensorInfo axis = context.input(2);
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "sizes: a constant of type"_text, sizes));
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "axis: a constant of type"_text, axis));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "sizes: number of elements"_text, sizes.count(),
                                     static_cast<int32_t>(count)));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "axis: number of elements"_text, axis.count(), 1));
  const int32_t along = axis.constant<int32_t>()[0];
  EARSHOT_RETURN_IF_ERROR(PrepareAxisSlices(context, input, along, SlicesAre::kOutputs, count));
  for (size_t i = 0; i < count; ++i) {
    const int32_t size = sizes.constant<int32_t>()[i];
    if (size == -1) continue;  // What the others leave over, which the output's shape says.
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: extent"_text, context.output(i).dim(along), size));
  }
  return Verdict::Ok();
}

}  // namespace earshot
