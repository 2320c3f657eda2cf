// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Layers of int8 in which each output channel sees all input channels of a window: CONV_2D,
// DEPTHWISE_CONV_2D of one input channel, FULLY_CONNECTED. A SpreadLayer of bytes.
//
// _mm512_dpbusd_epi32 multiplies and adds four values, without a sign, and four weights, exactly.
// So values are spread out with 128 added; that and the input's zero point are the same for each
// tap, and part of the bias.
#pragma once

#include "earshot/kernels/avx2/spread_layer.h"
#include "earshot/kernels/avx512vnni/output_block.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx512vnni {

// Packs a layer as avx2::PackSpreadLayer() does.
void PackLayer(PackContext& context, const avx2::LayerPlaces& places,
               const avx2::LayerWeights& weights);

// The same for what avx2::DescribeConvolution() describes, or nothing.
void PackConvolution(PackContext& context, bool channel_is_last);

// Runs what they have packed.
void InvokeLayer(const InvokeContext& context, const avx2::SpreadLayer& packed);

}  // namespace earshot::avx512vnni
