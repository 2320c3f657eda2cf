// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/leaky_relu.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareLeakyReluFloat32(PrepareContext& context) {
  const auto* options = context.options<schema::LeakyReluOptions>();
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::FLOAT32));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  context.SetData(LeakyReluFloat32{input.count(), options->alpha()});
  return Verdict::Ok();
}

}  // namespace earshot
