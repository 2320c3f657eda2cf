// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reshape.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareReshape(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  if (input.type != output.type) {
    return context.InvalidType("output: type"_text, output.type, input.type);
  }
  EARSHOT_RETURN_IF_ERROR(CheckPlain(context, input));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), input.count()));
  context.SetData(Reshape{static_cast<uint32_t>(input.bytes)});
  return Verdict::Ok();
}

}  // namespace earshot
