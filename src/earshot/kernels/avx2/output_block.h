// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What becomes of the sums of products of an int8 operator, for eight output channels at a time:
// portable::OutputStage (../portable/output_stage.h) in vectors.
#pragma once

#include <immintrin.h>

#include <cstdint>
#include <iterator>

#include "earshot/kernels/avx2/kernels.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot::avx2 {

constexpr int32_t kLanes = 8;  // int32 in a register.

// Of eight adjacent output channels; of those that are not there all is 0.
struct alignas(32) OutputBlock {
  int32_t bias[kLanes];
  int32_t multiplier[kLanes];
  int32_t shift[kLanes];  // To the right, less one: see Requantize().
};

// Of all channels alike.
struct OutputLimits {
  int32_t zero_point;
  int32_t lowest;  // As stored.
  int32_t highest;

  // Whether nothing below zero comes through, as with RELU.
  constexpr bool CutsNegative() const { return lowest >= zero_point; }
};

constexpr OutputLimits LimitsOf(const IntegerOutput& output) {
  return {output.zero_point, output.lowest + output.zero_point, output.highest + output.zero_point};
}

// Whether each of the channels' multipliers scales down, as all do but in odd models: Requantize()
// is for these only.
bool ScalesDown(const InvokeContext& op, const ChannelMultipliers& multipliers, int32_t channels);

// At least `least` blocks, for `channels` channels; none while memory is only counted. `bias`: null
// for none. `channel_of(lane)`: which channel is in a lane, counted through all blocks.
template <typename Block, typename ChannelOf>
Span<Block> PackOutput(PackContext& context, const int32_t* bias,
                       const ChannelMultipliers& multipliers, int32_t channels, int32_t least,
                       uint32_t* offset, ChannelOf channel_of) {
  constexpr auto kBlockLanes = static_cast<int32_t>(std::size(Block().bias));
  const int32_t all = (channels + kBlockLanes - 1) / kBlockLanes;
  const auto* array = context.op().array<QuantizedMultiplier>(multipliers.offset);
  const Span<Block> blocks =
      context.AllocateArray<Block>(static_cast<size_t>(all < least ? least : all), offset);
  int32_t place = 0;
  for (Block& block : blocks) {
    for (int32_t lane = 0; lane < kBlockLanes; ++lane) {
      const int32_t channel = channel_of(place++);
      if (channel >= channels) continue;
      const QuantizedMultiplier by = ForChannel(array, multipliers, channel);
      block.bias[lane] = bias != nullptr ? bias[channel] : 0;
      block.multiplier[lane] = by.multiplier;
      block.shift[lane] = by.multiplier == 0 ? 0 : -by.shift - 1;
    }
  }
  return blocks;
}
constexpr int32_t InOrder(int32_t lane) { return lane; }

EARSHOT_AVX2 inline __m256i Load(const int32_t* values) {
  const void* bytes = values;
  return _mm256_load_si256(static_cast<const __m256i*>(bytes));
}

// How eight sums are scaled, in the form in which Requantize() needs it.
struct Scaling {
  __m256i multiplier;
  __m256i odd_multiplier;  // That of odd lanes in even ones.
  __m256i half_even;       // What is added to the products, of 64 bits, of even lanes ...
  __m256i half_odd;        // ... and of odd ones.
  __m256i shift;
};

// portable::Requantize() has two roundings: after the multiplication, with ties toward plus
// infinity, and after the shift, with ties away from zero. For results that are not negative both
// are toward plus infinity, and then the halves of both may be added at once. With `positive` that
// is done: results that are negative stay below 1, which is all that is said of them.
template <bool positive>
EARSHOT_AVX2 inline Scaling MakeScaling(__m256i multiplier, __m256i shift) {
  const __m256i half = _mm256_set1_epi64x(int64_t{1} << 30);
  Scaling scaling = {multiplier, _mm256_srli_epi64(multiplier, 32), half, half, shift};
  if constexpr (positive) {
    const __m256i one = _mm256_set1_epi64x(int64_t{1} << 31);
    const __m256i even = _mm256_and_si256(shift, _mm256_set1_epi64x(UINT32_MAX));
    scaling.half_even = _mm256_add_epi64(half, _mm256_sllv_epi64(one, even));
    scaling.half_odd = _mm256_add_epi64(half, _mm256_sllv_epi64(one, _mm256_srli_epi64(shift, 32)));
  }
  return scaling;
}

template <bool positive>
EARSHOT_AVX2 inline Scaling MakeScaling(const OutputBlock& block) {
  return MakeScaling<positive>(Load(block.multiplier), Load(block.shift));
}

template <bool positive>
EARSHOT_AVX2 inline __m256i Requantize(__m256i sums, const Scaling& by) {
  const __m256i even = _mm256_add_epi64(_mm256_mul_epi32(sums, by.multiplier), by.half_even);
  const __m256i odd = _mm256_add_epi64(
      _mm256_mul_epi32(_mm256_srli_epi64(sums, 32), by.odd_multiplier), by.half_odd);
  constexpr int kOdd = 0xAA;
  if constexpr (positive) {
    // The products over 2^32.
    return _mm256_srav_epi32(_mm256_blend_epi32(_mm256_srli_epi64(even, 32), odd, kOdd), by.shift);
  } else {
    // Over 2^31.
    const __m256i scaled =
        _mm256_blend_epi32(_mm256_srli_epi64(even, 31), _mm256_slli_epi64(odd, 1), kOdd);
    const __m256i less_one = _mm256_add_epi32(scaled, _mm256_srai_epi32(scaled, 31));
    const __m256i twice = _mm256_srav_epi32(less_one, by.shift);
    return _mm256_srai_epi32(_mm256_add_epi32(twice, _mm256_set1_epi32(1)), 1);
  }
}

// Steps of the output's scale, counted from its zero point, as stored values: in the order of
// _mm256_packs_epi32(a, b), whose two halves each hold four of a and four of b. What leaves int16
// on the way ends at the limit all the same.
EARSHOT_AVX2 inline __m128i StoredInterleaved(__m256i a, __m256i b, const OutputLimits& limits) {
  const __m256i steps = _mm256_adds_epi16(
      _mm256_packs_epi32(a, b), _mm256_set1_epi16(static_cast<int16_t>(limits.zero_point)));
  const __m128i bytes =
      _mm_packs_epi16(_mm256_castsi256_si128(steps), _mm256_extracti128_si256(steps, 1));
  const __m128i raised = _mm_max_epi8(bytes, _mm_set1_epi8(static_cast<char>(limits.lowest)));
  return _mm_min_epi8(raised, _mm_set1_epi8(static_cast<char>(limits.highest)));
}

// The same, a's eight and then b's.
EARSHOT_AVX2 inline __m128i Stored(__m256i a, __m256i b, const OutputLimits& limits) {
  return _mm_shuffle_epi32(StoredInterleaved(a, b, limits), _MM_SHUFFLE(3, 1, 2, 0));
}

// The first `count` bytes of a register, up to 16.
EARSHOT_AVX2 inline void StoreSome(__m128i bytes, int32_t count, int8_t* output) {
  void* const place = output;
  if (count >= 16) return _mm_storeu_si128(static_cast<__m128i*>(place), bytes);
  if (count == 8) return _mm_storel_epi64(static_cast<__m128i*>(place), bytes);
  alignas(16) int8_t all[16];
  void* const aligned = all;
  _mm_store_si128(static_cast<__m128i*>(aligned), bytes);
  for (int32_t i = 0; i < count; ++i) output[i] = all[i];
}

}  // namespace earshot::avx2
