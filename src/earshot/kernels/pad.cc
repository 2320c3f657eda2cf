// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/pad.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict PlanInside(PrepareContext& context, const TensorInfo& input, const TensorInfo& output,
                   StridedCopy* inside) {
  const TensorInfo paddings = context.input(1);
  EARSHOT_RETURN_IF_ERROR(CheckCopyRank(context, input));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), input.rank()));
  EARSHOT_RETURN_IF_ERROR(
      CheckConstantInt32(context, "paddings: a constant of type"_text, paddings));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "paddings: number of elements"_text, paddings.count(), 2 * input.rank()));
  const ByteSteps input_steps(input);
  const ByteSteps output_steps(output);
  const Span<const int32_t> amounts = paddings.constant<int32_t>();
  CopyPlan plan(ElementBytes(input.type));
  int32_t begin = 0;
  for (int32_t axis = input.rank() - 1; axis >= 0; --axis) {
    const auto pair = static_cast<size_t>(axis) * 2;
    const int32_t before = amounts[pair];
    const int32_t after = amounts[pair + 1];
    EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "padding (wanted: at least)"_text, before, 0));
    EARSHOT_RETURN_IF_ERROR(CheckAtLeast(context, "padding (wanted: at least)"_text, after, 0));
    const int64_t extent = int64_t{before} + input.dim(axis) + after;
    if (extent != output.dim(axis)) {
      return context.Invalid("output: extent"_text, output.dim(axis), StatusNumber(extent));
    }
    begin += before * output_steps[axis];
    plan.AddAxis(input.dim(axis), input_steps[axis], output_steps[axis]);
  }
  return plan.Finish(context, 0, begin, inside);
}

Verdict Prepare(PrepareContext& context) {
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, input));
  Pad data = {{},
              static_cast<uint32_t>(output.bytes),
              static_cast<uint32_t>(ElementBytes(output.type)),
              ZeroByte(output)};
  EARSHOT_RETURN_IF_ERROR(PlanInside(context, input, output, &data.inside));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

uint32_t ZeroByte(const TensorInfo& tensor) {
  const bool is_quantized = ElementBytes(tensor.type) == 1 && !tensor.scales.empty();
  return is_quantized ? static_cast<uint32_t>(tensor.zero_point()) & 0xFF : 0;
}

Verdict PreparePad(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  return Prepare(context);
}

Verdict PreparePadV2(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 3, 3));
  const TensorInfo number = context.input(2);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, number, context.output(0)));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "padding: number of elements"_text, number.count(), 1));
  return Prepare(context);
}

}  // namespace earshot
