// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/pack.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PreparePack(PrepareContext& context) {
  const size_t count = context.input_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, count, count));
  const auto* options = context.options<schema::PackOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PrepareStackedSlices(context, context.output(0), options->axis(), SlicesAre::kInputs,
                              count);
}

Verdict PrepareUnpack(PrepareContext& context) {
  const size_t count = context.output_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1, count));
  const auto* options = context.options<schema::UnpackOptions>();
  if (options == nullptr) return MissingOptions(context);
  return PrepareStackedSlices(context, context.input(0), options->axis(), SlicesAre::kOutputs,
                              count);
}

}  // namespace earshot
