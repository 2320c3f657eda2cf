// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/pack.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

// That an input is the output without its axis.
Verdict CheckInput(const PrepareContext& context, const TensorInfo& input, const TensorInfo& output,
                   int32_t axis) {
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "type"_text, input, output.type));
  EARSHOT_RETURN_IF_ERROR(CheckEqualQuantization(context, input, output));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "rank"_text, input.rank(), output.rank() - 1));
  for (int32_t i = 0; i < input.rank(); ++i) {
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "extent along another axis"_text, input.dim(i),
                                       output.dim(i < axis ? i : i + 1)));
  }
  return Verdict::Ok();
}

}  // namespace

Verdict PreparePack(PrepareContext& context) {
  const size_t count = context.input_count();
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, count, count));
  const auto* options = context.options<schema::PackOptions>();
  if (options == nullptr) return MissingOptions(context);
  const TensorInfo output = context.output(0);
  const int32_t rank = output.rank();
  int32_t axis = options->axis();
  EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, rank, &axis));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "extents of all slices along the axis"_text,
                                     static_cast<int32_t>(count), output.dim(axis)));

  AxisSlices data = {1, static_cast<uint32_t>(count), 0};
  for (int32_t i = 0; i < axis; ++i) data.outer_size *= static_cast<uint32_t>(output.dim(i));
  const Span<uint32_t> run_bytes = context.AllocateArray<uint32_t>(count, &data.run_bytes_offset);
  for (size_t i = 0; i < count; ++i) {
    const TensorInfo input = context.input(i);
    EARSHOT_RETURN_IF_ERROR(CheckInput(context, input, output, axis));
    if (!run_bytes.empty()) run_bytes[i] = static_cast<uint32_t>(input.bytes) / data.outer_size;
  }
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
