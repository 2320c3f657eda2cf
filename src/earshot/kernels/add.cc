// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/add.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareAddInt8(PrepareContext& context) {
  const auto* options = context.options<schema::AddOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PrepareSumInt8(context, options->fused_activation_function());
}

Verdict PrepareAddFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::AddOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PreparePairFloat32(context, options->fused_activation_function());
}

Verdict PrepareSumInt8(PrepareContext& context, schema::ActivationFunctionType activation) {
  AddInt8 data;
  EARSHOT_RETURN_IF_ERROR(CheckInt8Pair(context, &data.broadcast));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(MakeIntegerOutput(context, activation, output, &data.output));
  data.zero_point_a = a.zero_point();
  data.zero_point_b = b.zero_point();
  const PositiveReal scale_a = RealOf(a.scale());
  const PositiveReal scale_b = RealOf(b.scale());
  const bool a_is_larger = FloatBits(a.scale()) > FloatBits(b.scale());
  const PositiveReal twice_larger = TimesPowerOfTwo(a_is_larger ? scale_a : scale_b, 1);
  data.multiplier_a = QuantizeMultiplier(Quotient(scale_a, twice_larger, kDoubleBits));
  data.multiplier_b = QuantizeMultiplier(Quotient(scale_b, twice_larger, kDoubleBits));
  const PositiveReal common_to_output =
      Quotient(twice_larger, TimesPowerOfTwo(RealOf(output.scale()), kAddLeftShift), kDoubleBits);
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, common_to_output, &data.multiplier_sum));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
