// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/sub.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict PrepareTyped(PrepareContext& context, TensorType type) {
  const auto* options = context.options<schema::SubOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PrepareSum(context, type, options->fused_activation_function());
}

}  // namespace

Verdict PrepareSubInt8(PrepareContext& context) { return PrepareTyped(context, TensorType::INT8); }
Verdict PrepareSubInt16(PrepareContext& context) {
  return PrepareTyped(context, TensorType::INT16);
}

Verdict PrepareSubFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::SubOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PreparePairFloat32(context, options->fused_activation_function());
}

}  // namespace earshot
