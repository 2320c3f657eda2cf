// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/cumsum.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict MakeCumsum(const PrepareContext& context, Cumsum* cumsum) {
  const auto* options = context.options<schema::CumsumOptions>();
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo axis_tensor = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, input.type));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  EARSHOT_RETURN_IF_ERROR(
      CheckConstantInt32(context, "axis: a constant of type"_text, axis_tensor));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "axis: number of elements"_text, axis_tensor.count(), 1));
  int32_t axis = axis_tensor.constant<int32_t>()[0];
  EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, input.rank(), &axis));
  *cumsum = {1, input.dim(axis), 1, options->exclusive() ? 1 : 0, options->reverse() ? 1 : 0};
  for (int32_t i = 0; i < axis; ++i) cumsum->outer *= input.dim(i);
  for (int32_t i = axis + 1; i < input.rank(); ++i) cumsum->inner *= input.dim(i);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareCumsumFloat32(PrepareContext& context) {
  Cumsum data;
  EARSHOT_RETURN_IF_ERROR(MakeCumsum(context, &data));
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareCumsumInt8(PrepareContext& context) {
  CumsumInt8 data;
  EARSHOT_RETURN_IF_ERROR(MakeCumsum(context, &data.cumsum));
  EARSHOT_RETURN_IF_ERROR(MakeInt8Sum(context, context.input(0), context.output(0), &data.sum));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
