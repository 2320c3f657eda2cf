// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How hybrid layers quantize the rows of their input.
#pragma once

#include <cmath>
#include <cstdint>

#include "earshot/kernels/hybrid.h"
#include "earshot/runtime/kernel.h"

namespace earshot::reference {

struct QuantizedRow {
  const int8_t* values;
  float scale;
  int32_t zero_point;
};

// The nearest integer, ties away from zero, in [lowest, 127]; NaN gives the lowest.
template <typename Real>
int32_t NearestInt8(Real value, int32_t lowest) {
  const Real rounded = std::round(value);
  if (rounded >= Real{INT8_MAX}) return INT8_MAX;
  if (!(rounded > static_cast<Real>(lowest))) return lowest;
  return static_cast<int32_t>(rounded);
}

// The zero point of whichever end of the range [lowest, highest] has the smaller error, in double
// as in the format's reference.
inline int32_t RowZeroPoint(double lowest, double highest, double scale) {
  const double below = lowest / scale;
  const double above = highest / scale;
  const double by_lowest = INT8_MIN - below;
  const double by_highest = INT8_MAX - above;
  const bool lowest_is_better =
      std::fabs(double{INT8_MIN}) + std::fabs(below) < double{INT8_MAX} + std::fabs(above);
  return NearestInt8(lowest_is_better ? by_lowest : by_highest, INT8_MIN);
}

// Quantizes hybrid.row elements of `row` into scratch: [-127, 127] without a zero point. A row of
// zeros has the scale 1.
inline QuantizedRow QuantizeRow(const InvokeContext& context, const Hybrid& hybrid,
                                const float* row) {
  constexpr float kSteps = 127.0f;
  auto* values = context.scratch<int8_t>(kHybridRow);
  float lowest = 0;
  float highest = 0;
  for (int32_t i = 0; i < hybrid.row; ++i) {
    if (row[i] < lowest) lowest = row[i];
    if (row[i] > highest) highest = row[i];
  }
  const float largest = -lowest > highest ? -lowest : highest;
  QuantizedRow quantized = {values, 1.0f, 0};
  float inverse = 0;
  if (hybrid.has_zero_point == 0 && largest > 0) {
    quantized.scale = largest / kSteps;
    inverse = kSteps / largest;
  }
  if (hybrid.has_zero_point != 0 && largest > 0) {
    const double scale = (static_cast<double>(highest) - static_cast<double>(lowest)) / UINT8_MAX;
    quantized.scale = static_cast<float>(scale);
    quantized.zero_point =
        RowZeroPoint(static_cast<double>(lowest), static_cast<double>(highest), scale);
    inverse = quantized.scale > 0 ? 1.0f / quantized.scale : 0.0f;
  }
  const int32_t least = hybrid.has_zero_point != 0 ? INT8_MIN : -INT8_MAX;
  const auto zero_point = static_cast<float>(quantized.zero_point);
  for (int32_t i = 0; i < hybrid.row; ++i) {
    values[i] = static_cast<int8_t>(NearestInt8(zero_point + row[i] * inverse, least));
  }
  return quantized;
}

}  // namespace earshot::reference
