// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <immintrin.h>

#include <cstdint>
#include <cstring>

#include "earshot/kernels/avx2/kernels.h"
#include "earshot/kernels/avx2/output_block.h"
#include "earshot/kernels/pool_2d.h"

namespace earshot::avx2 {
namespace {

// The window of one place of the output, from its first value on.
struct Window {
  const int8_t* values;
  int32_t rows;
  int32_t columns;
  int32_t row;       // From a row's first value to the next one's.
  int32_t channels;  // The same for columns.
};

// Eight channels of one place, the last ones of which need not be there.
EARSHOT_AVX2 inline __m256i LoadChannels(const int8_t* values, int32_t count) {
  int64_t bytes = 0;
  std::memcpy(&bytes, values, static_cast<size_t>(count < kLanes ? count : kLanes));
  return _mm256_cvtepi8_epi32(_mm_cvtsi64_si128(bytes));
}

EARSHOT_AVX2 inline __m256i SumOf(const Window& window, int32_t channel, int32_t count) {
  __m256i sums = _mm256_setzero_si256();
  const int8_t* row = window.values + channel;
  for (int32_t y = 0; y < window.rows; ++y, row += window.row) {
    const int8_t* place = row;
    for (int32_t x = 0; x < window.columns; ++x, place += window.channels) {
      sums = _mm256_add_epi32(sums, LoadChannels(place, count));
    }
  }
  return sums;
}

// Four sums over `count`, cut off. In double that is exact: no quotient of integers of 32 bits
// comes nearer to the next integer than its rounding.
EARSHOT_AVX2 inline __m128i Quotients(__m128i sums, __m256d count) {
  return _mm256_cvttpd_epi32(_mm256_div_pd(_mm256_cvtepi32_pd(sums), count));
}

// reference::RoundedQuotient() of eight sums.
EARSHOT_AVX2 inline __m256i Means(__m256i sums, int32_t count) {
  const __m256i half = _mm256_set1_epi32(count / 2);
  const __m256i rounded = _mm256_add_epi32(sums, _mm256_sign_epi32(half, sums));
  const __m256d divisor = _mm256_set1_pd(count);
  return _mm256_set_m128i(Quotients(_mm256_extracti128_si256(rounded, 1), divisor),
                          Quotients(_mm256_castsi256_si128(rounded), divisor));
}

EARSHOT_AVX2 void PoolPlace(const Window& window, const OutputLimits& limits, int8_t* output) {
  const int32_t count = window.rows * window.columns;
  const __m256i zero_point = _mm256_set1_epi32(limits.zero_point);
  for (int32_t c = 0; c < window.channels; c += kLanes) {
    const int32_t rest = window.channels - c;
    const __m256i means = Means(SumOf(window, c, rest), count);
    const __m256i steps = _mm256_sub_epi32(means, zero_point);
    StoreSome(Stored(steps, steps, limits), rest < kLanes ? rest : kLanes, output + c);
  }
}

void InvokeAveragePool2DInt8(const InvokeContext& context) {
  const auto& data = context.data<Pool2DInteger>();
  const FilterAxis& height = data.shape.window.height;
  const FilterAxis& width = data.shape.window.width;
  const OutputLimits limits = LimitsOf(data.output);
  const int32_t channels = data.shape.channels;
  const int32_t row = width.input * channels;
  const auto* image = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t batch = 0; batch < data.shape.batches; ++batch, image += height.input * row) {
    for (int32_t y = 0; y < height.output; ++y) {
      const TapRange rows = TapsInside(height, y);
      for (int32_t x = 0; x < width.output; ++x, output += channels) {
        const TapRange columns = TapsInside(width, x);
        const int8_t* const values = image + InputPosition(height, y, rows.begin) * row +
                                     InputPosition(width, x, columns.begin) * channels;
        PoolPlace({values, rows.end - rows.begin, columns.end - columns.begin, row, channels},
                  limits, output);
      }
    }
  }
}

}  // namespace

const Kernel kAveragePool2DInt8 = {kAveragePool2DInt8Key, PreparePool2DInt8,
                                   InvokeAveragePool2DInt8};

}  // namespace earshot::avx2
