// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/fill.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

void SetFill(PrepareContext& context) {
  const TensorInfo output = context.output(0);
  context.SetData(
      Fill{static_cast<uint32_t>(output.bytes), static_cast<uint32_t>(ElementBytes(output.type))});
}

}  // namespace

Verdict PrepareFill(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo element = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckSaysShape(context, context.input(0), output));
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, element));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "value: number of elements"_text, element.count(), 1));
  SetFill(context);
  return Verdict::Ok();
}

Verdict PrepareZerosLike(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckPlain(context, input));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, input.type));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  SetFill(context);
  return Verdict::Ok();
}

}  // namespace earshot
