// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/l2_normalization.h"

#include "earshot/kernels/prepare_checks.h"
#include "earshot/runtime/positive_real.h"

namespace earshot {
namespace {

Verdict CheckOptions(const PrepareContext& context) {
  const auto* options = context.options<schema::L2NormOptions>();
  if (options == nullptr) return MissingOptions(context);
  if (options->fused_activation_function() != schema::ActivationFunctionType::NONE) {
    return context.Unsupported("fused activation function"_text,
                               static_cast<int32_t>(options->fused_activation_function()), 0);
  }
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareL2NormalizationFloat32(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckOptions(context));
  return PrepareLogSoftmaxFloat32(context);
}

Verdict PrepareL2NormalizationInt8(PrepareContext& context) {
  constexpr float kScale = 1.0f / 128;
  constexpr int32_t kMaxDepth = 33025;  // 2^31 / 255^2
  EARSHOT_RETURN_IF_ERROR(CheckOptions(context));
  L2NormalizationInt8 data;
  EARSHOT_RETURN_IF_ERROR(
      CheckSoftmaxTensors(context, TensorType::INT8, TensorType::INT8, &data.shape));
  EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "input: last extent (wanted: at most)"_text,
                                      data.shape.depth, kMaxDepth));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "input: number of scales"_text, input));
  EARSHOT_RETURN_IF_ERROR(CheckPerTensor(context, "output: number of scales"_text, output));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: zero point"_text, output.zero_point(), 0));
  if (FloatBits(output.scale()) != FloatBits(kScale)) {
    return context.InvalidScale("output: scale"_text, output.scale(), kScale);
  }
  data.input_zero_point = input.zero_point();
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
