// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/depthwise_conv_2d.h"

#include <cstdint>

#include "earshot/kernels/portable/kernels.h"
#include "earshot/kernels/portable/output_stage.h"
#include "earshot/kernels/portable/steps.h"

namespace earshot::portable {
namespace {

// The taps of one window that lie inside of the image: rows of values and of weights, each a step
// from the one before, and behind a row the gap to the next one.
struct Taps {
  int32_t input_zero_point;
  int32_t rows;
  int32_t columns;
  const int8_t* values;
  int32_t value_step;
  int32_t value_gap;
  const int8_t* weights;
  int32_t weight_step;
  int32_t weight_gap;
};

// Sums of adjacent output channels, from `channel` on, at one position. They are single variables
// so that they stay in registers. Precondition: there are taps.
using SumFunction = void (*)(const Taps& taps, int32_t input_channel, int32_t channel,
                             int32_t* sums);

// The eight output channels of an image of one channel: each value is loaded and freed of its zero
// point once for all of them. Both steps are constants then; with a step that is not, there are not
// enough registers on a Cortex-M3.
void SumEight(const Taps& taps, int32_t input_channel, int32_t channel, int32_t* sums) {
  const int8_t* value = taps.values + input_channel;
  const int8_t* weight = taps.weights + channel;
  int32_t rows = taps.rows;
  int32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0, sum4 = 0, sum5 = 0, sum6 = 0, sum7 = 0;
  do {
    const int8_t* const row_end = value + taps.columns;
    do {
      const int32_t from_zero = *value - taps.input_zero_point;
      sum0 += weight[0] * from_zero;
      sum1 += weight[1] * from_zero;
      sum2 += weight[2] * from_zero;
      sum3 += weight[3] * from_zero;
      sum4 += weight[4] * from_zero;
      sum5 += weight[5] * from_zero;
      sum6 += weight[6] * from_zero;
      sum7 += weight[7] * from_zero;
      value += 1;
      weight += 8;
    } while (value != row_end);
    value += taps.value_gap;
    weight += taps.weight_gap;
  } while (--rows != 0);
  sums[0] = sum0;
  sums[1] = sum1;
  sums[2] = sum2;
  sums[3] = sum3;
  sums[4] = sum4;
  sums[5] = sum5;
  sums[6] = sum6;
  sums[7] = sum7;
}

// Four output channels that each look at an input channel of their own.
void SumFour(const Taps& taps, int32_t input_channel, int32_t channel, int32_t* sums) {
  const int8_t* value = taps.values + input_channel;
  const int8_t* weight = taps.weights + channel;
  int32_t rows = taps.rows;
  int32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
  do {
    int32_t columns = taps.columns;
    do {
      sum0 += weight[0] * (value[0] - taps.input_zero_point);
      sum1 += weight[1] * (value[1] - taps.input_zero_point);
      sum2 += weight[2] * (value[2] - taps.input_zero_point);
      sum3 += weight[3] * (value[3] - taps.input_zero_point);
      value += taps.value_step;
      weight += taps.weight_step;
    } while (--columns != 0);
    value += taps.value_gap;
    weight += taps.weight_gap;
  } while (--rows != 0);
  sums[0] = sum0;
  sums[1] = sum1;
  sums[2] = sum2;
  sums[3] = sum3;
}

// One output channel, whichever input channel it looks at.
void SumOne(const Taps& taps, int32_t input_channel, int32_t channel, int32_t* sums) {
  const int8_t* value = taps.values + input_channel;
  const int8_t* weight = taps.weights + channel;
  int32_t rows = taps.rows;
  int32_t sum = 0;
  do {
    int32_t columns = taps.columns;
    do {
      sum += *weight * (*value - taps.input_zero_point);
      value += taps.value_step;
      weight += taps.weight_step;
    } while (--columns != 0);
    value += taps.value_gap;
    weight += taps.weight_gap;
  } while (--rows != 0);
  sums[0] = sum;
}

// How to go through the output channels of a position.
struct Plan {
  SumFunction sum;
  int32_t lanes;  // At most kMaxSums.
};

Plan MakePlan(const ConvolutionShape& shape) {
  const bool one_to_eight = shape.input_channels == 1 && shape.output_channels == 8;
  if (one_to_eight && shape.window.width.dilation == 1) return {SumEight, 8};
  if (shape.depth_multiplier == 1 && shape.output_channels >= 4) return {SumFour, 4};
  return {SumOne, 1};
}

void InvokeDepthwiseConv2DInt8(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionInteger>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const auto* image = context.input<int8_t>(kConvolutionImage);
  const auto* filter = context.input<int8_t>(kConvolutionFilter);
  auto* output = context.output<int8_t>(0);
  const OutputStage stage(shape.has_bias != 0 ? context.input<int32_t>(kConvolutionBias) : nullptr,
                          context.array<QuantizedMultiplier>(data.multipliers.offset),
                          data.multipliers, data.output);
  const Plan plan = MakePlan(shape);
  const int32_t image_row = width.input * shape.input_channels;
  const int32_t row_step = Step(height.dilation, image_row);
  const int32_t last_block = shape.output_channels - plan.lanes;
  Taps taps;
  taps.input_zero_point = data.input_zero_point;
  taps.value_step = Step(width.dilation, shape.input_channels);
  taps.weight_step = shape.output_channels;
  for (int32_t batch = 0; batch < shape.batches; ++batch, image += height.input * image_row) {
    for (int32_t y = 0; y < height.output; ++y) {
      const TapRange rows = TapsInside(height, y);
      const int8_t* values = image + Step(InputPosition(height, y, rows.begin), image_row);
      taps.rows = rows.end - rows.begin;
      for (int32_t x = 0; x < width.output; ++x, output += shape.output_channels) {
        const TapRange columns = TapsInside(width, x);
        taps.columns = columns.end - columns.begin;
        taps.values = values + Step(InputPosition(width, x, columns.begin), shape.input_channels);
        taps.value_gap = Gap(row_step, Step(taps.columns, taps.value_step));
        taps.weights = filter + (rows.begin * width.filter + columns.begin) * taps.weight_step;
        taps.weight_gap = (width.filter - taps.columns) * taps.weight_step;
        for (int32_t c = 0; c < shape.output_channels; c += plan.lanes) {
          // The last block ends with the last channel, and may do some channels once more.
          const int32_t channel = c < last_block ? c : last_block;
          int32_t sums[kMaxSums];
          if (taps.rows > 0 && taps.columns > 0) {
            plan.sum(taps, channel / shape.depth_multiplier, channel, sums);
          } else {
            for (int32_t& sum : sums) sum = 0;
          }
          stage.Store(sums, plan.lanes, channel, output + channel);
        }
      }
    }
  }
}

}  // namespace

const Kernel kDepthwiseConv2DInt8 = {kDepthwiseConv2DInt8Key, PrepareDepthwiseConv2DInt8,
                                     InvokeDepthwiseConv2DInt8};

}  // namespace earshot::portable
