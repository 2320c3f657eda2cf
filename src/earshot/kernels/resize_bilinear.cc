// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/resize_bilinear.h"

#include "earshot/kernels/prepare_checks.h"
#include "earshot/kernels/resize_nearest_neighbor.h"

namespace earshot {
namespace {

using Options = schema::ResizeBilinearOptions;

// Where corners lie on corners, what counts is the distance between the first and the last pixel.
int32_t Distance(int32_t extent, bool corners) { return corners ? extent - 1 : extent; }

void SetScale(bool corners, ResizeAxisFloat32* axis) {
  axis->scale = static_cast<float>(Distance(axis->input, corners)) /
                static_cast<float>(Distance(axis->output, corners));
}

void SetScale(bool corners, ResizeAxisInt8* axis) {
  const int32_t output = Distance(axis->output, corners);
  axis->scale = ((1 << 10) * Distance(axis->input, corners) + output / 2) / output;
}

template <typename Axis>
Verdict Prepare(PrepareContext& context) {
  EARSHOT_RETURN_IF_ERROR(CheckSignature(context, 2, 2));
  const auto* options = context.options<Options>();
  if (options == nullptr) return MissingOptions(context);
  const TensorInfo input = context.input(0);
  const TensorInfo output = context.output(0);
  EARSHOT_RETURN_IF_ERROR(CheckSameElements(context, output, input));
  EARSHOT_RETURN_IF_ERROR(CheckResize(context));
  if (options->align_corners() && options->half_pixel_centers()) {
    return context.Invalid("align_corners and half_pixel_centers at once"_text, 1, 0);
  }
  ResizeBilinear<Axis> data = {input.dim(0),
                               input.dim(3),
                               options->half_pixel_centers() ? 1 : 0,
                               {input.dim(1), output.dim(1), {}},
                               {input.dim(2), output.dim(2), {}}};
  for (Axis* axis : {&data.height, &data.width}) {
    SetScale(options->align_corners() && axis->output > 1, axis);
  }
  context.SetData(data);
  return Verdict::Ok();
}

}  // namespace

Verdict PrepareResizeBilinearFloat32(PrepareContext& context) {
  return Prepare<ResizeAxisFloat32>(context);
}

Verdict PrepareResizeBilinearInt8(PrepareContext& context) {
  return Prepare<ResizeAxisInt8>(context);
}

}  // namespace earshot
