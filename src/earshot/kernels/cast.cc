// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/cast.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareCast(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  switch (output.type) {
    case TensorType::BOOL:
    case TensorType::FLOAT32:
    case TensorType::INT16:
    case TensorType::INT32:
    case TensorType::INT64:
    case TensorType::INT8:
    case TensorType::UINT32:
    case TensorType::UINT8:
      break;
    default:
      return context.UnsupportedType("output: type"_text, output.type, TensorType::FLOAT32);
  }
  EARSHOT_RETURN_IF_ERROR(CheckSameShape(context, "output: shape"_text, output, input));
  context.SetData(Cast{input.count(), static_cast<int32_t>(output.type)});
  return Verdict::Ok();
}

}  // namespace earshot
