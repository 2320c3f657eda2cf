// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/concatenation.h"

#include "earshot/kernels/axis_slices.h"
#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareConcatenation(PrepareContext& context) {
  const size_t count = context.input_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, count, count));
  const auto* options = context.options<schema::ConcatenationOptions>();
  if (options == nullptr) return MissingOptions(context);
  if (options->fused_activation_function() != schema::ActivationFunctionType::NONE) {
    return context.Unsupported("activation function"_text,
                               static_cast<int32_t>(options->fused_activation_function()), 0);
  }
  return PrepareAxisSlices(context, context.output(0), options->axis(), SlicesAre::kInputs, count);
}

}  // namespace earshot
