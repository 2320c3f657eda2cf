// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/squared_difference.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict PrepareInteger(PrepareContext& context, TensorType type, int32_t left_shift) {
  AddInteger data;
  PositiveReal twice_larger;
  EARSHOT_RETURN_IF_ERROR(MakeCommonScale(context, type, &data, &twice_larger));
  if (type == TensorType::INT16) EARSHOT_RETURN_IF_ERROR(CheckNoZeroPoints(context));
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, schema::ActivationFunctionType::NONE, output, &data.output));
  const PositiveReal square = Product(twice_larger, twice_larger);
  const PositiveReal output_scale = TimesPowerOfTwo(RealOf(output.scale()), 2 * left_shift);
  EARSHOT_RETURN_IF_ERROR(
      MakeMultiplier(context, Quotient(square, output_scale, kDoubleBits), &data.multiplier_sum));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareSquaredDifferenceInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8, kSquareLeftShift<int8_t>);
}

Verdict PrepareSquaredDifferenceInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16, kSquareLeftShift<int16_t>);
}

}  // namespace earshot
