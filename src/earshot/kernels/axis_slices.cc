// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/axis_slices.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareAxisSlices(PrepareContext& context, const TensorInfo& whole, int32_t axis,
                          SlicesAre slices, size_t count) {
  const int32_t rank = whole.rank();
  EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, rank, &axis));

  AxisSlices data = {1, static_cast<uint32_t>(count), 0};
  for (int32_t i = 0; i < axis; ++i) data.outer_size *= static_cast<uint32_t>(whole.dim(i));
  const Span<uint32_t> run_bytes = context.AllocateArray<uint32_t>(count, &data.run_bytes_offset);
  int64_t extent = 0;
  for (size_t i = 0; i < count; ++i) {
    const TensorInfo slice = slices == SlicesAre::kInputs ? context.input(i) : context.output(i);
    EARSHOT_RETURN_IF_ERROR(CheckType(context, "type"_text, slice, whole.type));
    EARSHOT_RETURN_IF_ERROR(CheckEqualQuantization(context, slice, whole));
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "rank"_text, slice.rank(), rank));
    for (int32_t j = 0; j < rank; ++j) {
      if (j == axis) continue;
      EARSHOT_RETURN_IF_ERROR(
          CheckEqual(context, "extent along another axis"_text, slice.dim(j), whole.dim(j)));
    }
    extent += slice.dim(axis);
    if (!run_bytes.empty()) run_bytes[i] = static_cast<uint32_t>(slice.bytes) / data.outer_size;
  }
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "extents of all slices along the axis"_text,
                                     StatusNumber(extent), whole.dim(axis)));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
