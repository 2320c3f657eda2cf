// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/conv_2d.h"

#include <cstdint>

#include "earshot/kernels/portable/dot_products.h"
#include "earshot/kernels/portable/kernels.h"
#include "earshot/kernels/portable/output_stage.h"
#include "earshot/kernels/portable/steps.h"

namespace earshot::portable {
namespace {

void InvokeConv2DInt8(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionInteger>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* image = context.input<int8_t>(kConvolutionImage);
  const auto* filters = context.input<int8_t>(kConvolutionFilter);
  auto* output = context.output<int8_t>(0);
  const OutputStage stage(shape.has_bias != 0 ? context.input<int32_t>(kConvolutionBias) : nullptr,
                          context.array<QuantizedMultiplier>(data.multipliers.offset),
                          data.multipliers, data.output);
  const int32_t channels = shape.input_channels;
  const int32_t image_row = width.input * channels;
  const int32_t filter_row = width.filter * channels;
  // The channels of adjacent taps lie side by side, in the image as in the filter: each row of taps
  // is one run. Where dilation tears the row apart, each tap is one, and each row is added on its
  // own.
  const bool dilated = width.dilation != 1;
  const int32_t row_step = Step(height.dilation, image_row);
  Runs runs;
  runs.input_zero_point = data.input_zero_point;
  runs.length = channels;
  runs.value_gap = Gap(Step(width.dilation, channels), channels);
  runs.weight_gap = 0;
  runs.row_stride = height.filter * filter_row;
  for (int32_t batch = 0; batch < shape.batches; ++batch, image += height.input * image_row) {
    for (int32_t y = 0; y < height.output; ++y) {
      const TapRange rows = TapsInside(height, y);
      const int32_t rows_inside = rows.end - rows.begin;
      const int32_t sets = dilated ? rows_inside : 1;
      for (int32_t x = 0; x < width.output; ++x) {
        const TapRange columns = TapsInside(width, x);
        const int32_t columns_inside = columns.end - columns.begin;
        const int8_t* values = image + Step(InputPosition(height, y, rows.begin), image_row) +
                               Step(InputPosition(width, x, columns.begin), channels);
        const int8_t* weights = filters + rows.begin * filter_row + columns.begin * channels;
        runs.count = dilated ? columns_inside : rows_inside;
        if (!dilated) {
          runs.length = columns_inside * channels;
          runs.value_gap = Gap(row_step, runs.length);
          runs.weight_gap = filter_row - runs.length;
        }
        for (int32_t c = 0; c < shape.output_channels; c += kDotProducts) {
          const int32_t rest = shape.output_channels - c;
          const int32_t count = rest < kDotProducts ? rest : kDotProducts;
          int32_t sums[kDotProducts] = {};
          for (int32_t set = 0; set < sets; ++set) {
            AddDotProducts(runs, values + set * row_step, weights + set * filter_row, count, sums);
          }
          stage.Store(sums, count, c, output);
          weights += kDotProducts * runs.row_stride;
          output += count;
        }
      }
    }
  }
}

}  // namespace

const Kernel kConv2DInt8 = {kConv2DInt8Key, PrepareConv2DInt8, InvokeConv2DInt8};

}  // namespace earshot::portable
