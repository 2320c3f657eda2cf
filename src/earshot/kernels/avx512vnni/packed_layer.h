// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Layers of int8 in which each output channel sees all input channels of a window: CONV_2D,
// DEPTHWISE_CONV_2D of one input channel, FULLY_CONNECTED.
//
// As in ../avx2/packed_convolution.h the input is spread out first, so that all outputs see all
// taps, and taps that lie side by side are a run. _mm512_dpbusd_epi32 multiplies and adds four
// values, without a sign, and four weights, exactly. So values are spread out as bytes with 128
// added; that and the input's zero point are the same for each tap, and part of the bias.
#pragma once

#include <cstdint>

#include "earshot/kernels/avx512vnni/output_block.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx512vnni {

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

struct PackedLayer {
  LayerPlaces places;
  int32_t quads;     // Of values in a run. Those that are not there have weights of 0.
  int32_t blocks;    // Of kLanes output channels; even, or 1.
  int32_t channels;  // Of the output.
  int32_t padding;   // What the spread image has where there is no input.
  avx2::OutputLimits limits;
  uint32_t run_offsets;  // int32 [places.runs.count]: from the window's first value.
  uint32_t positions;    // int32 [places.outputs.count]: of the window's first value.
  uint32_t weights;      // int8 [blocks][places.runs.count][quads][kLanes][4]
  uint32_t outputs;      // OutputBlock [blocks]
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
};

// Packs a layer with constant weights and bias, of which no multiplier scales up.
void PackLayer(PackContext& context, const LayerPlaces& places, const LayerWeights& weights);

// Runs what PackLayer() has packed.
void InvokeLayer(const InvokeContext& context, const PackedLayer& packed);

}  // namespace earshot::avx512vnni
