// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/logical.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareLogicalPair(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo b = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input 1: type"_text, b, TensorType::BOOL));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::BOOL));
  Broadcast broadcast;
  EARSHOT_RETURN_IF_ERROR(MakeBroadcast(context, context.input(0), b, output, &broadcast));
  context.SetData(broadcast);
  return Verdict::Ok();
}

Verdict PrepareLogicalNot(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::BOOL));
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  context.SetData(Elementwise{input.count()});
  return Verdict::Ok();
}

Verdict PrepareReduceAll(PrepareContext& context) {
  Reduction reduction;
  EARSHOT_RETURN_IF_ERROR(MakeReduction(context, TensorType::BOOL, &reduction));
  context.SetData(reduction);
  return Verdict::Ok();
}

}  // namespace earshot
