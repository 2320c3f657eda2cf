// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx2/packed_convolution.h"

#include <algorithm>
#include <cstring>

namespace earshot::avx2 {
namespace {

constexpr int32_t kPair = 2;  // Values that one instruction multiplies for one output channel.
constexpr int64_t kMostSpread = int64_t{1} << 23;
constexpr int32_t kSlack = 32;  // Behind the spread image, for what is read at once.

// Where the window's values lie: a run for each row of taps or, where dilation tears rows apart,
// for each tap.
struct Runs {
  explicit Runs(const ConvolutionShape& shape)
      : per_row(shape.window.width.dilation != 1 ? shape.window.width.filter : 1),
        count(shape.window.height.filter * per_row),
        length(shape.window.width.filter / per_row * shape.input_channels) {}

  int32_t per_row;
  int32_t count;
  int32_t length;
};

// How far from the window's first value the last one is, at most.
int64_t Reach(const FilterAxis& axis) {
  const int64_t last =
      int64_t{axis.output - 1} * axis.stride + int64_t{axis.filter - 1} * axis.dilation;
  return std::max(last + 1, int64_t{axis.input} + axis.padding);
}

}  // namespace

bool FitsSpread(const ConvolutionShape& shape, int32_t channels, int32_t* height, int32_t* width) {
  const int64_t rows = Reach(shape.window.height);
  const int64_t columns = Reach(shape.window.width);
  if (rows > kMostSpread || columns > kMostSpread || rows * columns > kMostSpread ||
      rows * columns * channels > kMostSpread) {
    return false;
  }
  *height = static_cast<int32_t>(rows);
  *width = static_cast<int32_t>(columns);
  return true;
}

bool HasConstantWeights(const PackContext& context, const ConvolutionShape& shape) {
  return context.op().is_constant(kConvolutionFilter) &&
         (shape.has_bias == 0 || context.op().is_constant(kConvolutionBias));
}

void PackConvolution(PackContext& context, bool channel_is_last) {
  const InvokeContext& op = context.op();
  const auto& data = op.data<ConvolutionInteger>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const int32_t channels = shape.output_channels;
  PackedConvolution packed = {};
  if (!HasConstantWeights(context, shape) || !ScalesDown(op, data.multipliers, channels) ||
      !FitsSpread(shape, shape.input_channels, &packed.spread_height, &packed.spread_width)) {
    return;
  }
  const Runs runs(shape);
  packed.top = height.padding;
  packed.left = width.padding;
  packed.runs = runs.count;
  packed.pairs = (runs.length + 1) / kPair;
  packed.blocks = (channels + kLanes - 1) / kLanes;
  if (packed.blocks > 1) packed.blocks += packed.blocks % 2;
  const int32_t row = packed.spread_width * shape.input_channels;

  int32_t run = 0;
  for (int32_t& offset :
       context.AllocateArray<int32_t>(static_cast<size_t>(runs.count), &packed.run_offsets)) {
    offset = run / runs.per_row * height.dilation * row +
             run % runs.per_row * width.dilation * shape.input_channels;
    ++run;
  }
  int32_t place = 0;
  for (int32_t& position : context.AllocateArray<int32_t>(
           static_cast<size_t>(height.output) * static_cast<size_t>(width.output),
           &packed.positions)) {
    position = place / width.output * height.stride * row +
               place % width.output * width.stride * shape.input_channels;
    ++place;
  }
  const auto* filter = op.input<int8_t>(kConvolutionFilter);
  const auto per_block =
      static_cast<size_t>(packed.runs) * static_cast<size_t>(packed.pairs) * kLanes * kPair;
  const Span<int16_t> weights = context.AllocateArray<int16_t>(
      per_block * static_cast<size_t>(packed.blocks), &packed.weights);
  const int32_t taps = runs.count * runs.length;
  for (int32_t c = 0; c < channels && !weights.empty(); ++c) {
    int16_t* const block = &weights[static_cast<size_t>(c / kLanes) * per_block];
    for (int32_t tap = 0; tap < taps; ++tap) {
      const int32_t in_run = tap % runs.length;
      const int32_t pair = tap / runs.length * packed.pairs + in_run / kPair;
      block[(pair * kLanes + c % kLanes) * kPair + in_run % kPair] =
          channel_is_last ? filter[tap * channels + c] : filter[c * taps + tap];
    }
  }
  PackOutput<OutputBlock>(context,
                          shape.has_bias != 0 ? op.input<int32_t>(kConvolutionBias) : nullptr,
                          data.multipliers, channels, packed.blocks, &packed.outputs, InOrder);
  context.RequestWorkspace(
      (static_cast<uint64_t>(packed.spread_height) * static_cast<uint64_t>(row) + kSlack) *
      sizeof(int16_t));
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
  const PackedConvolution& packed;
  const int32_t* run_offsets;
  const int32_t* positions;
  const int16_t* weights;
  const OutputBlock* blocks;
  OutputLimits limits;
  int32_t channels;  // Of the output.
  const int16_t* spread;
  int8_t* output;
};

void SpreadImage(const ConvolutionInteger& data, const PackedConvolution& packed,
                 const int8_t* image, int16_t* spread) {
  const FilterWindow& window = data.shape.window;
  const int32_t channels = data.shape.input_channels;
  const int32_t row = window.width.input * channels;
  const int32_t spread_row = packed.spread_width * channels;
  int16_t* end = spread;  // Of what is written so far.
  const auto zeros_until = [&end](int16_t* place) { std::fill(end, place, int16_t{0}); };
  for (int32_t y = 0; y < window.height.input; ++y) {
    int16_t* const place = spread + (y + packed.top) * spread_row + packed.left * channels;
    zeros_until(place);
    Widen(image + y * row, row, data.input_zero_point, place);
    end = place + row;
  }
  zeros_until(spread + packed.spread_height * spread_row + kSlack);
}

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
    const int32_t count = std::min(layer.channels - channel, (other - v + 1) * kLanes);
    int8_t* output = layer.output + static_cast<ptrdiff_t>(first) * layer.channels + channel;
    for (int32_t p = 0; p < pixels; ++p, output += layer.channels) {
      StoreSome(Stored(Requantize<positive>(sums[p][v], low),
                       Requantize<positive>(sums[p][other], high), layer.limits),
                count, output);
    }
  }
}

