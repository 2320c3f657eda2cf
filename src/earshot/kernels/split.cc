// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/split.h"

#include "earshot/kernels/axis_slices.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict ReadAxis(const PrepareContext& context, const TensorInfo& axis, int32_t* along) {
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "axis: a constant of type"_text, axis));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "axis: number of elements"_text, axis.count(), 1));
  *along = axis.constant<int32_t>()[0];
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareSplit(PrepareContext& context) {
  const size_t count = context.output_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2, count));
  int32_t axis = 0;
  EARSHOT_RETURN_IF_ERROR(ReadAxis(context, context.input(0), &axis));
  EARSHOT_RETURN_IF_ERROR(
      PrepareAxisSlices(context, context.input(1), axis, SlicesAre::kOutputs, count));
  for (size_t i = 1; i < count; ++i) {
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: extent"_text, context.output(i).dim(axis),
                                       context.output(0).dim(axis)));
  }
  return Verdict::Ok();
}

Verdict PrepareSplitV(PrepareContext& context) {
  const size_t count = context.output_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 3, count));
  const TensorInfo sizes = context.input(1);
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "sizes: a constant of type"_text, sizes));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "sizes: number of elements"_text, sizes.count(),
                                     static_cast<int32_t>(count)));
  int32_t axis = 0;
  EARSHOT_RETURN_IF_ERROR(ReadAxis(context, context.input(2), &axis));
  EARSHOT_RETURN_IF_ERROR(
      PrepareAxisSlices(context, context.input(0), axis, SlicesAre::kOutputs, count));
  for (size_t i = 0; i < count; ++i) {
    const int32_t size = sizes.constant<int32_t>()[i];
    if (size == -1) continue;  // What the others leave over, which the output's shape says.
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: extent"_text, context.output(i).dim(axis), size));
  }
  return Verdict::Ok();
}

}  // namespace earshot
