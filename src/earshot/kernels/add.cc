// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/add.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

using schema::ActivationFunctionType;

Verdict PrepareTyped(PrepareContext& context, TensorType type) {
  const auto* options = context.options<schema::AddOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PrepareSum(context, type, options->fused_activation_function());
}

}  // namespace

Verdict PrepareAddInt8(PrepareContext& context) { return PrepareTyped(context, TensorType::INT8); }
Verdict PrepareAddInt16(PrepareContext& context) {
  return PrepareTyped(context, TensorType::INT16);
}

Verdict PrepareAddUint8(PrepareContext& context) {
  return PrepareTyped(context, TensorType::UINT8);
}

Verdict PrepareAddFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::AddOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PreparePairFloat32(context, options->fused_activation_function());
}

Verdict MakeCommonScale(const PrepareContext& context, TensorType type, AddInteger* data,
                        PositiveReal* twice_larger) {
  EARSHOT_RETURN_IF_ERROR(CheckIntegerPair(context, {type, type, type}, &data->broadcast));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  data->zero_point_a = a.zero_point();
  data->zero_point_b = b.zero_point();
  const PositiveReal scale_a = RealOf(a.scale());
  const PositiveReal scale_b = RealOf(b.scale());
  const bool a_is_larger = FloatBits(a.scale()) > FloatBits(b.scale());
  *twice_larger = TimesPowerOfTwo(a_is_larger ? scale_a : scale_b, 1);
  data->multiplier_a = QuantizeMultiplier(Quotient(scale_a, *twice_larger, kDoubleBits));
  data->multiplier_b = QuantizeMultiplier(Quotient(scale_b, *twice_larger, kDoubleBits));
  return Verdict::Ok();
}

Verdict PrepareSum(PrepareContext& context, TensorType type, ActivationFunctionType activation) {
  AddInteger data;
  PositiveReal twice_larger;
  EARSHOT_RETURN_IF_ERROR(MakeCommonScale(context, type, &data, &twice_larger));
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(MakeIntegerOutput(context, activation, output, &data.output));
  const int32_t shift = type == TensorType::INT16 ? kAddLeftShift<int16_t> : kAddLeftShift<int8_t>;
  const PositiveReal common_to_output =
      Quotient(twice_larger, TimesPowerOfTwo(RealOf(output.scale()), shift), kDoubleBits);
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, common_to_output, &data.multiplier_sum));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
