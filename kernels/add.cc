// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "kernels/add.h"

#include "kernels/checks.h"

namespace earshot {

Status PrepareAddInt8(PrepareContext& context) {
  const auto* options = context.options<schema::AddOptions>(schema::BuiltinOptions::AddOptions);
  if (options == nullptr) return MissingOptions(context);
  AddInt8 data;
  EARSHOT_RETURN_IF_ERROR(CheckInt8Pair(context, &data.broadcast));
  const TensorInfo a = context.input(0);
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(
      MakeInt8Output(context, options->fused_activation_function(), output, &data.output));
  data.zero_point_a = a.zero_point();
  data.zero_point_b = b.zero_point();
  const auto scale_a = static_cast<double>(a.scale());
  const auto scale_b = static_cast<double>(b.scale());
  const double twice_larger = 2 * (scale_a > scale_b ? scale_a : scale_b);
  data.multiplier_a = QuantizeMultiplier(scale_a / twice_larger);
  data.multiplier_b = QuantizeMultiplier(scale_b / twice_larger);
  const double common_to_output =
      twice_larger / ((1 << kAddLeftShift) * static_cast<double>(output.scale()));
  EARSHOT_RETURN_IF_ERROR(MakeMultiplier(context, common_to_output, &data.multiplier_sum));
  context.SetData(data);
  return OkStatus();
}

}  // namespace earshot
