// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The image is spread out as for other convolutions (packed_convolution.h). Channels lie side by
// side in a register; two taps at a time are interleaved, so that _mm256_madd_epi16 multiplies and
// adds two taps of eight channels. Where channels are few and the window moves by one column, a row
// of outputs is treated as one of many channels, whose weights repeat.

#include <immintrin.h>

#include <algorithm>
#include <cstdint>

#include "earshot/kernels/avx2/kernels.h"
#include "earshot/kernels/avx2/packed_convolution.h"
#include "earshot/kernels/depthwise_conv_2d.h"

namespace earshot::avx2 {
namespace {

constexpr int32_t kBlock = 16;  // Channels that are computed together.
constexpr int32_t kPair = 2;    // Taps.

struct PackedDepthwise {
  int32_t spread_height;  // Of an image, in columns of `spread_channels` values.
  int32_t spread_width;
  int32_t spread_channels;
  int32_t pairs;         // Of taps. An odd last one has a weight of 0.
  int32_t rows;          // Of outputs side by side in memory, which each ...
  int32_t channels;      // ... have so many: those of one place or, joined, of all places of a row.
  int32_t block_step;    // From one block's weights to the next one's, in blocks: 0 or 1.
  uint32_t tap_offsets;  // Each tap's value, from the window's first one; two for each pair.
  uint32_t positions;    // Each row's first value of the window.
  uint32_t weights;      // int16 [blocks][pairs][2][kLanes][2]
  uint32_t outputs;      // OutputBlock [blocks][2]
};

// How unpacking two registers and packing their sums orders channels: four by four.
constexpr int32_t Interleaved(int32_t lane) {
  constexpr int32_t kOrder[] = {0, 2, 1, 3};
  const int32_t four = lane / 4;
  return four / 4 * kBlock + kOrder[four % 4] * 4 + lane % 4;
}

// Whether a row of outputs may be one of many channels.
bool MayJoinColumns(const ConvolutionShape& shape) {
  return kBlock % shape.input_channels == 0 && shape.input_channels < kBlock &&
         shape.window.width.stride == 1;
}

void PackDepthwise(PackContext& context) {
  const InvokeContext& op = context.op();
  const auto& data = op.data<ConvolutionInteger>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const int32_t channels = shape.input_channels;
  const bool joins = MayJoinColumns(shape);
  PackedDepthwise packed = {};
  packed.spread_channels = joins ? channels : (channels + kBlock - 1) / kBlock * kBlock;
  if (!HasConstantWeights(context, shape) || !ScalesDown(op, data.multipliers, channels) ||
      !FitsSpread(shape, packed.spread_channels, &packed.spread_height, &packed.spread_width)) {
    return;
  }
  const int32_t taps = height.filter * width.filter;
  packed.pairs = (taps + 1) / kPair;
  packed.rows = joins ? height.output : height.output * width.output;
  packed.channels = joins ? width.output * channels : channels;
  packed.block_step = joins ? 0 : 1;
  const int32_t row = packed.spread_width * packed.spread_channels;

  int32_t tap = 0;
  const auto pairs = static_cast<size_t>(packed.pairs);
  for (int32_t& offset : context.AllocateArray<int32_t>(pairs * kPair, &packed.tap_offsets)) {
    const int32_t there = std::min(tap++, taps - 1);
    offset = there / width.filter * height.dilation * row +
             there % width.filter * width.dilation * packed.spread_channels;
  }
  int32_t place = 0;
  const int32_t columns = joins ? 1 : width.output;
  for (int32_t& position :
       context.AllocateArray<int32_t>(static_cast<size_t>(packed.rows), &packed.positions)) {
    position = place / columns * height.stride * row +
               place % columns * width.stride * packed.spread_channels;
    ++place;
  }
  const auto* filter = op.input<int8_t>(kConvolutionFilter);
  const int32_t blocks = (channels + kBlock - 1) / kBlock;
  const int32_t per_block = packed.pairs * kBlock * kPair;
  const auto channel_of = [joins, channels](int32_t lane) {
    return joins ? Interleaved(lane) % channels : Interleaved(lane);
  };
  const Span<int16_t> weights = context.AllocateArray<int16_t>(
      static_cast<size_t>(blocks) * static_cast<size_t>(per_block), &packed.weights);
  for (int32_t lane = 0; lane < blocks * kBlock && !weights.empty(); ++lane) {
    const int32_t channel = channel_of(lane);
    if (channel >= channels) continue;
    int16_t* const block = weights.data() + static_cast<ptrdiff_t>(lane / kBlock) * per_block;
    for (int32_t t = 0; t < taps; ++t) {
      block[(t / kPair * kBlock + lane % kBlock) * kPair + t % kPair] =
          filter[t * channels + channel];
    }
  }
  PackOutput<OutputBlock>(context,
                          shape.has_bias != 0 ? op.input<int32_t>(kConvolutionBias) : nullptr,
                          data.multipliers, channels, 2 * blocks, &packed.outputs, channel_of);
  context.RequestWorkspace(
      (static_cast<uint64_t>(packed.spread_height) * static_cast<uint64_t>(row) + kSpreadSlack) *
      sizeof(int16_t));
  context.SetPacked(packed);
}

// One layer, for one image.
struct Layer {
  const PackedDepthwise& packed;
  const int32_t* tap_offsets;
  const int32_t* positions;
  const int16_t* weights;
  const OutputBlock* blocks;
  OutputLimits limits;
  const int16_t* spread;
  int8_t* output;
};

void SpreadImage(const ConvolutionInteger& data, const PackedDepthwise& packed, const int8_t* image,
                 int16_t* spread) {
  const FilterWindow& window = data.shape.window;
  const int32_t channels = data.shape.input_channels;
  const int32_t spread_row = packed.spread_width * packed.spread_channels;
  const bool is_dense = packed.spread_channels == channels;
  std::fill(spread, spread + packed.spread_height * spread_row + kSpreadSlack, int16_t{0});
  for (int32_t y = 0; y < window.height.input; ++y) {
    int16_t* place = spread + (y + window.height.padding) * spread_row +
                     window.width.padding * packed.spread_channels;
    const int32_t pieces = is_dense ? 1 : window.width.input;
    const int32_t length = is_dense ? window.width.input * channels : channels;
    for (int32_t i = 0; i < pieces; ++i, image += length, place += packed.spread_channels) {
      Widen(image, length, data.input_zero_point, place);
    }
  }
}

EARSHOT_AVX2 inline __m256i LoadChannels(const int16_t* values) {
  const void* const bytes = values;
  return _mm256_loadu_si256(static_cast<const __m256i*>(bytes));
}

// Makes outputs of the sums of `count` rows for a block of channels.
template <bool positive, int32_t count>
EARSHOT_AVX2 inline void StoreAll(const Layer& layer, const __m256i (&low)[count],
                                  const __m256i (&high)[count], int32_t first, int32_t block) {
  const PackedDepthwise& packed = layer.packed;
  const OutputBlock* const outputs =
      layer.blocks + 2 * static_cast<ptrdiff_t>(block) * packed.block_step;
  const Scaling of_low = MakeScaling<positive>(outputs[0]);
  const Scaling of_high = MakeScaling<positive>(outputs[1]);
  const int32_t channel = block * kBlock;
  int8_t* output = layer.output + static_cast<ptrdiff_t>(first) * packed.channels + channel;
  for (int32_t i = 0; i < count; ++i, output += packed.channels) {
    StoreSome(StoredInterleaved(Requantize<positive>(low[i], of_low),
                                Requantize<positive>(high[i], of_high), layer.limits),
              std::min(packed.channels - channel, kBlock), output);
  }
}

// A block of channels of `count` rows from `first` on. `known_pairs`: how many pairs of taps there
// are; 0: as many as the layer says.
template <int32_t count, int32_t known_pairs>
EARSHOT_AVX2 void Compute(const Layer& layer, int32_t first, int32_t block) {
  const PackedDepthwise& packed = layer.packed;
  const int32_t pairs = known_pairs != 0 ? known_pairs : packed.pairs;
  const int32_t weights_block = block * packed.block_step;
  const int16_t* weights =
      layer.weights + static_cast<ptrdiff_t>(weights_block) * packed.pairs * kBlock * kPair;
  const OutputBlock* const outputs = layer.blocks + 2 * weights_block;
  const int16_t* windows[count];
  __m256i low[count], high[count];
  for (int32_t i = 0; i < count; ++i) {
    windows[i] = layer.spread + layer.positions[first + i] + block * kBlock;
    low[i] = Load(outputs[0].bias);
    high[i] = Load(outputs[1].bias);
  }
  const int32_t* taps = layer.tap_offsets;
  for (int32_t pair = 0; pair < pairs; ++pair, taps += kPair, weights += kBlock * kPair) {
    const __m256i by_low = LoadChannels(weights);
    const __m256i by_high = LoadChannels(weights + kBlock);
    for (int32_t i = 0; i < count; ++i) {
      const __m256i a = LoadChannels(windows[i] + taps[0]);
      const __m256i b = LoadChannels(windows[i] + taps[1]);
      low[i] = _mm256_add_epi32(low[i], _mm256_madd_epi16(_mm256_unpacklo_epi16(a, b), by_low));
      high[i] = _mm256_add_epi32(high[i], _mm256_madd_epi16(_mm256_unpackhi_epi16(a, b), by_high));
    }
  }
  if (layer.limits.CutsNegative()) {
    StoreAll<true>(layer, low, high, first, block);
  } else {
    StoreAll<false>(layer, low, high, first, block);
  }
}

template <int32_t count, int32_t known_pairs>
void ComputeAll(const Layer& layer) {
  for (int32_t i = 0; i < layer.packed.rows; i += count) {
    // The last ones are computed together with some before them, once more.
    const int32_t first = std::min(i, layer.packed.rows - count);
    for (int32_t c = 0; c < layer.packed.channels; c += kBlock) {
      Compute<count, known_pairs>(layer, first, c / kBlock);
    }
  }
}

void InvokePacked(const InvokeContext& context, const PackedDepthwise& packed) {
  const auto& data = context.data<ConvolutionInteger>();
  const auto* image = context.input<int8_t>(kConvolutionImage);
  auto* const spread = context.workspace<int16_t>();
  Layer layer = {packed,
                 context.packed_array<int32_t>(packed.tap_offsets),
                 context.packed_array<int32_t>(packed.positions),
                 context.packed_array<int16_t>(packed.weights),
                 context.packed_array<OutputBlock>(packed.outputs),
                 LimitsOf(data.output),
                 spread,
                 context.output<int8_t>(0)};
  constexpr int32_t kPairsOf3x3 = 5;
  for (int32_t batch = 0; batch < data.shape.batches; ++batch) {
    SpreadImage(data, packed, image, spread);
    if (packed.rows == 1) {
      ComputeAll<1, 0>(layer);
    } else if (packed.pairs == kPairsOf3x3) {
      ComputeAll<2, kPairsOf3x3>(layer);
    } else {
      ComputeAll<2, 0>(layer);
    }
    image +=
        data.shape.window.height.input * data.shape.window.width.input * data.shape.input_channels;
    layer.output += packed.rows * packed.channels;
  }
}

bool SeesOneChannel(const ConvolutionShape& shape) { return shape.input_channels == 1; }

void PackDepthwiseConv2DInt8(PackContext& context) {
  const ConvolutionShape& shape = context.op().data<ConvolutionInteger>().shape;
  if (SeesOneChannel(shape)) {
    PackConvolution(context, true);
  } else if (shape.depth_multiplier == 1) {
    PackDepthwise(context);
  }
}

void InvokeDepthwiseConv2DInt8(const InvokeContext& context) {
  if (context.packed<void>() == nullptr) {
    portable::kDepthwiseConv2DInt8.invoke(context);
  } else if (SeesOneChannel(context.data<ConvolutionInteger>().shape)) {
    InvokeConvolution(context, *context.packed<SpreadLayer>());
  } else {
    InvokePacked(context, *context.packed<PackedDepthwise>());
  }
}

}  // namespace

const Kernel kDepthwiseConv2DInt8 = {kDepthwiseConv2DInt8Key, PrepareDepthwiseConv2DInt8,
                                     InvokeDepthwiseConv2DInt8, PackDepthwiseConv2DInt8};

}  // namespace earshot::avx2
