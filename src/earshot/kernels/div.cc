// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/div.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareDivFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::DivOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PreparePairFloat32(context, options->fused_activation_function());
}

Verdict PrepareDivInt32(PrepareContext& context) {
  const auto* options = context.options<schema::DivOptions>();
  if (options == nullptr) return MissingOptions(context);
  DivInt32 data;
  EARSHOT_RETURN_IF_ERROR(CheckPlainPair(context, TensorType::INT32, &data.broadcast));
  FloatRange range;
  EARSHOT_RETURN_IF_ERROR(MakeFloatRange(context, options->fused_activation_function(), &range));
  // Where there is no limit, float's is beyond those of int32.
  constexpr float kMost = 6.0f;
  data.lowest = range.lowest < -kMost ? INT32_MIN : static_cast<int32_t>(range.lowest);
  data.highest = range.highest > kMost ? INT32_MAX : static_cast<int32_t>(range.highest);
  context.SetData(data);
  return Verdict::Ok();
}

Verdict PrepareDivInt8(PrepareContext& context) {
  constexpr int32_t kMostShift = 23;  // What the dividend's free bits take away again at least.
  const auto* options = context.options<schema::DivOptions>();
  if (options == nullptr) return MissingOptions(context);
  MulInteger data;
  EARSHOT_RETURN_IF_ERROR(CheckInt8Pair(context, &data.broadcast));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(
      MakeIntegerOutput(context, options->fused_activation_function(), output, &data.output));
  data.zero_point_a = a.zero_point();
  data.zero_point_b = b.zero_point();
  // Both steps are float's in the format's reference.
  const PositiveReal divisor = RoundedToFloat(Product(RealOf(b.scale()), RealOf(output.scale())));
  if (divisor.mantissa == 0) {
    return context.UnsupportedScale("output: scale"_text, output.scale(), 1.0f);
  }
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, Quotient(RealOf(a.scale()), divisor, kFloatBits),
                                         &data.multiplier, kMostShift));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
