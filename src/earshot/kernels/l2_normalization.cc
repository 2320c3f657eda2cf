// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/l2_normalization.h"

#include "earshot/kernels/prepare_checks.h"
#include "earshot/kernels/softmax.h"

namespace earshot {

Verdict PrepareL2NormalizationFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::L2NormOptions>();
  if (options == nullptr) return MissingOptions(context);
  if (options->fused_activation_function() != schema::ActivationFunctionType::NONE) {
    return context.Unsupported("fused activation function"_text,
                               static_cast<int32_t>(options->fused_activation_function()), 0);
  }
  return PrepareLogSoftmaxFloat32(context);
}

}  // namespace earshot
