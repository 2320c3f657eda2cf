// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/mirror_pad.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

Verdict CheckPadding(const PrepareContext& context, int64_t padding, int32_t most) {
  if (padding >= 0 && padding <= most) return Verdict::Ok();
  return context.Invalid("padding (wanted: at most)"_text, StatusNumber(padding), most);
}

}  // namespace

Verdict PrepareMirrorPad(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo paddings = context.input(1);
  const TensorInfo output = context.output(0);
  const int32_t rank = input.rank();
  const auto* options = context.options<schema::MirrorPadOptions>();
  if (options == nullptr) return MissingOptions(context);
  const auto mode = static_cast<int32_t>(options->mode());
  if (mode != 0 && mode != 1) return context.Unsupported("mode"_text, mode, 0);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), rank));
  EARSHOT_RETURN_IF_ERROR(
      CheckConstantIntegers(context, "paddings: a constant of type"_text, paddings));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "paddings: number of elements"_text, paddings.count(), 2 * rank));

  MirrorPad data = {rank, options->mode() == schema::MirrorPadMode::REFLECT ? 1 : 0, output.count(),
                    static_cast<uint32_t>(ElementBytes(input.type)), 0};
  const Span<MirrorAxis> axes =
      context.AllocateArray<MirrorAxis>(static_cast<size_t>(rank), &data.axes_offset);
  uint32_t step = data.element_bytes;
  for (int32_t axis = rank - 1; axis >= 0; --axis) {
    const int64_t before = ConstantInteger(paddings, 2 * axis);
    const int64_t after = ConstantInteger(paddings, 2 * axis + 1);
    EARSHOT_RETURN_IF_ERROR(CheckPadding(context, before, input.dim(axis) - data.skipped));
    EARSHOT_RETURN_IF_ERROR(CheckPadding(context, after, input.dim(axis) - data.skipped));
    EARSHOT_RETURN_IF_ERROR(CheckSameNumber(context, "output: extent"_text, output.dim(axis),
                                            before + input.dim(axis) + after));
    if (!axes.empty()) {
      axes[static_cast<size_t>(axis)] = {input.dim(axis), output.dim(axis),
                                         static_cast<int32_t>(before), step};
    }
    step *= static_cast<uint32_t>(input.dim(axis));
  }
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
