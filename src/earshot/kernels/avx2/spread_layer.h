// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Layers of int8 in which each output channel sees all input channels of a window, laid out for
// registers of any width: what avx2/ and avx512vnni/ share.
//
// The input is spread out first, with padding where the window looks beyond its edges. Then all
// outputs see all taps, and the taps of a row that lie side by side are a run of values, which is
// multiplied with a run of weights, a group of some at a time. The channels of a block lie in a
// register, so for each group of values the weights of all channels of a block follow one another.
#pragma once

#include <algorithm>
#include <cstdint>

#include "earshot/kernels/avx2/output_block.h"
#include "earshot/kernels/convolution.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx2 {

// Places in rows: the i-th is at i / per_row * row_step + i % per_row * step.
struct Grid {
  int32_t count;
  int32_t per_row;
  int32_t row_step;
  int32_t step;
};

// Where the values of a layer are; all counted in values.
struct LayerPlaces {
  int32_t images;
  int32_t input_rows;  // Of an image ...
  int32_t input_row;   // ... and how long each is.
  int32_t spread_rows;
  int32_t spread_row;
  int32_t first;  // The first input's place, in the spread image.
  int32_t run;    // How many values lie side by side, for one output.
  Grid runs;      // From the window's first value.
  Grid outputs;   // The window's first value, for each place of an image's output.
};

// What is multiplied with the values, and what becomes of the sums.
struct LayerWeights {
  const int8_t* filter;
  int32_t tap_step;      // From a channel's weight to that of its next tap, in `filter` ...
  int32_t channel_step;  // ... and to the next channel's.
  int32_t channels;
  const int32_t* bias;  // Null: none.
  ChannelMultipliers multipliers;
  int32_t input_zero_point;
  IntegerOutput output;

  int8_t at(int32_t channel, int32_t tap) const {
    return filter[static_cast<ptrdiff_t>(channel) * channel_step +
                  static_cast<ptrdiff_t>(tap) * tap_step];
  }
};

struct SpreadLayer {
  LayerPlaces places;
  int32_t groups;    // In a run. Values that are not there have weights of 0.
  int32_t blocks;    // Of output channels; even, or 1.
  int32_t channels;  // Of the output.
  int32_t padding;   // What the spread image has where there is no input.
  OutputLimits limits;
  uint32_t run_offsets;  // int32 [places.runs.count]: from the window's first value.
  uint32_t positions;    // int32 [places.outputs.count]: of the window's first value.
  uint32_t weights;      // [blocks][places.runs.count][groups][lanes][values of a group]
  uint32_t outputs;      // A block of outputs [blocks]
};

constexpr int32_t kSpreadSlack = 64;  // Values behind a spread image, for what is read at once.

// How large an image becomes that is spread out with so many values at each place, and whether that
// is small enough.
bool FitsSpread(const ConvolutionShape& shape, int32_t channels, int32_t* height, int32_t* width);

// Whether filter and bias, where there is one, are constants.
bool HasConstantWeights(const PackContext& context, const ConvolutionShape& shape);

// What a convolution whose ConvolutionInteger is context.op().data() comes to. False: it is not for
// vectors, since the filter or the bias is no constant, a multiplier scales up, or the image would
// become too large. `channel_is_last`: the filter is [1, height, width, channels], not
// [channels, height, width, ...].
bool DescribeConvolution(const PackContext& context, bool channel_is_last, LayerPlaces* places,
                         LayerWeights* weights);

// Writes out the places of a grid, int32 each.
void PackGrid(PackContext& context, const Grid& grid, uint32_t* offset);

// Packs a layer with constant weights and bias, of which no multiplier scales up, with weights of
// type Weight in groups of `group`, for blocks of outputs of type Block: all of `*packed` but
// padding. The caller asks for the workspace. Returns the blocks, none while memory is only
// counted.
template <typename Weight, int32_t group, typename Block>
Span<Block> PackSpreadLayer(PackContext& context, const LayerPlaces& places,
                            const LayerWeights& layer, SpreadLayer* packed) {
  constexpr auto kBlockLanes = static_cast<int32_t>(std::size(Block().bias));
  packed->places = places;
  packed->groups = (places.run + group - 1) / group;
  packed->blocks = (layer.channels + kBlockLanes - 1) / kBlockLanes;
  if (packed->blocks > 1) packed->blocks += packed->blocks % 2;
  packed->channels = layer.channels;
  packed->limits = LimitsOf(layer.output);
  PackGrid(context, places.runs, &packed->run_offsets);
  PackGrid(context, places.outputs, &packed->positions);
  const auto per_block = static_cast<size_t>(places.runs.count) *
                         static_cast<size_t>(packed->groups) * kBlockLanes * group;
  const Span<Weight> weights = context.AllocateArray<Weight>(
      per_block * static_cast<size_t>(packed->blocks), &packed->weights);
  const Span<Block> outputs =
      PackOutput<Block>(context, layer.bias, layer.multipliers, layer.channels, packed->blocks,
                        &packed->outputs, InOrder);
  for (int32_t c = 0; c < layer.channels && !outputs.empty(); ++c) {
    Weight* const block = weights.data() + static_cast<ptrdiff_t>(per_block) * (c / kBlockLanes);
    for (int32_t tap = 0; tap < places.runs.count * places.run; ++tap) {
      const int32_t in_run = tap % places.run;
      const int32_t at = tap / places.run * packed->groups + in_run / group;
      block[(at * kBlockLanes + c % kBlockLanes) * group + in_run % group] = layer.at(c, tap);
    }
  }
  return outputs;
}

// Spreads an image out, row after row by `convert(values, count, converted)`.
template <typename Value, typename Convert>
void SpreadImage(const SpreadLayer& packed, const int8_t* image, Value* spread, Convert convert) {
  const LayerPlaces& places = packed.places;
  const auto padding = static_cast<Value>(packed.padding);
  // Rows without padding between them are one.
  const bool is_dense = places.input_row == places.spread_row;
  const int32_t rows = is_dense ? 1 : places.input_rows;
  const int32_t row = is_dense ? places.input_rows * places.input_row : places.input_row;
  Value* end = spread;  // Of what is written so far.
  for (int32_t y = 0; y < rows; ++y, image += row) {
    Value* const place = spread + places.first + y * places.spread_row;
    std::fill(end, place, padding);
    convert(image, row, place);
    end = place + row;
  }
  std::fill(end, spread + places.spread_rows * places.spread_row + kSpreadSlack, padding);
}

// How many values a spread image takes, slack included.
constexpr uint64_t SpreadValues(const LayerPlaces& places) {
  return static_cast<uint64_t>(places.spread_rows) * static_cast<uint64_t>(places.spread_row) +
         kSpreadSlack;
}

}  // namespace earshot::avx2
