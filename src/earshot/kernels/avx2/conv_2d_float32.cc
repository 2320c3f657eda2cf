// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Each sum is added up in the order of the reference, and with two roundings for each product: so
// the bits are the same. What is computed together are sums of different output channels, one in
// each lane, for which their filters are turned first, and of neighbouring outputs.

#include <immintrin.h>

#include <cstdint>

#include "earshot/kernels/avx2/kernels.h"
#include "earshot/kernels/conv_2d.h"

namespace earshot::avx2 {
namespace {

constexpr int32_t kLanes = 8;
constexpr int32_t kVectors = 2;                // Of output channels ...
constexpr int32_t kBlock = kVectors * kLanes;  // ... which are so many ...
constexpr int32_t kPixels = 4;                 // ... for so many outputs along the width.
constexpr int32_t kMostTaps = 1024;            // Of one output channel, all input channels.

// Of one layer, for one image.
struct Layer {
  const ConvolutionShape& shape;
  FloatRange range;
  const float* image;
  const float* bias;  // Null: none.
  float* output;
};

// Filters of `count` channels as they are needed: of each tap one number for each channel of a
// block; zeros for channels that are not there.
void Turn(const float* filters, int32_t taps, int32_t count, float* turned) {
  for (int32_t tap = 0; tap < taps; ++tap) {
    for (int32_t c = 0; c < kBlock; ++c) {
      turned[tap * kBlock + c] = c < count ? filters[c * taps + tap] : 0.0f;
    }
  }
}

void Store(const Layer& layer, const float* sums, int32_t place, int32_t channel, int32_t count) {
  float* const output = layer.output + place * layer.shape.output_channels + channel;
  for (int32_t c = 0; c < count; ++c) {
    const float sum = layer.bias != nullptr ? sums[c] + layer.bias[channel + c] : sums[c];
    output[c] = Clamp(sum, layer.range);
  }
}

// The outputs at [y][x] and the following ones, `pixels` in all, of a block of channels. All see
// the same taps.
template <int32_t pixels>
EARSHOT_AVX2 void Compute(const Layer& layer, const float* turned, int32_t y, int32_t x,
                          int32_t channel, int32_t count) {
  const FilterAxis& height = layer.shape.window.height;
  const FilterAxis& width = layer.shape.window.width;
  const int32_t channels = layer.shape.input_channels;
  const TapRange rows = TapsInside(height, y);
  const TapRange columns = TapsInside(width, x);
  __m256 sums[pixels][kVectors];
  for (int32_t p = 0; p < pixels; ++p) {
    for (int32_t v = 0; v < kVectors; ++v) sums[p][v] = _mm256_setzero_ps();
  }
  for (int32_t tap_y = rows.begin; tap_y < rows.end; ++tap_y) {
    const int32_t input_y = InputPosition(height, y, tap_y);
    for (int32_t tap_x = columns.begin; tap_x < columns.end; ++tap_x) {
      const float* values[pixels];
      for (int32_t p = 0; p < pixels; ++p) {
        const int32_t input_x = InputPosition(width, x + p, tap_x);
        values[p] = layer.image + (input_y * width.input + input_x) * channels;
      }
      const float* weights = turned + (tap_y * width.filter + tap_x) * channels * kBlock;
      for (int32_t c = 0; c < channels; ++c, weights += kBlock) {
        const __m256 low = _mm256_loadu_ps(weights);
        const __m256 high = _mm256_loadu_ps(weights + kLanes);
        for (int32_t p = 0; p < pixels; ++p) {
          const __m256 value = _mm256_broadcast_ss(values[p] + c);
          sums[p][0] = _mm256_add_ps(sums[p][0], _mm256_mul_ps(value, low));
          sums[p][1] = _mm256_add_ps(sums[p][1], _mm256_mul_ps(value, high));
        }
      }
    }
  }
  for (int32_t p = 0; p < pixels; ++p) {
    float stored[kBlock];
    for (int32_t v = 0; v < kVectors; ++v) _mm256_storeu_ps(stored + v * kLanes, sums[p][v]);
    Store(layer, stored, y * width.output + x + p, channel, count);
  }
}

bool SeesAllTaps(const FilterAxis& width, int32_t x) {
  const TapRange columns = TapsInside(width, x);
  return columns.begin == 0 && columns.end == width.filter;
}

void ComputeBlock(const Layer& layer, const float* turned, int32_t channel, int32_t count) {
  const FilterAxis& width = layer.shape.window.width;
  for (int32_t y = 0; y < layer.shape.window.height.output; ++y) {
    int32_t x = 0;
    while (x < width.output) {
      // What lies between two outputs that see all taps sees all, too.
      const bool together = x + kPixels <= width.output && SeesAllTaps(width, x) &&
                            SeesAllTaps(width, x + kPixels - 1);
      if (together) {
        Compute<kPixels>(layer, turned, y, x, channel, count);
      } else {
        Compute<1>(layer, turned, y, x, channel, count);
      }
      x += together ? kPixels : 1;
    }
  }
}

void InvokeConv2DFloat32(const InvokeContext& context) {
  const auto& data = context.data<ConvolutionFloat32>();
  const ConvolutionShape& shape = data.shape;
  const FilterAxis& height = shape.window.height;
  const FilterAxis& width = shape.window.width;
  const int64_t all_taps = int64_t{height.filter} * width.filter * shape.input_channels;
  if (all_taps > kMostTaps) return portable::kConv2DFloat32.invoke(context);
  const auto taps = static_cast<int32_t>(all_taps);
  const auto* filters = context.input<float>(kConvolutionFilter);
  Layer layer = {shape, data.output, context.input<float>(kConvolutionImage),
                 shape.has_bias != 0 ? context.input<float>(kConvolutionBias) : nullptr,
                 context.output<float>(0)};
  float turned[kMostTaps * kBlock];
  for (int32_t batch = 0; batch < shape.batches; ++batch) {
    for (int32_t channel = 0; channel < shape.output_channels; channel += kBlock) {
      const int32_t rest = shape.output_channels - channel;
      const int32_t count = rest < kBlock ? rest : kBlock;
      Turn(filters + channel * taps, taps, count, turned);
      ComputeBlock(layer, turned, channel, count);
    }
    layer.image += height.input * width.input * shape.input_channels;
    layer.output += height.output * width.output * shape.output_channels;
  }
}

}  // namespace

const Kernel kConv2DFloat32 = {kConv2DFloat32Key, PrepareConv2DFloat32, InvokeConv2DFloat32};

}  // namespace earshot::avx2
