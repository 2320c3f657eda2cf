// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/pad.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PreparePadInt8(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo paddings = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "input: type"_text, input, TensorType::INT8));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, TensorType::INT8));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "input: rank (wanted: at most)"_text, input.rank(), kMaxPadRank));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), input.rank()));
  EARSHOT_RETURN_IF_ERROR(
      CheckConstantInt32(context, "paddings: a constant of type"_text, paddings));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "paddings: number of elements"_text, paddings.count(), 2 * input.rank()));
  EARSHOT_RETURN_IF_ERROR(CheckSameQuantization(context, input, output));

  PadInt8 data = {{1, 1, 1, 1}, {1, 1, 1, 1}, {0, 0, 0, 0}, output.zero_point()};
  const Span<const int32_t> amounts = paddings.constant<int32_t>();
  for (int32_t axis = 0; axis < input.rank(); ++axis) {
    const auto pair = static_cast<size_t>(axis) * 2;
    const int32_t before = amounts[pair];
    const int32_t after = amounts[pair + 1];
    EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "padding (wanted: at least)"_text, before, 0));
    EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "padding (wanted: at least)"_text, after, 0));
    const int64_t extent = int64_t{before} + input.dim(axis) + after;
    if (extent != output.dim(axis)) {
      return context.Invalid("output: extent"_text, output.dim(axis), StatusNumber(extent));
    }
    const int32_t place = axis + kMaxPadRank - input.rank();
    data.input[place] = input.dim(axis);
    data.output[place] = output.dim(axis);
    data.before[place] = before;
  }
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
