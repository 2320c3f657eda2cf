// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Convolution of int8 in which each output channel sees all input channels: CONV_2D, and
// DEPTHWISE_CONV_2D of one input channel, which is the same.
//
// The image is spread out first: as int16, less its zero point, with zeros where the window looks
// beyond its edges. Then all outputs see all taps, and the taps of a row that lie side by side are
// a run of values that is multiplied with a run of weights, two at a time
// (_mm256_madd_epi16, which is exact for what int8 becomes). Eight output channels lie in a
// register, so for each two values the weights of these eight follow one another.
#pragma once

#include <cstdint>

#include "earshot/kernels/avx2/output_block.h"
#include "earshot/kernels/convolution.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx2 {

struct PackedConvolution {
  int32_t spread_height;  // Of an image, in values, ...
  int32_t spread_width;
  int32_t top;  // ... and where in it the input's first one is.
  int32_t left;
  int32_t runs;          // Of values side by side, for one output ...
  int32_t pairs;         // ... and how long each is. An odd one has a weight of 0 at its end.
  int32_t blocks;        // Of kLanes output channels; even, or 1.
  uint32_t run_offsets;  // Each run's first value, from where the window's first one is.
  uint32_t positions;    // Each output's first value of the window, in the spread image.
  uint32_t weights;      // int16 [blocks][runs][pairs][kLanes][2]
  uint32_t outputs;      // OutputBlock [blocks]
};

// Packs a layer whose ConvolutionInteger is context.op().data(). Nothing, where the filter or the
// bias is no constant, a multiplier scales up, or the image would become too large.
// `channel_is_last`: the filter is [1, height, width, channels], not [channels, height, width,
// ...].
void PackConvolution(PackContext& context, bool channel_is_last);

// Runs what PackConvolution() has packed.
void InvokeConvolution(const InvokeContext& context, const PackedConvolution& packed);

// For other ways to pack a layer, too: how large a spread image is, in numbers of `channels`, and
// whether it is small enough. Fills in the four sizes and offsets.
bool FitsSpread(const ConvolutionShape& shape, int32_t channels, int32_t* height, int32_t* width);

// Whether filter and bias, where there is one, are constants.
bool HasConstantWeights(const PackContext& context, const ConvolutionShape& shape);

// `count` values less the zero point.
void Widen(const int8_t* values, int32_t count, int32_t zero_point, int16_t* widened);

}  // namespace earshot::avx2
