// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/mul.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareMulInt8(PrepareContext& context) {
  const auto* options = context.options<schema::MulOptions>();
  if (options == nullptr) return MissingOptions(context);
  MulInt8 data;
  EARSHOT_RETURN_IF_ERROR(CheckInt8Pair(context, &data.broadcast));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
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

Verdict PrepareMulFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::MulOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PreparePairFloat32(context, options->fused_activation_function());
}

}  // namespace earshot
