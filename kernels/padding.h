// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How far a window that moves over one axis gets, and where it begins: the format's SAME and VALID.
//
// 64-bit because the numbers come from a file. Preconditions: everything is at least 1.
#pragma once

#include <cstdint>

#include "runtime/schema/model_format_generated.h"

namespace earshot {

// The stretch that `filter` taps cover when each is `dilation` after the one before.
constexpr int64_t CoveredExtent(int64_t filter, int64_t dilation) {
  return (filter - 1) * dilation + 1;
}

// The number of places that the window takes. SAME: one for each stride that begins inside the
// input. VALID: those where the window lies inside entirely; 0 or less when it never does.
constexpr int64_t OutputExtent(schema::Padding padding, int64_t input, int64_t covered,
                               int64_t stride) {
  return padding == schema::Padding::SAME ? (input + stride - 1) / stride
                                          : (input + stride - covered) / stride;
}

// How many positions before the input the first window begins. An odd total is shared so that the
// larger half lies behind the input.
constexpr int64_t PaddingBefore(int64_t input, int64_t output, int64_t covered, int64_t stride) {
  const int64_t total = (output - 1) * stride + covered - input;
  return total > 0 ? total / 2 : 0;
}

}  // namespace earshot
