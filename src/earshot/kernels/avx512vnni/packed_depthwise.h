// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// DEPTHWISE_CONV_2D of int8 with one output channel for each input channel.
//
// _mm512_dpbusd_epi32 adds the products of four bytes that lie side by side. So for each row of the
// output, the rows of the image that it sees are interleaved, four at a time: channel after channel
// the values of all four. Sixteen channels then take one instruction for four rows of the filter.
// Values are spread out and raised by 128 as in packed_layer.h.
#pragma once

#include <cstdint>

#include "earshot/kernels/avx512vnni/output_block.h"
#include "earshot/kernels/convolution.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx512vnni {

struct PackedDepthwise {
  int32_t rows;      // Of the input.
  int32_t row;       // Its columns ...
  int32_t channels;  // ... and for each so many values, ...
  int32_t padded;    // ... which the spread image has filled up to so many.
  int32_t spread_rows;
  int32_t spread_row;  // In values.
  int32_t first;       // The first input's place, in the spread image.
  int32_t padding;     // What that has where there is no input.
  int32_t fours;       // Of rows that are interleaved; those that are not there weigh nothing.
  int32_t filter_rows;
  int32_t row_dilation;
  int32_t row_stride;
  int32_t taps;    // Of four rows each.
  int32_t blocks;  // Of kLanes channels.
  int32_t joins;   // Whether a row of the output is treated as one of many channels.
  int32_t output_rows;
  int32_t steps;        // kLanes values of the output each, in a row.
  int32_t step;         // From one's window to the next one's, in values.
  int32_t output_step;  // The same in the output.
  int32_t output_row;   // In values.
  avx2::OutputLimits limits;
  uint32_t tap_offsets;  // int32 [taps]: in interleaved values, from the window's first one.
  uint32_t weights;      // int8 [blocks][taps][kLanes][4]
  uint32_t outputs;      // OutputBlock [blocks]
};

// Packs a layer whose ConvolutionInteger is context.op().data(), or leaves it.
void PackDepthwise(PackContext& context);

// Runs what PackDepthwise() has packed.
void InvokeDepthwise(const InvokeContext& context, const PackedDepthwise& packed);

}  // namespace earshot::avx512vnni
