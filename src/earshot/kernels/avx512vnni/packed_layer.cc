// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx512vnni/packed_layer.h"

#include <algorithm>
#include <cstring>

#include "earshot/kernels/avx512vnni/raise.h"

namespace earshot::avx512vnni {
namespace {

constexpr int32_t kQuad = 4;  // Values that one instruction multiplies for one output channel.

}  // namespace

void PackLayer(PackContext& context, const avx2::LayerPlaces& places,
               const avx2::LayerWeights& weights) {
  avx2::SpreadLayer packed = {};
  const Span<OutputBlock> outputs =
      avx2::PackSpreadLayer<int8_t, kQuad, OutputBlock>(context, places, weights, &packed);
  packed.padding = weights.input_zero_point + kSignBit;
  for (int32_t c = 0; c < weights.channels && !outputs.empty(); ++c) {
    int32_t sum = 0;
    for (int32_t tap = 0; tap < places.runs.count * places.run; ++tap) sum += weights.at(c, tap);
    int32_t& bias = outputs[static_cast<size_t>(c / kLanes)].bias[c % kLanes];
    bias = WrappingAdd(bias, -packed.padding * sum);
  }
  context.RequestWorkspace(avx2::SpreadValues(places));
  context.SetPacked(packed);
}

void PackConvolution(PackContext& context, bool channel_is_last) {
  avx2::LayerPlaces places = {};
  avx2::LayerWeights weights = {};
  if (!avx2::DescribeConvolution(context, channel_is_last, &places, &weights)) return;
  PackLayer(context, places, weights);
}

namespace {

// One layer, for one image.
struct Layer {
  const avx2::SpreadLayer& packed;
  const int32_t* run_offsets;
  const int32_t* positions;
  const int8_t* weights;
  const OutputBlock* blocks;
  const uint8_t* spread;
  int8_t* output;
};

// Four values in each lane.
EARSHOT_AVX512_VNNI inline __m512i Broadcast(const uint8_t* quad) {
  int32_t all;
  std::memcpy(&all, quad, sizeof(all));
  return _mm512_set1_epi32(all);
}

// Makes outputs of the sums of `places` places for `vectors` blocks.
template <bool positive, int32_t places, int32_t vectors>
EARSHOT_AVX512_VNNI inline void StoreAll(const Layer& layer, const __m512i (&sums)[places][vectors],
                                         int32_t first, int32_t block) {
  const avx2::SpreadLayer& packed = layer.packed;
  for (int32_t v = 0; v < vectors; ++v) {
    const int32_t channel = (block + v) * kLanes;
    if (channel >= packed.channels) break;
    const Scaling scaling = MakeScaling<positive>(layer.blocks[block + v]);
    int8_t* output = layer.output + static_cast<ptrdiff_t>(first) * packed.channels + channel;
    for (int32_t p = 0; p < places; ++p, output += packed.channels) {
      StoreSome(Stored(Requantize<positive>(sums[p][v], scaling), packed.limits),
                packed.channels - channel, output);
    }
  }
}

// The outputs from `first` on, `places` of them, of the channels of `vectors` blocks from `block`
// on.
template <int32_t places, int32_t vectors>
EARSHOT_AVX512_VNNI void Compute(const Layer& layer, int32_t first, int32_t block) {
  const avx2::SpreadLayer& packed = layer.packed;
  const int32_t runs = packed.places.runs.count;
  const int32_t quads = packed.groups;
  const ptrdiff_t per_block = static_cast<ptrdiff_t>(runs) * quads * kLanes * kQuad;
  const OutputBlock* const blocks = layer.blocks + block;
  const int8_t* weights = layer.weights + block * per_block;
  const uint8_t* windows[places];
  __m512i sums[places][vectors];
  for (int32_t p = 0; p < places; ++p) {
    windows[p] = layer.spread + layer.positions[first + p];
    for (int32_t v = 0; v < vectors; ++v) sums[p][v] = Load(blocks[v].bias);
  }
  for (int32_t run = 0; run < runs; ++run) {
    const int32_t offset = layer.run_offsets[run];
    for (int32_t k = 0; k < quads; ++k, weights += kLanes * kQuad) {
      __m512i by[vectors];
      for (int32_t v = 0; v < vectors; ++v) by[v] = Load(weights + v * per_block);
      for (int32_t p = 0; p < places; ++p) {
        const __m512i quad = Broadcast(windows[p] + offset + k * kQuad);
        for (int32_t v = 0; v < vectors; ++v) {
          sums[p][v] = _mm512_dpbusd_epi32(sums[p][v], quad, by[v]);
        }
      }
    }
  }
  if (packed.limits.CutsNegative()) {
    StoreAll<true>(layer, sums, first, block);
  } else {
    StoreAll<false>(layer, sums, first, block);
  }
}

// The only output of the only block: its sum in parts, which need not wait for one another.
EARSHOT_AVX512_VNNI void ComputeOne(const Layer& layer) {
  constexpr int32_t kParts = 4;
  const avx2::SpreadLayer& packed = layer.packed;
  const int8_t* weights = layer.weights;
  __m512i parts[kParts] = {Load(layer.blocks[0].bias), _mm512_setzero_si512(),
                           _mm512_setzero_si512(), _mm512_setzero_si512()};
  for (int32_t run = 0; run < packed.places.runs.count; ++run) {
    const uint8_t* const values = layer.spread + layer.positions[0] + layer.run_offsets[run];
    int32_t k = 0;
    for (; k + kParts <= packed.groups; k += kParts) {
      for (int32_t part = 0; part < kParts; ++part, weights += kLanes * kQuad) {
        parts[part] =
            _mm512_dpbusd_epi32(parts[part], Broadcast(values + (k + part) * kQuad), Load(weights));
      }
    }
    for (; k < packed.groups; ++k, weights += kLanes * kQuad) {
      parts[0] = _mm512_dpbusd_epi32(parts[0], Broadcast(values + k * kQuad), Load(weights));
    }
  }
  const __m512i sums =
      _mm512_add_epi32(_mm512_add_epi32(parts[0], parts[1]), _mm512_add_epi32(parts[2], parts[3]));
  const __m512i steps = Requantize<false>(sums, MakeScaling<false>(layer.blocks[0]));
  StoreSome(Stored(steps, packed.limits), packed.channels, layer.output);
}

// As many `vectors` at a time as fit, from `block` on; returns the first block that is left.
template <int32_t places, int32_t vectors>
int32_t ComputeBlocks(const Layer& layer, int32_t first, int32_t block) {
  for (; block + vectors <= layer.packed.blocks; block += vectors) {
    Compute<places, vectors>(layer, first, block);
  }
  return block;
}

template <int32_t places, int32_t vectors>
void ComputeAll(const Layer& layer) {
  const int32_t outputs = layer.packed.places.outputs.count;
  for (int32_t i = 0; i < outputs; i += places) {
    // The last ones are computed together with some before them, once more.
    const int32_t first = std::min(i, outputs - places);
    int32_t left = ComputeBlocks<places, vectors>(layer, first, 0);
    if constexpr (vectors > 4) left = ComputeBlocks<places, 4>(layer, first, left);
    if constexpr (vectors > 2) ComputeBlocks<places, 2>(layer, first, left);
  }
}

// As many sums at a time as there are registers for.
void ComputeAll(const Layer& layer) {
  const int32_t outputs = layer.packed.places.outputs.count;
  if (layer.packed.blocks == 1) {
    if (outputs >= 16) return ComputeAll<16, 1>(layer);
    if (outputs >= 4) return ComputeAll<4, 1>(layer);
    if (outputs >= 2) return ComputeAll<2, 1>(layer);
    return ComputeOne(layer);
  }
  if (layer.packed.blocks == 2 && outputs >= 12) return ComputeAll<12, 2>(layer);
  if (outputs >= 6) return ComputeAll<6, 4>(layer);
  if (outputs >= 3) return ComputeAll<3, 4>(layer);
  return ComputeAll<1, 8>(layer);
}

}  // namespace

void InvokeLayer(const InvokeContext& context, const avx2::SpreadLayer& packed) {
  const avx2::LayerPlaces& places = packed.places;
  const auto* image = context.input<int8_t>(0);
  auto* const spread = context.workspace<uint8_t>();
  Layer layer = {packed,
                 context.packed_array<int32_t>(packed.run_offsets),
                 context.packed_array<int32_t>(packed.positions),
                 context.packed_array<int8_t>(packed.weights),
                 context.packed_array<OutputBlock>(packed.outputs),
                 spread,
                 context.output<int8_t>(0)};
  for (int32_t i = 0; i < places.images; ++i) {
    avx2::SpreadImage(packed, image, spread, Raise);
    ComputeAll(layer);
    image += places.input_rows * places.input_row;
    layer.output += places.outputs.count * packed.channels;
  }
}

}  // namespace earshot::avx512vnni
