// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Tensors of equal shape, sixteen elements at a time; others are left to the reference.

#include "earshot/kernels/add.h"

#include <immintrin.h>

#include <cstdint>

#include "earshot/kernels/avx2/kernels.h"
#include "earshot/kernels/avx2/output_block.h"

namespace earshot::avx2 {
namespace {

constexpr int32_t kStep = 16;

// From an input of int8 to the common scale: ToCommonScale().
struct InputScale {
  __m256i zero_point;
  __m256i multiplier;
  __m256i shift;  // As for Requantize().
  __m128i left_shift;
};

// A multiplier that is not at least halved by its shift is 1/2 itself, which is exact: then the
// value is doubled first.
bool IsHalf(QuantizedMultiplier by) { return by.multiplier == 1 << 30 && by.shift == 0; }

bool IsSupported(QuantizedMultiplier by) { return by.shift < 0 || IsHalf(by); }

EARSHOT_AVX2 inline InputScale Scale(int32_t zero_point, QuantizedMultiplier by) {
  const int32_t doubled = IsHalf(by) ? 1 : 0;
  return {_mm256_set1_epi32(zero_point), _mm256_set1_epi32(by.multiplier),
          _mm256_set1_epi32(doubled - by.shift - 1),
          _mm_cvtsi32_si128(kAddLeftShift<int8_t> + doubled)};
}

EARSHOT_AVX2 inline __m256i InCommonScale(__m128i bytes, const InputScale& scale) {
  const __m256i steps = _mm256_sub_epi32(_mm256_cvtepi8_epi32(bytes), scale.zero_point);
  return Requantize(_mm256_sll_epi32(steps, scale.left_shift), scale.multiplier, scale.shift);
}

// Of eight elements, in steps of the output's scale.
EARSHOT_AVX2 inline __m256i Sum(__m128i a, const InputScale& scale_a, __m128i b,
                                const InputScale& scale_b, __m256i multiplier, __m256i shift) {
  return Requantize(_mm256_add_epi32(InCommonScale(a, scale_a), InCommonScale(b, scale_b)),
                    multiplier, shift);
}

EARSHOT_AVX2 inline __m128i LoadBytes(const int8_t* values) {
  const void* bytes = values;
  return _mm_loadu_si128(static_cast<const __m128i*>(bytes));
}

EARSHOT_AVX2 void AddAll(const AddInteger& data, const int8_t* a, const int8_t* b, int32_t count,
                         int8_t* output) {
  const InputScale scale_a = Scale(data.zero_point_a, data.multiplier_a);
  const InputScale scale_b = Scale(data.zero_point_b, data.multiplier_b);
  const __m256i multiplier = _mm256_set1_epi32(data.multiplier_sum.multiplier);
  const __m256i shift = _mm256_set1_epi32(-data.multiplier_sum.shift - 1);
  const OutputLimits limits = LimitsOf(data.output);
  for (int32_t i = 0; i < count; i += kStep) {
    const int32_t rest = count - i < kStep ? count - i : kStep;
    __m128i bytes_a = _mm_setzero_si128();
    __m128i bytes_b = _mm_setzero_si128();
    if (rest == kStep) {
      bytes_a = LoadBytes(a + i);
      bytes_b = LoadBytes(b + i);
    } else {
      int8_t last_a[kStep] = {};
      int8_t last_b[kStep] = {};
      for (int32_t k = 0; k < rest; ++k) {
        last_a[k] = a[i + k];
        last_b[k] = b[i + k];
      }
      bytes_a = LoadBytes(last_a);
      bytes_b = LoadBytes(last_b);
    }
    const __m256i low = Sum(bytes_a, scale_a, bytes_b, scale_b, multiplier, shift);
    const __m256i high = Sum(_mm_srli_si128(bytes_a, kLanes), scale_a,
                             _mm_srli_si128(bytes_b, kLanes), scale_b, multiplier, shift);
    StoreSome(Stored(low, high, limits), rest, output + i);
  }
}

// All elements in one row, in all three tensors.
bool IsRow(const Broadcast& broadcast) {
  constexpr int32_t kLast = kMaxBroadcastRank - 1;
  for (int32_t axis = 0; axis < kLast; ++axis) {
    if (broadcast.extents[axis] != 1) return false;
  }
  return broadcast.steps_a[kLast] == 1 && broadcast.steps_b[kLast] == 1;
}

void InvokeAddInt8(const InvokeContext& context) {
  const auto& data = context.data<AddInteger>();
  const bool is_supported = IsRow(data.broadcast) && IsSupported(data.multiplier_a) &&
                            IsSupported(data.multiplier_b) && data.multiplier_sum.shift < 0;
  if (!is_supported) return portable::kAddInt8.invoke(context);
  AddAll(data, context.input<int8_t>(0), context.input<int8_t>(1),
         data.broadcast.extents[kMaxBroadcastRank - 1], context.output<int8_t>(0));
}

}  // namespace

const Kernel kAddInt8 = {kAddInt8Key, PrepareAddInt8, InvokeAddInt8};

}  // namespace earshot::avx2
