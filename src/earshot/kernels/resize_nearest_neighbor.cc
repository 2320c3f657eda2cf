// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/resize_nearest_neighbor.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {
namespace {

using Options = schema::ResizeNearestNeighborOptions;

// The place along an axis of the input that the output's `place` is taken from.
int32_t NearestPlace(const Options& options, int32_t input, int32_t output, int32_t place) {
  const bool align_corners = options.align_corners();
  const float scale = align_corners && output > 1
                          ? static_cast<float>(input - 1) / static_cast<float>(output - 1)
                          : static_cast<float>(input) / static_cast<float>(output);
  const float offset = options.half_pixel_centers() ? 0.5f : 0.0f;
  const float exact = (static_cast<float>(place) + offset) * scale;
  auto nearest = static_cast<int32_t>(exact);  // It is not negative, so this is its floor.
  if (align_corners && exact - static_cast<float>(nearest) >= 0.5f) ++nearest;
  return nearest < input ? nearest : input - 1;
}

}  // namespace

Verdict CheckResize(const PrepareContext& context) {
  const TensorInfo input = context.input(0);
  const TensorInfo size = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "input: rank"_text, input.rank(), 4));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: rank"_text, output.rank(), 4));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: images"_text, output.dim(0), input.dim(0)));
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: channels"_text, output.dim(3), input.dim(3)));
  EARSHOT_RETURN_IF_ERROR(CheckConstantInt32(context, "size: a constant of type"_text, size));
  EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "size: number of elements"_text, size.count(), 2));
  for (const int32_t axis : {1, 2}) {
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: extent"_text, output.dim(axis),
                                       size.constant<int32_t>()[static_cast<size_t>(axis) - 1]));
    for (const TensorInfo& tensor : {input, output}) {
      EARSHOT_RETURN_IF_ERROR(
          CheckAtLeast(context, "extent (wanted: at least)"_text, tensor.dim(axis), 1));
      EARSHOT_RETURN_IF_ERROR(CheckAtMost(context, "extent (wanted: at most)"_text,
                                          tensor.dim(axis), kMaxResizeExtent));
    }
  }
  return Verdict::Ok();
}

Verdict PrepareResizeNearestNeighbor(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  const auto* options = context.options<Options>();
  if (options == nullptr) return MissingOptions(context);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckResize(context));

  ResizeNearestNeighbor data = {output.dim(0), output.dim(1), output.dim(2), 0, 0, 0, 0};
  data.pixel_bytes =
      static_cast<uint32_t>(ElementBytes(input.type)) * static_cast<uint32_t>(input.dim(3));
  const uint32_t row_bytes = static_cast<uint32_t>(input.dim(2)) * data.pixel_bytes;
  data.image_bytes = static_cast<uint32_t>(input.dim(1)) * row_bytes;
  int32_t place = 0;
  for (uint32_t& row :
       context.AllocateArray<uint32_t>(static_cast<size_t>(data.height), &data.rows_offset)) {
    row = row_bytes *
          static_cast<uint32_t>(NearestPlace(*options, input.dim(1), data.height, place++));
  }
  place = 0;
  for (uint32_t& column :
       context.AllocateArray<uint32_t>(static_cast<size_t>(data.width), &data.columns_offset)) {
    column = data.pixel_bytes *
             static_cast<uint32_t>(NearestPlace(*options, input.dim(2), data.width, place++));
  }
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
