// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/shape.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareShape(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 1, 1));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  Shape shape = {input.rank(), 0};
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT32));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: number of elements"_text, output.count(), shape.rank));
  int32_t axis = 0;
  const auto rank = static_cast<size_t>(shape.rank);
  for (int32_t& extent : context.AllocateArray<int32_t>(rank, &shape.extents_offset)) {
    extent = input.dim(axis++);
  }
  context.SetData(shape);
  return Verdict::Ok();
}

}  // namespace earshot
