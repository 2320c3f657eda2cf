// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx512vnni/packed_depthwise.h"

#include <algorithm>
#include <utility>

#include "earshot/kernels/avx2/spread_layer.h"
#include "earshot/kernels/avx512vnni/raise.h"

namespace earshot::avx512vnni {
namespace {

constexpr int32_t kFour = 4;
constexpr int32_t kStep = 64;  // Values that are interleaved at once.

// The layer with rows and columns in other places, where there is but one row: then columns are
// what is interleaved.
ConvolutionShape Turned(const ConvolutionShape& shape) {
  ConvolutionShape turned = shape;
  const FilterAxis& height = shape.window.height;
  const bool is_row = height.input == 1 && height.output == 1 && height.filter == 1;
  if (is_row) std::swap(turned.window.height, turned.window.width);
  return turned;
}

int32_t RoundUp(int32_t value, int32_t to) { return (value + to - 1) / to * to; }

// What the shape says. A row of an output of few channels, whose window moves by one column, is
// treated as one of many.
PackedDepthwise PlacesOf(const ConvolutionShape& shape, bool joins) {
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  PackedDepthwise packed = {};
  packed.rows = height.input;
  packed.row = width.input;
  packed.channels = shape.input_channels;
  packed.joins = joins ? 1 : 0;
  packed.padded = joins ? packed.channels : RoundUp(packed.channels, kLanes);
  packed.fours = (height.filter + kFour - 1) / kFour;
  packed.filter_rows = height.filter;
  packed.row_dilation = height.dilation;
  packed.row_stride = height.stride;
  packed.taps = packed.fours * width.filter;
  packed.blocks = joins ? 1 : packed.padded / kLanes;
  packed.output_rows = height.output;
  packed.output_row = width.output * packed.channels;
  packed.steps = joins ? (packed.output_row + kLanes - 1) / kLanes : width.output;
  packed.step = joins ? kLanes : width.stride * packed.padded;
  packed.output_step = joins ? kLanes : packed.channels;
  return packed;
}

}  // namespace

void PackDepthwise(PackContext& context) {
  const InvokeContext& op = context.op();
  const auto& data = op.data<ConvolutionInteger>();
  const ConvolutionShape shape = Turned(data.shape);
  const int32_t channels = shape.input_channels;
  const bool joins = channels < kLanes && kLanes % channels == 0 && shape.window.width.stride == 1;
  PackedDepthwise packed = PlacesOf(shape, joins);
  int32_t spread_width = 0;
  if (!avx2::HasConstantWeights(context, shape) ||
      !avx2::ScalesDown(op, data.multipliers, channels) ||
      !avx2::FitsSpread(shape, packed.padded, &packed.spread_rows, &spread_width)) {
    return;
  }
  const FilterAxis& width = shape.window.width;
  packed.spread_row = RoundUp(spread_width * packed.padded, kStep);
  packed.first = shape.window.height.padding * packed.spread_row + width.padding * packed.padded;
  packed.padding = data.input_zero_point + kSignBit;
  packed.limits = avx2::LimitsOf(data.output);

  int32_t tap = 0;
  const int32_t interleaved_row = packed.spread_row + kStep;
  for (int32_t& offset :
       context.AllocateArray<int32_t>(static_cast<size_t>(packed.taps), &packed.tap_offsets)) {
    offset =
        tap / width.filter * interleaved_row + tap % width.filter * width.dilation * packed.padded;
    ++tap;
  }
  const auto channel_of = [joins, channels](int32_t lane) {
    return joins ? lane % channels : lane;
  };
  const Span<int8_t> weights = context.AllocateArray<int8_t>(
      static_cast<size_t>(packed.blocks) * static_cast<size_t>(packed.taps) * kLanes * kFour,
      &packed.weights);
  const Span<OutputBlock> outputs = avx2::PackOutput<OutputBlock>(
      context, shape.has_bias != 0 ? op.input<int32_t>(kConvolutionBias) : nullptr,
      data.multipliers, channels, packed.blocks, &packed.outputs, channel_of);
  const auto* filter = op.input<int8_t>(kConvolutionFilter);
  for (int32_t lane = 0; lane < packed.blocks * kLanes && !outputs.empty(); ++lane) {
    const int32_t channel = channel_of(lane);
    if (channel >= channels) continue;
    const int32_t block = lane / kLanes;
    int32_t sum = 0;
    for (int32_t i = 0; i < packed.filter_rows * width.filter; ++i) {
      const int32_t row = i / width.filter;
      const int32_t at = row / kFour * width.filter + i % width.filter;
      const int8_t weight = filter[i * channels + channel];
      const int32_t quad = (block * packed.taps + at) * kLanes + lane % kLanes;
      weights.data()[static_cast<ptrdiff_t>(quad) * kFour + row % kFour] = weight;
      sum += weight;
    }
    int32_t& bias = outputs[static_cast<size_t>(block)].bias[lane % kLanes];
    bias = WrappingAdd(bias, -packed.padding * sum);
  }
  const auto spread =
      static_cast<uint64_t>(packed.spread_rows) * static_cast<uint64_t>(packed.spread_row) + kStep;
  const uint64_t interleaved =
      static_cast<uint64_t>(packed.fours) * static_cast<uint64_t>(interleaved_row) * kFour;
  context.RequestWorkspace(RoundedToLines(spread) + interleaved);
  context.SetPacked(packed);
}

namespace {

// One layer, for one image.
struct Layer {
  const PackedDepthwise& packed;
  const int32_t* tap_offsets;
  const int8_t* weights;
  const OutputBlock* blocks;
  uint8_t* spread;
  uint8_t* interleaved;
};

void SpreadImage(const PackedDepthwise& packed, const int8_t* image, uint8_t* spread) {
  std::fill(spread, spread + packed.spread_rows * packed.spread_row + kStep,
            static_cast<uint8_t>(packed.padding));
  const bool is_dense = packed.padded == packed.channels;
  const int32_t pieces = is_dense ? 1 : packed.row;
  const int32_t length = is_dense ? packed.row * packed.channels : packed.channels;
  for (int32_t y = 0; y < packed.rows; ++y) {
    uint8_t* place = spread + packed.first + y * packed.spread_row;
    for (int32_t i = 0; i < pieces; ++i, image += length, place += packed.padded) {
      Raise(image, length, place);
    }
  }
}

// 64 values of each of four rows: the first one of all rows, the second one of all rows ...
EARSHOT_AVX512_VNNI inline void InterleaveStep(const uint8_t* const (&rows)[kFour], int32_t at,
                                               uint8_t* to) {
  const __m512i a = Load(rows[0] + at);
  const __m512i b = Load(rows[1] + at);
  const __m512i c = Load(rows[2] + at);
  const __m512i d = Load(rows[3] + at);
  const __m512i ab_low = _mm512_unpacklo_epi8(a, b);
  const __m512i ab_high = _mm512_unpackhi_epi8(a, b);
  const __m512i cd_low = _mm512_unpacklo_epi8(c, d);
  const __m512i cd_high = _mm512_unpackhi_epi8(c, d);
  // Of each 16 values the first, second, third and last four.
  const __m512i first = _mm512_unpacklo_epi16(ab_low, cd_low);
  const __m512i second = _mm512_unpackhi_epi16(ab_low, cd_low);
  const __m512i third = _mm512_unpacklo_epi16(ab_high, cd_high);
  const __m512i last = _mm512_unpackhi_epi16(ab_high, cd_high);
  // Sixteen values side by side: a transposed matrix of quarters.
  const __m512i even_low = _mm512_shuffle_i32x4(first, second, 0x88);  // Of 16s 0 and 2.
  const __m512i even_high = _mm512_shuffle_i32x4(third, last, 0x88);
  const __m512i odd_low = _mm512_shuffle_i32x4(first, second, 0xDD);  // Of 1 and 3.
  const __m512i odd_high = _mm512_shuffle_i32x4(third, last, 0xDD);
  _mm512_storeu_si512(to, _mm512_shuffle_i32x4(even_low, even_high, 0x88));
  _mm512_storeu_si512(to + kStep, _mm512_shuffle_i32x4(odd_low, odd_high, 0x88));
  _mm512_storeu_si512(to + 2 * kStep, _mm512_shuffle_i32x4(even_low, even_high, 0xDD));
  _mm512_storeu_si512(to + 3 * kStep, _mm512_shuffle_i32x4(odd_low, odd_high, 0xDD));
}

EARSHOT_AVX512_VNNI void Interleave(const Layer& layer, int32_t output_row) {
  const PackedDepthwise& packed = layer.packed;
  uint8_t* to = layer.interleaved;
  for (int32_t four = 0; four < packed.fours; ++four) {
    const uint8_t* rows[kFour];
    for (int32_t r = 0; r < kFour; ++r) {
      // The last row stands in for those that are missing.
      const int32_t tap = std::min(four * kFour + r, packed.filter_rows - 1);
      rows[r] = layer.spread +
                static_cast<ptrdiff_t>(output_row * packed.row_stride + tap * packed.row_dilation) *
                    packed.spread_row;
    }
    for (int32_t at = 0; at < packed.spread_row; at += kStep, to += kStep * kFour) {
      InterleaveStep(rows, at, to);
    }
    to += kStep * kFour;  // What is read at once, behind the last ones.
  }
}

template <bool positive>
EARSHOT_AVX512_VNNI void ComputeRow(const Layer& layer, int8_t* output) {
  const PackedDepthwise& packed = layer.packed;
  for (int32_t block = 0; block < packed.blocks; ++block) {
    const OutputBlock& out = layer.blocks[block];
    const __m512i bias = Load(out.bias);
    const Scaling scaling = MakeScaling<positive>(out);
    const int8_t* const weights = layer.weights + block * packed.taps * kLanes * kFour;
    const int32_t channel = block * kLanes;
    const uint8_t* window = layer.interleaved + channel * kFour;
    int8_t* to = output + channel;
    for (int32_t i = 0; i < packed.steps; ++i) {
      __m512i sums = bias;
      for (int32_t tap = 0; tap < packed.taps; ++tap) {
        sums = _mm512_dpbusd_epi32(sums, Load(window + layer.tap_offsets[tap] * kFour),
                                   Load(weights + tap * kLanes * kFour));
      }
      const int32_t rest =
          packed.joins != 0 ? packed.output_row - i * kLanes : packed.channels - channel;
      StoreSome(Stored(Requantize<positive>(sums, scaling), packed.limits), rest, to);
      window += packed.step * kFour;
      to += packed.output_step;
    }
  }
}

}  // namespace

void InvokeDepthwise(const InvokeContext& context, const PackedDepthwise& packed) {
  const int32_t batches = context.data<ConvolutionInteger>().shape.batches;
  const auto* image = context.input<int8_t>(kConvolutionImage);
  auto* output = context.output<int8_t>(0);
  auto* const spread = context.workspace<uint8_t>();
  const auto spread_bytes =
      static_cast<uint64_t>(packed.spread_rows) * static_cast<uint64_t>(packed.spread_row) + kStep;
  const Layer layer = {packed,
                       context.packed_array<int32_t>(packed.tap_offsets),
                       context.packed_array<int8_t>(packed.weights),
                       context.packed_array<OutputBlock>(packed.outputs),
                       spread,
                       spread + RoundedToLines(spread_bytes)};
  const auto compute_row = packed.limits.CutsNegative() ? ComputeRow<true> : ComputeRow<false>;
  for (int32_t batch = 0; batch < batches; ++batch) {
    SpreadImage(packed, image, spread);
    for (int32_t y = 0; y < packed.output_rows; ++y, output += packed.output_row) {
      Interleave(layer, y);
      compute_row(layer, output);
    }
    image += packed.rows * packed.row * packed.channels;
  }
}

}  // namespace earshot::avx512vnni
