// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/add_n.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareAddNFloat32(PrepareContext& context) {
  constexpr size_t kFewestInputs = 2;
  const size_t inputs = context.input_count();
  const size_t required = inputs < kFewestInputs ? kFewestInputs : inputs;
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, required, required));
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::FLOAT32));
  for (size_t i = 0; i < inputs; ++i) {
    const TensorInfo input = context.input(i);
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, TensorType::FLOAT32));
    EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "input: shape"_text, input, output));
  }
  context.SetData(AddN{output.count(), static_cast<int32_t>(inputs)});
  return Verdict::Ok();
}

}  // namespace earshot
