// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx2/packed_convolution.h"

#include <algorithm>
#include <cstring>

namespace earshot::avx2 {
namespace {

constexpr int32_t kPair = 2;  // Values that one instruction multiplies for one output channel.

}  // namespace

void PackConvolution(PackContext& context, bool channel_is_last) {
  LayerPlaces places = {};
  LayerWeights weights = {};
  if (!DescribeConvolution(context, channel_is_last, &places, &weights)) return;
  SpreadLayer packed = {};
  PackSpreadLayer<int16_t, kPair, OutputBlock>(context, places, weights, &packed);
  context.RequestWorkspace(SpreadValues(places) * sizeof(int16_t));
  context.SetPacked(packed);
}

EARSHOT_AVX2 void Widen(const int8_t* values, int32_t count, int32_t zero_point, int16_t* widened) {
  constexpr int32_t kStep = 16;
  const __m256i zero = _mm256_set1_epi16(static_cast<int16_t>(zero_point));
  int32_t i = 0;
  for (; i + kStep <= count; i += kStep) {
    const void* const from = values + i;
    void* const to = widened + i;
    const __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128(static_cast<const __m128i*>(from)));
    _mm256_storeu_si256(static_cast<__m256i*>(to), _mm256_sub_epi16(wide, zero));
  }
  for (; i < count; ++i) widened[i] = static_cast<int16_t>(values[i] - zero_point);
}

