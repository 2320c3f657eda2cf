// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/add_n.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict MakeAddN(const PrepareContext& context, TensorType type, AddN* shape) {
  constexpr size_t kFewestInputs = 2;
  const size_t inputs = context.input_count();
  const size_t required = inputs < kFewestInputs ? kFewestInputs : inputs;
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, required, required));
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, type));
  for (size_t i = 0; i < inputs; ++i) {
    const TensorInfo input = context.input(i);
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, type));
    EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "input: shape"_text, input, output));
  }
  *shape = {output.count(), static_cast<int32_t>(inputs)};
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareAddNFloat32(PrepareContext& context) {
  AddN shape;
  EARSHOT_RETURN_IF_ERROR(MakeAddN(context, TensorType::FLOAT32, &shape));
  context.SetData(shape);
  return Verdict::Ok();
}

Verdict PrepareAddNInt8(PrepareContext& context) {
  AddNInt8 data;
  EARSHOT_RETURN_IF_ERROR(MakeAddN(context, TensorType::INT8, &data.shape));
  const TensorInfo first = context.input(0);
  for (size_t i = 1; i < context.input_count(); ++i) {
    EARSHOT_RETURN_IF_ERROR(CheckEqualQuantization(context, context.input(i), first));
  }
  EARSHOT_RETURN_IF_ERROR(MakeInt8Sum(context, first, context.output(0), &data.sum));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
