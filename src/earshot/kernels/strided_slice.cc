// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/strided_slice.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

using Options = schema::StridedSliceOptions;

Verdict CheckOptions(const PrepareContext& context, const Options& options) {
  if (options.offset()) return context.Unsupported("offset"_text, 1, 0);
  const int32_t masks = options.ellipsis_mask() | options.new_axis_mask();
  if (masks == 0) return Verdict::Ok();
  return context.Unsupported("ellipsis and new axis masks"_text, masks, 0);
}

Verdict CheckPlaces(const PrepareContext& context, const TensorInfo& places, int32_t rank) {
  EARSHOT_RETURN_IF_ERROR(
      CheckConstantInt32(context, "begin, end, strides: constants of type"_text, places));
  return CheckEqual(context, "begin, end, strides: number of elements"_text, places.count(), rank);
}

// A begin or end as it stands in the file to what it means, from 0 to `extent`.
int32_t Place(int32_t place, int32_t extent) {
  if (place < 0) place += extent;
  if (place < 0) return 0;
  return place > extent ? extent : place;
}

bool IsSet(int32_t mask, int32_t axis) { return (mask >> axis & 1) != 0; }

// Axes that are shrunk have one element in the slice, at their begin, and are missing in the
// output.
Verdict MakeSlice(const PrepareContext& context, const Options& options, const TensorInfo& input,
                  StridedCopy* slice) {
  const TensorInfo output = context.output(0);
  const Span<const int32_t> begins = context.input(1).constant<int32_t>();
  const Span<const int32_t> ends = context.input(2).constant<int32_t>();
  const Span<const int32_t> strides = context.input(3).constant<int32_t>();
  int32_t elements = 1;  // From one place along the axis to the next.
  int32_t output_axis = output.rank();
  for (int32_t axis = input.rank() - 1; axis >= 0; --axis) {
    const auto i = static_cast<size_t>(axis);
    const int32_t extent = input.dim(axis);
    const int32_t stride = strides[i];
    if (stride < 1) return context.Unsupported("stride (wanted: at least)"_text, stride, 1);
    const bool shrinks = IsSet(options.shrink_axis_mask(), axis);
    const bool from_first = IsSet(options.begin_mask(), axis);
    const bool to_last = IsSet(options.end_mask(), axis);
    const int32_t begin = from_first ? 0 : Place(begins[i], extent);
    const int32_t end = shrinks   ? Place(begin + 1, extent)
                        : to_last ? extent
                                  : Place(ends[i], extent);
    const int32_t taken = end > begin ? (end - begin - 1) / stride + 1 : 0;
    if (shrinks) {
      EARSHOT_RETURN_IF_ERROR(
          CheckEqual(context, "shrunk axis: elements that are taken"_text, taken, 1));
    } else {
      if (output_axis == 0) return context.Invalid("output: rank"_text, output.rank(), axis + 1);
      EARSHOT_RETURN_IF_ERROR(
          CheckEqual(context, "output: extent"_text, output.dim(--output_axis), taken));
    }
    const int32_t place = axis + kMaxCopyRank - input.rank();
    slice->begin += static_cast<uint32_t>(begin * elements);
    slice->output[place] = taken;
    // With one element there is no next; the product might be too large.
    slice->step[place] = taken > 1 ? stride * elements : elements;
    elements *= extent;
  }
  return CheckEqual(context, "output: rank"_text, output.rank(), output.rank() - output_axis);
}

}  // namespace

Verdict PrepareStridedSlice(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 4, 4));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  const auto* options = context.options<Options>();
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckOptions(context, *options));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "output: type"_text, output, input.type));
  EARSHOT_RETURN_IF_ERROR(CheckEqualQuantization(context, input, output));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtMost(context, "input: rank (wanted: at most)"_text, input.rank(), kMaxCopyRank));
  for (size_t i = 1; i <= 3; ++i) {
    EARSHOT_RETURN_IF_ERROR(CheckPlaces(context, context.input(i), input.rank()));
  }
  StridedCopy slice = {0, {1, 1, 1, 1}, {1, 1, 1, 1}};
  EARSHOT_RETURN_IF_ERROR(MakeSlice(context, *options, input, &slice));
  context.SetData(slice);
  return Verdict::Ok();
}

}  // namespace earshot
