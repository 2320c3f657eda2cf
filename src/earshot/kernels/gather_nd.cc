// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/gather_nd.h"

#include "earshot/kernels/prepare_checks.h"

namespace earshot {

Verdict PrepareGatherNd(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const TensorInfo input = context.input(0);
  const TensorInfo places = context.input(1);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckType(context, "places: type"_text, places, TensorType::INT32));
  EARSHOT_RETURN_IF_ERROR(
      CheckAtLeast(context, "places: rank (wanted: at least)"_text, places.rank(), 1));
  const int32_t numbers = places.dim(-1);
  EARSHOT_RETURN_IF_ERROR(
      CheckAtLeast(context, "input: rank (wanted: at least)"_text, input.rank(), numbers));
  const int32_t listed = places.rank() - 1;  // Axes of the output that the places give it.
  EARSHOT_RETURN_IF_ERROR(
      CheckEqual(context, "output: rank"_text, output.rank(), listed + input.rank() - numbers));
  GatherNd data = {1, numbers, static_cast<uint32_t>(ElementBytes(input.type)), 0};
  for (int32_t axis = 0; axis < listed; ++axis) {
    EARSHOT_RETURN_IF_ERROR(
        CheckEqual(context, "output: extent"_text, output.dim(axis), places.dim(axis)));
    data.places *= places.dim(axis);
  }
  for (int32_t axis = numbers; axis < input.rank(); ++axis) {
    EARSHOT_RETURN_IF_ERROR(CheckEqual(context, "output: extent"_text,
                                       output.dim(listed + axis - numbers), input.dim(axis)));
    data.row_bytes *= static_cast<uint32_t>(input.dim(axis));
  }
  auto step = static_cast<int32_t>(data.row_bytes);
  const Span<PlaceAxis> axes =
      context.AllocateArray<PlaceAxis>(static_cast<size_t>(numbers), &data.axes_offset);
  for (int32_t axis = numbers - 1; axis >= 0; --axis) {
    EARSHOT_RETURN_IF_ERROR(
        CheckAtLeast(context, "input: extent (wanted: at least)"_text, input.dim(axis), 1));
    if (!axes.empty()) axes[static_cast<size_t>(axis)] = {input.dim(axis) - 1, step};
    step *= input.dim(axis);
  }
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace earshot
