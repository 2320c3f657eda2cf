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
  return PreparePairInt32(context, options->fused_activation_function());
}

}  // namespace earshot
