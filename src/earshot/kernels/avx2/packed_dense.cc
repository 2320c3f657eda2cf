// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx2/packed_dense.h"

#include <algorithm>
#include <cstring>

namespace earshot::avx2 {
namespace {

constexpr int32_t kRows = 4;   // Outputs that are computed together.
constexpr int32_t kStep = 32;  // Values that one instruction multiplies.

EARSHOT_AVX2 inline __m256i LoadStep(const int8_t* values) {
  const void* bytes = values;
  return _mm256_loadu_si256(static_cast<const __m256i*>(bytes));
}

// `count` values, less than kStep, and zeros.
EARSHOT_AVX2 inline __m256i LoadRest(const int8_t* values, int32_t count) {
  alignas(kStep) int8_t all[kStep] = {};
  std::memcpy(all, values, static_cast<size_t>(count));
  return LoadStep(all);
}

// Adds the products of 32 values and weights to eight sums.
EARSHOT_AVX2 inline __m256i AddProducts(__m256i sums, __m256i values, __m256i magnitudes,
                                        __m256i weights) {
  const __m256i pairs = _mm256_maddubs_epi16(magnitudes, _mm256_sign_epi8(weights, values));
  return _mm256_add_epi32(sums, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

// The four registers' sums.
EARSHOT_AVX2 inline __m128i SumsOf(const __m256i (&lanes)[kRows]) {
  const __m256i all = _mm256_hadd_epi32(_mm256_hadd_epi32(lanes[0], lanes[1]),
                                        _mm256_hadd_epi32(lanes[2], lanes[3]));
  return _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

// The products of the values with the rows of `weights`, of which there are `rows`, up to kRows.
EARSHOT_AVX2 inline __m128i DotProducts(const int8_t* values, const int8_t* weights, int32_t depth,
                                        int32_t rows) {
  // The last row stands in for those that are missing.
  const int8_t* row[kRows];
  for (int32_t k = 0; k < kRows; ++k) {
    row[k] = weights + static_cast<ptrdiff_t>(std::min(k, rows - 1)) * depth;
  }
  __m256i lanes[kRows] = {_mm256_setzero_si256(), _mm256_setzero_si256(), _mm256_setzero_si256(),
                          _mm256_setzero_si256()};
  int32_t i = 0;
  for (; i + kStep <= depth; i += kStep) {
    const __m256i value = LoadStep(values + i);
    const __m256i magnitude = _mm256_abs_epi8(value);
    for (int32_t k = 0; k < kRows; ++k) {
      lanes[k] = AddProducts(lanes[k], value, magnitude, LoadStep(row[k] + i));
    }
  }
  if (i < depth) {
    const __m256i value = LoadRest(values + i, depth - i);
    const __m256i magnitude = _mm256_abs_epi8(value);
    for (int32_t k = 0; k < kRows; ++k) {
      lanes[k] = AddProducts(lanes[k], value, magnitude, LoadRest(row[k] + i, depth - i));
    }
  }
  return SumsOf(lanes);
}

EARSHOT_AVX2 void InvokeRow(const PackedDense& packed, const OutputBlock* block,
                            const int8_t* values, const int8_t* weights, int8_t* output) {
  for (int32_t c = 0; c < packed.channels; c += kLanes, ++block) {
    const int32_t count = std::min(packed.channels - c, kLanes);
    const int8_t* const rows = weights + static_cast<ptrdiff_t>(c) * packed.depth;
    const __m128i low = DotProducts(values, rows, packed.depth, std::min(count, kRows));
    __m128i high = low;
    if (count > kRows) {
      high = DotProducts(values, rows + static_cast<ptrdiff_t>(kRows) * packed.depth, packed.depth,
                         count - kRows);
    }
    const __m256i sums = _mm256_add_epi32(_mm256_set_m128i(high, low), Load(block->bias));
    const __m256i steps = Requantize<false>(sums, MakeScaling<false>(*block));
    StoreSome(Stored(steps, steps, packed.limits), count, output + c);
  }
}

}  // namespace

void PackDense(PackContext& context, const DenseLayer& layer) {
  const auto count = static_cast<size_t>(layer.depth) * static_cast<size_t>(layer.channels);
  if (!ScalesDown(context.op(), layer.multipliers, layer.channels) ||
      std::find(layer.weights, layer.weights + count, INT8_MIN) != layer.weights + count) {
    return;
  }
  PackedDense packed = {layer.depth, layer.channels, LimitsOf(layer.output), 0};
  const Span<OutputBlock> blocks = PackOutput<OutputBlock>(
      context, layer.bias, layer.multipliers, layer.channels, 1, &packed.outputs, InOrder);
  for (int32_t c = 0; c < layer.channels && !blocks.empty(); ++c) {
    int32_t sum = 0;
    for (int32_t i = 0; i < layer.depth; ++i) {
      sum += layer.weights[static_cast<ptrdiff_t>(c) * layer.depth + i];
    }
    int32_t& bias = blocks[static_cast<size_t>(c / kLanes)].bias[c % kLanes];
    bias = WrappingAdd(bias, -layer.input_zero_point * sum);
  }
  context.SetPacked(packed);
}

void InvokeDense(const InvokeContext& context, const PackedDense& packed, const int8_t* weights,
                 int32_t batches) {
  const auto* blocks = context.packed_array<OutputBlock>(packed.outputs);
  const auto* values = context.input<int8_t>(0);
  auto* output = context.output<int8_t>(0);
  for (int32_t batch = 0; batch < batches; ++batch) {
    InvokeRow(packed, blocks, values, weights, output);
    values += packed.depth;
    output += packed.channels;
  }
}

}  // namespace earshot::avx2
