// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/mul.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

namespace {

Verdict PrepareInteger(PrepareContext& context, TensorType type) {
  const auto* options = context.options<schema::MulOptions>();
  if (options == nullptr) return MissingOptions(context);
  MulInteger data;
  EARSHOT_RETURN_IF_ERROR(CheckIntegerPair(context, {type, type, type}, &data.broadcast));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  if (type == TensorType::INT16) EARSHOT_RETURN_IF_ERROR(CheckNoZeroPoints(context));
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, options->fused_activation_function(), output, &data.output));
  data.zero_point_a = a.zero_point();
  data.zero_point_b = b.zero_point();
  const PositiveReal ratio =
      Quotient(Product(RealOf(a.scale()), RealOf(b.scale())), RealOf(output.scale()), kDoubleBits);
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, ratio, &data.multiplier));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareMulInt8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT8);
}

Verdict PrepareMulInt16(PrepareContext& context) {
  return PrepareInteger(context, TensorType::INT16);
}

Verdict PrepareMulUint8(PrepareContext& context) {
  return PrepareInteger(context, TensorType::UINT8);
}

Verdict PrepareMulFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::MulOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PreparePairFloat32(context, options->fused_activation_function());
}

}  // namespace earshot