namespace {

// One layer, for one image.
struct Layer {
  const SpreadLayer& packed;
  const int32_t* run_offsets;
  const int32_t* positions;
  const int16_t* weights;
  const OutputBlock* blocks;
  const int16_t* spread;
  int8_t* output;
};

// Two values in each lane.
EARSHOT_AVX2 inline __m256i Broadcast(const int16_t* pair) {
  int32_t both;
  std::memcpy(&both, pair, sizeof(both));
  return _mm256_set1_epi32(both);
}

// Makes outputs of the sums of `pixels` places for `vectors` blocks.
template <bool positive, int32_t pixels, int32_t vectors>
EARSHOT_AVX2 inline void StoreAll(const Layer& layer, const __m256i (&sums)[pixels][vectors],
                                  int32_t first, int32_t block) {
  for (int32_t v = 0; v < vectors; v += 2) {
    const int32_t other = std::min(v + 1, vectors - 1);
    const Scaling low = MakeScaling<positive>(layer.blocks[block + v]);
    const Scaling high = MakeScaling<positive>(layer.blocks[block + other]);
    const int32_t channel = (block + v) * kLanes;
    const int32_t count = std::min(layer.packed.channels - channel, (other - v + 1) * kLanes);
    int8_t* output = layer.output + static_cast<ptrdiff_t>(first) * layer.packed.channels + channel;
    for (int32_t p = 0; p < pixels; ++p, output += layer.packed.channels) {
      StoreSome(Stored(Requantize<positive>(sums[p][v], low),
                       Requantize<positive>(sums[p][other], high), layer.packed.limits),
                count, output);
    }
  }
}

// The outputs from `first` on, `pixels` of them, of the channels of `vectors` blocks from `block`
// on.
template <int32_t pixels, int32_t vectors>
EARSHOT_AVX2 void Compute(const Layer& layer, int32_t first, int32_t block) {
  const SpreadLayer& packed = layer.packed;
  const int32_t runs = packed.places.runs.count;
  const int32_t pairs = packed.groups;
  const ptrdiff_t per_block = static_cast<ptrdiff_t>(runs) * pairs * kLanes * kPair;
  const OutputBlock* const blocks = layer.blocks + block;
  const int16_t* weights = layer.weights + block * per_block;
  const int16_t* windows[pixels];
  for (int32_t p = 0; p < pixels; ++p) windows[p] = layer.spread + layer.positions[first + p];
  __m256i sums[pixels][vectors];
  for (int32_t p = 0; p < pixels; ++p) {
    for (int32_t v = 0; v < vectors; ++v) sums[p][v] = Load(blocks[v].bias);
  }
  for (int32_t run = 0; run < runs; ++run) {
    const int32_t offset = layer.run_offsets[run];
    const int16_t* values[pixels];
    for (int32_t p = 0; p < pixels; ++p) values[p] = windows[p] + offset;
    for (int32_t k = 0; k < pairs; ++k, weights += kLanes * kPair) {
      __m256i by[vectors];
      for (int32_t v = 0; v < vectors; ++v) {
        const void* const place = weights + v * per_block;
        by[v] = _mm256_load_si256(static_cast<const __m256i*>(place));
      }
      for (int32_t p = 0; p < pixels; ++p) {
        const __m256i pair = Broadcast(values[p] + k * kPair);
        for (int32_t v = 0; v < vectors; ++v) {
          sums[p][v] = _mm256_add_epi32(sums[p][v], _mm256_madd_epi16(pair, by[v]));
        }
      }
    }
  }
  if (layer.packed.limits.CutsNegative()) {
    StoreAll<true>(layer, sums, first, block);
  } else {
    StoreAll<false>(layer, sums, first, block);
  }
}

// As many `vectors` at a time as fit, from `block` on; returns the first block that is left.
template <int32_t pixels, int32_t vectors>
int32_t ComputeBlocks(const Layer& layer, int32_t first, int32_t block) {
  for (; block + vectors <= layer.packed.blocks; block += vectors) {
    Compute<pixels, vectors>(layer, first, block);
  }
  return block;
}

template <int32_t pixels, int32_t vectors>
void ComputeAll(const Layer& layer) {
  const int32_t outputs = layer.packed.places.outputs.count;
  for (int32_t i = 0; i < outputs; i += pixels) {
    // The last ones are computed together with some before them, once more.
    const int32_t first = std::min(i, outputs - pixels);
    const int32_t left = ComputeBlocks<pixels, vectors>(layer, first, 0);
    if constexpr (vectors > 2) ComputeBlocks<pixels, 2>(layer, first, left);
  }
}

// As many sums at a time as there are registers for.
void ComputeAll(const Layer& layer) {
  const int32_t outputs = layer.packed.places.outputs.count;
  if (layer.packed.blocks == 1) {
    if (outputs >= 8) return ComputeAll<8, 1>(layer);
    if (outputs >= 3) return ComputeAll<3, 1>(layer);
    return ComputeAll<1, 1>(layer);
  }
  if (outputs >= 6) return ComputeAll<6, 2>(layer);
  if (outputs >= 3) return ComputeAll<3, 4>(layer);
  if (outputs == 2) return ComputeAll<2, 4>(layer);
  return ComputeAll<1, 8>(layer);
}

}  // namespace

void InvokeConvolution(const InvokeContext& context, const SpreadLayer& packed) {
  const int32_t zero_point = context.data<ConvolutionInteger>().input_zero_point;
  const LayerPlaces& places = packed.places;
  const auto* image = context.input<int8_t>(kConvolutionImage);
  auto* const spread = context.workspace<int16_t>();
  Layer layer = {packed,
                 context.packed_array<int32_t>(packed.run_offsets),
                 context.packed_array<int32_t>(packed.positions),
                 context.packed_array<int16_t>(packed.weights),
                 context.packed_array<OutputBlock>(packed.outputs),
                 spread,
                 context.output<int8_t>(0)};
  for (int32_t i = 0; i < places.images; ++i) {
    SpreadImage(packed, image, spread,
                [zero_point](const int8_t* values, int32_t count, int16_t* widened) {
                  Widen(values, count, zero_point, widened);
                });
    ComputeAll(layer);
    image += places.input_rows * places.input_row;
    layer.output += places.outputs.count * packed.channels;
  }
}

}  // namespace earshot::avx2
