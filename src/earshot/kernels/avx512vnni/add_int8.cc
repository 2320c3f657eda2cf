// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// As ../avx2/add_int8.cc.

#include "earshot/kernels/add.h"

#include <immintrin.h>

#include <cstdint>

#include "earshot/kernels/avx2/add_order.h"
#include "earshot/kernels/avx512vnni/kernels.h"
#include "earshot/kernels/avx512vnni/output_block.h"

namespace earshot::avx512vnni {
namespace {

EARSHOT_AVX512_VNNI inline __m512i Steps(const int8_t* values, __mmask16 which,
                                         __m512i zero_point) {
  const __m128i bytes = _mm_maskz_loadu_epi8(which, values);
  return _mm512_sub_epi32(_mm512_cvtepi8_epi32(bytes), zero_point);
}

template <bool positive>
EARSHOT_AVX512_VNNI void AddAll(const avx2::AddOrder& order, QuantizedMultiplier by,
                                const avx2::OutputLimits& limits, int8_t* output) {
  const QuantizedMultiplier of_other = order.other_multiplier;
  const int32_t doubled = avx2::IsHalf(of_other) ? 1 : 0;
  const __m128i left_shift = _mm_cvtsi32_si128(kAddLeftShift<int8_t> + doubled);
  const Scaling other_scaling = MakeScaling<false>(_mm512_set1_epi32(of_other.multiplier),
                                                   _mm512_set1_epi32(doubled - of_other.shift - 1));
  const Scaling sum_scaling =
      MakeScaling<positive>(_mm512_set1_epi32(by.multiplier), _mm512_set1_epi32(-by.shift - 1));
  const __m512i larger_zero = _mm512_set1_epi32(order.larger_zero_point);
  const __m512i other_zero = _mm512_set1_epi32(order.other_zero_point);
  for (int32_t i = 0; i < order.count; i += kLanes) {
    const int32_t rest = order.count - i;
    const auto which = static_cast<__mmask16>(rest >= kLanes ? 0xFFFF : (1 << rest) - 1);
    const __m512i larger =
        _mm512_slli_epi32(Steps(order.larger + i, which, larger_zero), avx2::kHalfShift);
    const __m512i other = Requantize<false>(
        _mm512_sll_epi32(Steps(order.other + i, which, other_zero), left_shift), other_scaling);
    const __m512i sums = Requantize<positive>(_mm512_add_epi32(larger, other), sum_scaling);
    StoreSome(Stored(sums, limits), rest, output + i);
  }
}

void InvokeAddInt8(const InvokeContext& context) {
  const auto& data = context.data<AddInteger>();
  const avx2::AddOrder order = avx2::OrderOf(context);
  if (order.larger == nullptr) return portable::kAddInt8.invoke(context);
  const avx2::OutputLimits limits = avx2::LimitsOf(data.output);
  const auto add = limits.CutsNegative() ? AddAll<true> : AddAll<false>;
  add(order, data.multiplier_sum, limits, context.output<int8_t>(0));
}

}  // namespace

const Kernel kAddInt8 = {kAddInt8Key, PrepareAddInt8, InvokeAddInt8};

}  // namespace earshot::avx512vnni