// The outputs from `first` on, `pixels` of them, of the channels of `vectors` blocks from `block`
// on.
template <int32_t pixels, int32_t vectors>
EARSHOT_AVX2 void Compute(const Layer& layer, int32_t first, int32_t block) {
  const PackedConvolution& packed = layer.packed;
  const int32_t per_block = packed.runs * packed.pairs * kLanes * kPair;
  const OutputBlock* const blocks = layer.blocks + block;
  const int16_t* weights = layer.weights + static_cast<ptrdiff_t>(block) * per_block;
  const int16_t* windows[pixels];
  for (int32_t p = 0; p < pixels; ++p) windows[p] = layer.spread + layer.positions[first + p];
  __m256i sums[pixels][vectors];
  for (int32_t p = 0; p < pixels; ++p) {
    for (int32_t v = 0; v < vectors; ++v) sums[p][v] = Load(blocks[v].bias);
  }
  for (int32_t run = 0; run < packed.runs; ++run) {
    const int32_t offset = layer.run_offsets[run];
    const int16_t* values[pixels];
    for (int32_t p = 0; p < pixels; ++p) values[p] = windows[p] + offset;
    for (int32_t k = 0; k < packed.pairs; ++k, weights += kLanes * kPair) {
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
  if (layer.limits.CutsNegative()) {
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
void ComputeAll(const Layer& layer, int32_t outputs) {
  for (int32_t i = 0; i < outputs; i += pixels) {
    // The last ones are computed together with some before them, once more.
    const int32_t first = std::min(i, outputs - pixels);
    const int32_t left = ComputeBlocks<pixels, vectors>(layer, first, 0);
    if constexpr (vectors > 2) ComputeBlocks<pixels, 2>(layer, first, left);
  }
}

// As many sums at a time as there are registers for.
void ComputeAll(const Layer& layer, int32_t outputs) {
  if (layer.packed.blocks == 1) {
    if (outputs >= 8) return ComputeAll<8, 1>(layer, outputs);
    if (outputs >= 3) return ComputeAll<3, 1>(layer, outputs);
    return ComputeAll<1, 1>(layer, outputs);
  }
  if (outputs >= 6) return ComputeAll<6, 2>(layer, outputs);
  if (outputs >= 3) return ComputeAll<3, 4>(layer, outputs);
  if (outputs == 2) return ComputeAll<2, 4>(layer, outputs);
  return ComputeAll<1, 8>(layer, outputs);
}

}  // namespace

void InvokeConvolution(const InvokeContext& context, const PackedConvolution& packed) {
  const auto& data = context.data<ConvolutionInteger>();
  const FilterAxis& height = data.shape.window.height;
  const FilterAxis& width = data.shape.window.width;
  const int32_t outputs = height.output * width.output;
  const auto* image = context.input<int8_t>(kConvolutionImage);
  auto* const spread = context.workspace<int16_t>();
  Layer layer = {packed,
                 context.packed_array<int32_t>(packed.run_offsets),
                 context.packed_array<int32_t>(packed.positions),
                 context.packed_array<int16_t>(packed.weights),
                 context.packed_array<OutputBlock>(packed.outputs),
                 LimitsOf(data.output),
                 data.shape.output_channels,
                 spread,
                 context.output<int8_t>(0)};
  for (int32_t batch = 0; batch < data.shape.batches; ++batch) {
    SpreadImage(data, packed, image, spread);
    ComputeAll(layer, outputs);
    image += height.input * width.input * data.shape.input_channels;
    layer.output += outputs * layer.channels;
  }
}

}  // namespace earshot::avx2
