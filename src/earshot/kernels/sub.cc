// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/sub.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareSubInt8(PrepareContext& context) {
  const auto* options = context.options<schema::SubOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PrepareSumInt8(context, options->fused_activation_function());
}

Verdict PrepareSubFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::SubOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PreparePairFloat32(context, options->fused_activation_function());
}

}  // namespace earshot
