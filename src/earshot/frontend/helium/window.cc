// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/window.h"

#include <arm_mve.h>

#include "earshot/frontend/helium/stages.h"

namespace earshot::helium {
namespace {

constexpr int kLanes = 8;

// Eight products, rounded down.
inline int16x8_t Products(int16x8_t samples, int16x8_t coefficients) {
  const int16x8_t even =
      vshrnbq_n_s32(samples, vmullbq_int_s16(samples, coefficients), kWindowBits);
  return vshrntq_n_s32(even, vmulltq_int_s16(samples, coefficients), kWindowBits);
}

}  // namespace

int ApplyWindow(Span<const int16_t> samples, Span<const int16_t> coefficients,
                Span<int16_t> windowed) {
  const int16_t* sample = samples.data();
  const int16_t* coefficient = coefficients.data();
  int16_t* to = windowed.data();
  int16x8_t magnitudes = vdupq_n_s16(0);
  auto left = static_cast<int32_t>(samples.size());
  for (; left >= kLanes; left -= kLanes) {
    const int16x8_t values = Products(vldrhq_s16(sample), vldrhq_s16(coefficient));
    vstrhq_s16(to, values);
    magnitudes = vorrq_s16(magnitudes, vabsq_s16(values));
    sample += kLanes;
    coefficient += kLanes;
    to += kLanes;
  }
  if (left > 0) {  // Lanes behind the end are read as zeros, so they do not count.
    const mve_pred16_t live = vctp16q(static_cast<uint32_t>(left));
    const int16x8_t values = Products(vldrhq_z_s16(sample, live), vldrhq_z_s16(coefficient, live));
    vstrhq_p_s16(to, values, live);
    magnitudes = vorrq_s16(magnitudes, vabsq_s16(values));
  }
  for (int16_t* rest = windowed.data() + samples.size(); rest != windowed.end();) *rest++ = 0;
  const uint32x4_t pairs = vreinterpretq_u32_s16(magnitudes);
  const uint32_t bits = vgetq_lane_u32(pairs, 0) | vgetq_lane_u32(pairs, 1) |
                        vgetq_lane_u32(pairs, 2) | vgetq_lane_u32(pairs, 3);
  return InputShift(bits | bits >> 16);
}

}  // namespace earshot::helium
