// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Layers of int8 in which each output sees all inputs: FULLY_CONNECTED, and CONV_2D whose filters
// cover the image.
//
// Each weight is read once, so weights stay where they are, as bytes. _mm256_maddubs_epi16 wants
// one side without a sign: it gets the values' magnitudes, and the weights with the values' signs.
// With weights of -128 that would not be exact, so a layer that has one is not packed. The input's
// zero point is a part of the bias: it is the same for all values.
#pragma once

#include <cstdint>

#include "earshot/kernels/avx2/output_block.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx2 {

struct PackedDense {
  int32_t depth;     // Inputs.
  int32_t channels;  // Outputs.
  OutputLimits limits;
  uint32_t outputs;  // OutputBlock: with the input's zero point in the bias.
};

// A layer to be packed: weights [channels][depth].
struct DenseLayer {
  const int8_t* weights;
  const int32_t* bias;  // Null: none.
  int32_t depth;
  int32_t channels;
  int32_t input_zero_point;
  ChannelMultipliers multipliers;
  IntegerOutput output;
};

// Packs a layer with constant weights and bias. Nothing, where one of its weights is -128 or a
// multiplier scales up.
void PackDense(PackContext& context, const DenseLayer& layer);

// Runs what PackDense() has packed, `batches` times.
void InvokeDense(const InvokeContext& context, const PackedDense& packed, const int8_t* weights,
                 int32_t batches);

}  // namespace earshot::avx2
