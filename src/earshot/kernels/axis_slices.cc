// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/axis_slices.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

enum class SlicesHaveAxis : uint8_t { kYes, kNo };

// The slice's extent along the axis; all others have to be the whole's.
Verdict CheckSlice(const PrepareContext& context, const TensorInfo& slice, const TensorInfo& whole,
                   int32_t axis, SlicesHaveAxis has_axis, int32_t* extent) {
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, slice, whole));
  const int32_t missing = has_axis == SlicesHaveAxis::kNo ? 1 : 0;
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "rank"_text, slice.rank(), whole.rank() - missing));
  for (int32_t i = 0; i < whole.rank(); ++i) {
    if (i == axis) continue;
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "extent along another axis"_text,
                                       slice.dim(i < axis ? i : i - missing), whole.dim(i)));
  }
  *extent = missing != 0 ? 1 : slice.dim(axis);
  return Verdict::Ok();
}

Verdict Prepare(PrepareContext& context, const TensorInfo& whole, int32_t axis,
                SlicesHaveAxis has_axis, SlicesAre slices, size_t count) {
  EARSHOT_RETURN_IF_ERROR(NormalizeAxis(context, whole.rank(), &axis));
  AxisSlices data = {1, static_cast<uint32_t>(count), 0};
  for (int32_t i = 0; i < axis; ++i) data.outer_size *= static_cast<uint32_t>(whole.dim(i));
  auto place_bytes = static_cast<uint32_t>(ElementBytes(whole.type));  // Of one along the axis.
  for (int32_t i = axis + 1; i < whole.rank(); ++i) {
    place_bytes *= static_cast<uint32_t>(whole.dim(i));
  }
  const Span<uint32_t> run_bytes = context.AllocateArray<uint32_t>(count, &data.run_bytes_offset);
  int64_t sum = 0;
  for (size_t i = 0; i < count; ++i) {
    const TensorInfo slice = slices == SlicesAre::kInputs ? context.input(i) : context.output(i);
    int32_t extent = 0;
    EARSHOT_RETURN_IF_ERROR(CheckSlice(context, slice, whole, axis, has_axis, &extent));
    sum += extent;
    if (!run_bytes.empty()) run_bytes[i] = static_cast<uint32_t>(extent) * place_bytes;
  }
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "extents of all slices along the axis"_text,
                                     StatusNumber(sum), whole.dim(axis)));
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareAxisSlices(PrepareContext& context, const TensorInfo& whole, int32_t axis,
                          SlicesAre slices, size_t count) {
  return Prepare(context, whole, axis, SlicesHaveAxis::kYes, slices, count);
}

Verdict PrepareStackedSlices(PrepareContext& context, const TensorInfo& whole, int32_t axis,
                             SlicesAre slices, size_t count) {
  return Prepare(context, whole, axis, SlicesHaveAxis::kNo, slices, count);
}

}  // namespace earshot
