// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// 1 / (1 + e^-x) and tanh(x) from int16 to int16, by a table with linear interpolation, as the
// format's reference has it. Results are Q0.15.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// From an int16 to x in steps of 1 / (3 * 2^12): (value * multiplier) / 2^right_shift, rounded.
struct TableScale {
  int32_t multiplier;
  int32_t right_shift;
};

// That of values in Q3.12.
constexpr TableScale kQ3Point12 = {3, 0};

// That of values in 2^power. Precondition: power is in [kLowestTablePower, kHighestTablePower],
// where all of it fits 32 bits.
constexpr int32_t kLowestTablePower = -42;
constexpr int32_t kHighestTablePower = 2;
constexpr TableScale TableScaleOf(int32_t power) {
  return power >= -12 ? TableScale{3 * (1 << (power + 12)), 0} : TableScale{3, -12 - power};
}

int16_t TableSigmoid(int16_t value, TableScale scale);
int16_t TableTanh(int16_t value, TableScale scale);

// Whether it is 2^power to within a factor of 2^0.001: such scales count as that power.
bool IsAlmostPowerOfTwo(float scale, int32_t power);

// For any scale: 2^-12 and the following powers of two, `exact_powers` in all, as they are; others
// by a multiplier of 15 bits. kUnsupported: a scale of 2.67 or more, or below 2^-30.
Verdict MakeTableScale(const PrepareContext& context, float scale, int32_t exact_powers,
                       TableScale* table_scale);

// The exponent of the power of two that is nearest to a scale, by their ratio, as the format's
// reference takes it for any scale. kUnsupported: outside of [kLowestTablePower,
// kHighestTablePower].
Verdict NearestPowerOfTwo(const PrepareContext& context, StaticText what, float scale,
                          int32_t* power);

}  // namespace earshot
