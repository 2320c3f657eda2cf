// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Tensors of equal shape, sixteen elements at a time; others are left to the reference.

#include "earshot/kernels/add.h"

#include <immintrin.h>

#include <cstdint>
#include <cstring>

#include "earshot/kernels/avx2/add_order.h"
#include "earshot/kernels/avx2/kernels.h"
#include "earshot/kernels/avx2/output_block.h"

namespace earshot::avx2 {
namespace {

constexpr int32_t kStep = 16;

// From the other input to the common scale: ToCommonScale(). Where that is half, too, the value is
// doubled first, for Requantize() is for multipliers below.
struct InputScale {
  __m256i zero_point;
  Scaling scaling;
  __m128i left_shift;
};

EARSHOT_AVX2 inline InputScale Scale(int32_t zero_point, QuantizedMultiplier by) {
  const int32_t doubled = IsHalf(by) ? 1 : 0;
  return {_mm256_set1_epi32(zero_point),
          MakeScaling<false>(_mm256_set1_epi32(by.multiplier),
                             _mm256_set1_epi32(doubled - by.shift - 1)),
          _mm_cvtsi32_si128(kAddLeftShift<int8_t> + doubled)};
}

EARSHOT_AVX2 inline __m256i Steps(__m128i bytes, __m256i zero_point) {
  return _mm256_sub_epi32(_mm256_cvtepi8_epi32(bytes), zero_point);
}

// Of eight elements, in steps of the output's scale. `a` is the input of the larger scale.
template <bool positive>
EARSHOT_AVX2 inline __m256i Sum(__m128i a, __m256i zero_point_a, __m128i b, const InputScale& scale,
                                const Scaling& of_sum) {
  const __m256i common_a = _mm256_slli_epi32(Steps(a, zero_point_a), kHalfShift);
  const __m256i steps_b = _mm256_sll_epi32(Steps(b, scale.zero_point), scale.left_shift);
  const __m256i common_b = Requantize<false>(steps_b, scale.scaling);
  return Requantize<positive>(_mm256_add_epi32(common_a, common_b), of_sum);
}

// The first `count` bytes, up to 16, and zeros.
EARSHOT_AVX2 inline __m128i LoadSome(const int8_t* values, int32_t count) {
  const void* bytes = values;
  alignas(kStep) int8_t some[kStep] = {};
  if (count < kStep) {
    std::memcpy(some, values, static_cast<size_t>(count));
    bytes = some;
  }
  return _mm_loadu_si128(static_cast<const __m128i*>(bytes));
}

template <bool positive>
EARSHOT_AVX2 void AddAll(const AddOrder& order, QuantizedMultiplier by, const OutputLimits& limits,
                         int8_t* output) {
  const InputScale scale = Scale(order.other_zero_point, order.other_multiplier);
  const __m256i zero_points = _mm256_set1_epi32(order.larger_zero_point);
  const Scaling of_sum =
      MakeScaling<positive>(_mm256_set1_epi32(by.multiplier), _mm256_set1_epi32(-by.shift - 1));
  for (int32_t i = 0; i < order.count; i += kStep) {
    const int32_t rest = order.count - i < kStep ? order.count - i : kStep;
    const __m128i a = LoadSome(order.larger + i, rest);
    const __m128i b = LoadSome(order.other + i, rest);
    const __m256i low = Sum<positive>(a, zero_points, b, scale, of_sum);
    const __m256i high = Sum<positive>(_mm_srli_si128(a, kLanes), zero_points,
                                       _mm_srli_si128(b, kLanes), scale, of_sum);
    StoreSome(Stored(low, high, limits), rest, output + i);
  }
}

void InvokeAddInt8(const InvokeContext& context) {
  const auto& data = context.data<AddInteger>();
  const AddOrder order = OrderOf(context);
  if (order.larger == nullptr) return portable::kAddInt8.invoke(context);
  const OutputLimits limits = LimitsOf(data.output);
  const auto add = limits.CutsNegative() ? AddAll<true> : AddAll<false>;
  add(order, data.multiplier_sum, limits, context.output<int8_t>(0));
}

}  // namespace

const Kernel kAddInt8 = {kAddInt8Key, PrepareAddInt8, InvokeAddInt8};

}  // namespace earshot::avx2
