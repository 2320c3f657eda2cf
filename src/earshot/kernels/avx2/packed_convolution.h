// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Convolution of int8 in which each output channel sees all input channels: CONV_2D, and
// DEPTHWISE_CONV_2D of one input channel, which is the same. A SpreadLayer of int16: values less
// their zero point, which two at a time go into _mm256_madd_epi16, exactly.
#pragma once

#include <cstdint>

#include "earshot/kernels/avx2/spread_layer.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx2 {

// Packs a SpreadLayer, or nothing where DescribeConvolution() says no.
void PackConvolution(PackContext& context, bool channel_is_last);

// Runs what PackConvolution() has packed.
void InvokeConvolution(const InvokeContext& context, const SpreadLayer& packed);

// `count` values less the zero point.
void Widen(const int8_t* values, int32_t count, int32_t zero_point, int16_t* widened);

}  // namespace earshot::avx2
