// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/prelu.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict PrepareInteger(PrepareContext& context, TensorType type) {
  PreluInteger data;
  EARSHOT_RETURN_IF_ERROR(
      CheckIntegerPair(context, {type, TensorType::INT8, type}, &data.broadcast));
  const TensorInfo input = context.input(0);
  const TensorInfo slopes = context.input(1);
  const TensorInfo output = context.output(0);
  data.input_zero_point = input.zero_point();
  data.slope_zero_point = slopes.zero_point();
  const PositiveReal input_scale = RealOf(input.scale());
  const PositiveReal output_scale = RealOf(output.scale());
  EARSHOT_RETURN_IF_ERROR(
      MakeMultiplier(context, Quotient(input_scale, output_scale, kDoubleBits), &data.above));
  const PositiveReal product = Product(input_scale, RealOf(slopes.scale()));
  EARSHOT_RETURN_IF_ERROR(
      MakeMultiplier(context, Quotient(product, output_scale, kDoubleBits), &data.below));
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, schema::ActivationFunctionType::NONE, output, &data.output));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PreparePreluInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8);
}

Verdict PreparePreluInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16);
}

}  // namespace earshot
