// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx2/spread_layer.h"

namespace earshot::avx2 {
namespace {

constexpr int64_t kMostSpread = int64_t{1} << 23;

// How far from the window's first value the last one is, at most.
int64_t Reach(const FilterAxis& axis) {
  const int64_t last =
      int64_t{axis.output - 1} * axis.stride + int64_t{axis.filter - 1} * axis.dilation;
  return std::max(last + 1, int64_t{axis.input} + axis.padding);
}

// The steps of an axis that has one place only are nobody's, and may be of any size.
int32_t StepOf(int32_t places, int32_t step) { return places > 1 ? step : 0; }

}  // namespace

bool FitsSpread(const ConvolutionShape& shape, int32_t channels, int32_t* height, int32_t* width) {
  const int64_t rows = Reach(shape.window.height);
  const int64_t columns = Reach(shape.window.width);
  if (rows > kMostSpread || columns > kMostSpread || rows * columns > kMostSpread ||
      rows * columns * channels > kMostSpread) {
    return false;
  }
  *height = static_cast<int32_t>(rows);
  *width = static_cast<int32_t>(columns);
  return true;
}

bool HasConstantWeights(const PackContext& context, const ConvolutionShape& shape) {
  return context.op().is_constant(kConvolutionFilter) &&
         (shape.has_bias == 0 || context.op().is_constant(kConvolutionBias));
}

bool DescribeConvolution(const PackContext& context, bool channel_is_last, LayerPlaces* places,
                         LayerWeights* weights) {
  const InvokeContext& op = context.op();
  const auto& data = op.data<ConvolutionInteger>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  int32_t spread_width = 0;
  if (!HasConstantWeights(context, shape) ||
      !ScalesDown(op, data.multipliers, shape.output_channels) ||
      !FitsSpread(shape, shape.input_channels, &places->spread_rows, &spread_width)) {
    return false;
  }
  const int32_t channels = shape.input_channels;
  places->images = shape.batches;
  places->input_rows = height.input;
  places->input_row = width.input * channels;
  places->spread_row = spread_width * channels;
  places->first = height.padding * places->spread_row + width.padding * channels;
  // A run is a row of taps or, where dilation tears rows apart, a tap.
  const int32_t per_row = width.dilation != 1 ? width.filter : 1;
  places->run = width.filter / per_row * channels;
  places->runs = {height.filter * per_row, per_row,
                  StepOf(height.filter, height.dilation) * places->spread_row,
                  StepOf(per_row, width.dilation) * channels};
  places->outputs = {height.output * width.output, width.output,
                     StepOf(height.output, height.stride) * places->spread_row,
                     StepOf(width.output, width.stride) * channels};
  const int32_t taps = places->runs.count * places->run;
  *weights = {op.input<int8_t>(kConvolutionFilter),
              channel_is_last ? shape.output_channels : 1,
              channel_is_last ? 1 : taps,
              shape.output_channels,
              shape.has_bias != 0 ? op.input<int32_t>(kConvolutionBias) : nullptr,
              data.multipliers,
              data.input_zero_point,
              data.output};
  return true;
}

void PackGrid(PackContext& context, const Grid& grid, uint32_t* offset) {
  int32_t i = 0;
  for (int32_t& place : context.AllocateArray<int32_t>(static_cast<size_t>(grid.count), offset)) {
    place = i / grid.per_row * grid.row_step + i % grid.per_row * grid.step;
    ++i;
  }
}

}  // namespace earshot::avx2
