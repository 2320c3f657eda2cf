// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <immintrin.h>

#include <cstdint>

#include "earshot/kernels/avx2/kernels.h"
#include "earshot/kernels/avx2/packed_dense.h"
#include "earshot/kernels/fully_connected.h"
#include "earshot/kernels/portable/output_stage.h"

namespace earshot::avx2 {
namespace {

constexpr int32_t kRows = 4;   // Outputs that are computed together.
constexpr int32_t kStep = 16;  // Products that one instruction multiplies.

// The next kStep of `values` as int16.
EARSHOT_AVX2 inline __m256i LoadWide(const int8_t* values) {
  const void* bytes = values;
  return _mm256_cvtepi8_epi16(_mm_loadu_si128(static_cast<const __m128i*>(bytes)));
}

EARSHOT_AVX2 inline int32_t SumOf(__m256i lanes) {
  __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(1, 0, 3, 2)));
  sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, _MM_SHUFFLE(2, 3, 0, 1)));
  return _mm_cvtsi128_si32(sum);
}

// sums[k]: the products of `depth` values less their zero point and of the k-th row of `weights`.
// Rows from `rows` on, up to kRows, are undefined. Prepare has made sure that no sum overflows.
EARSHOT_AVX2 void DotProducts(const int8_t* values, int32_t zero_point, const int8_t* weights,
                              int32_t depth, int32_t rows, int32_t* sums) {
  // The last row stands in for those that are missing.
  const int8_t* row[kRows];
  for (int32_t k = 0; k < kRows; ++k) row[k] = weights + (k < rows ? k : rows - 1) * depth;
  const __m256i zero_points = _mm256_set1_epi16(static_cast<int16_t>(zero_point));
  __m256i lanes[kRows] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(),
                          _mm256_setzero_si256()};
  int32_t i = 0;
  for (; i + kStep <= depth; i += kStep) {
    const __m256i value = _mm256_sub_epi16(LoadWide(values + i), zero_points);
    for (int32_t k = 0; k < kRows; ++k) {
      lanes[k] = _mm256_add_epi32(lanes[k], _mm256_madd_epi16(value, LoadWide(row[k] + i)));
    }
  }
  for (int32_t k = 0; k < kRows; ++k) sums[k] = SumOf(lanes[k]);
  for (; i < depth; ++i) {
    const int32_t value = values[i] - zero_point;
    for (int32_t k = 0; k < kRows; ++k) sums[k] += row[k][i] * value;
  }
}

void PackFullyConnectedInt8(PackContext& context) {
  const InvokeContext& op = context.op();
  const auto& data = op.data<FullyConnectedInteger>();
  const FullyConnectedShape& shape = data.shape;
  const bool is_constant = op.is_constant(1) && (shape.has_bias == 0 || op.is_constant(2));
  if (!is_constant || data.weights_zero_point != 0) return;
  PackDense(context, {op.input<int8_t>(1), shape.has_bias != 0 ? op.input<int32_t>(2) : nullptr,
                      shape.input_depth, shape.output_depth, data.input_zero_point,
                      data.multipliers, data.output});
}

// What is not packed: weights that are computed, with a zero point, or that scale up.
void InvokeUnpacked(const InvokeContext& context) {
  const auto& data = context.data<FullyConnectedInteger>();
  const FullyConnectedShape& shape = data.shape;
  const auto* row = context.input<int8_t>(0);
  const auto* matrix = context.input<int8_t>(1);
  auto* output = context.output<int8_t>(0);
  const portable::OutputStage stage(shape.has_bias != 0 ? context.input<int32_t>(2) : nullptr,
                                    context.array<QuantizedMultiplier>(data.multipliers.offset),
                                    data.multipliers, data.output);
  for (int32_t batch = 0; batch < shape.batches; ++batch, row += shape.input_depth) {
    const int32_t share = WeightsZeroPointShare(data, row);
    const int8_t* weights = matrix;
    for (int32_t out = 0; out < shape.output_depth; out += kRows) {
      const int32_t rest = shape.output_depth - out;
      const int32_t count = rest < kRows ? rest : kRows;
      int32_t sums[kRows];
      DotProducts(row, data.input_zero_point, weights, shape.input_depth, count, sums);
      for (int32_t& sum : sums) sum += share;
      stage.Store(sums, count, out, output);
      weights += count * shape.input_depth;
      output += count;
    }
  }
}

void InvokeFullyConnectedInt8(const InvokeContext& context) {
  const auto* packed = context.packed<PackedDense>();
  if (packed == nullptr) return InvokeUnpacked(context);
  const auto& data = context.data<FullyConnectedInteger>();
  InvokeDense(context, *packed, context.input<int8_t>(1), data.shape.batches);
}

}  // namespace

const Kernel kFullyConnectedInt8 = {kFullyConnectedInt8Key, PrepareFullyConnectedInt8,
                                    InvokeFullyConnectedInt8, PackFullyConnectedInt8};

}  // namespace earshot::avx2
