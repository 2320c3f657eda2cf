// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx512vnni/packed_convolution.h"

#include "earshot/kernels/avx2/packed_convolution.h"
#include "earshot/kernels/convolution.h"

namespace earshot::avx512vnni {
namespace {

// The steps of an axis that has one place only are nobody's, and may be of any size.
int32_t StepOf(int32_t places, int32_t step) { return places > 1 ? step : 0; }

}  // namespace

void PackConvolution(PackContext& context, bool channel_is_last) {
  const InvokeContext& op = context.op();
  const auto& data = op.data<ConvolutionInteger>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  LayerPlaces places = {};
  int32_t spread_width = 0;
  if (!avx2::HasConstantWeights(context, shape) ||
      !avx2::ScalesDown(op, data.multipliers, shape.output_channels) ||
      !avx2::FitsSpread(shape, shape.input_channels, &places.spread_rows, &spread_width)) {
    return;
  }
  const int32_t channels = shape.input_channels;
  places.images = shape.batches;
  places.input_rows = height.input;
  places.input_row = width.input * channels;
  places.spread_row = spread_width * channels;
  places.first = height.padding * places.spread_row + width.padding * channels;
  // A run is a row of taps or, where dilation tears rows apart, a tap.
  const int32_t per_row = width.dilation != 1 ? width.filter : 1;
  places.run = width.filter / per_row * channels;
  places.runs = {height.filter * per_row, per_row,
                 StepOf(height.filter, height.dilation) * places.spread_row,
                 StepOf(per_row, width.dilation) * channels};
  places.outputs = {height.output * width.output, width.output,
                    StepOf(height.output, height.stride) * places.spread_row,
                    StepOf(width.output, width.stride) * channels};
  const int32_t taps = places.runs.count * places.run;
  PackLayer(context, places,
            {op.input<int8_t>(kConvolutionFilter), channel_is_last ? shape.output_channels : 1,
             channel_is_last ? 1 : taps, shape.output_channels,
             shape.has_bias != 0 ? op.input<int32_t>(kConvolutionBias) : nullptr, data.multipliers,
             data.input_zero_point, data.output});
}

}  // namespace earshot::avx512vnni
