// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How far a window that moves over one axis gets, and where it begins: the format's SAME and VALID.
//
// Preconditions: everything is at least 1; extents (not strides) are at most kMaxExtent, so that
// sums of two of them fit.
#pragma once

#include <cstdint>

#include "earshot/runtime/schema/model_format_generated.h"

namespace earshot {

// Half of int32_t's range: beyond all real images.
constexpr int32_t kMaxExtent = 1 << 30;

// The stretch that `filter` taps cover when each is `dilation` after the one before. 64-bit because
// these numbers come from a file.
constexpr int64_t CoveredExtent(int32_t filter, int32_t dilation) {
  return static_cast<int64_t>(filter - 1) * dilation + 1;
}

// The number of places that the window takes. SAME: one for each stride that begins inside the
// input. VALID: those where the window lies inside entirely; 0 when it never does.
constexpr int32_t OutputExtent(schema::Padding padding, int32_t input, int32_t covered,
                               int32_t stride) {
  const int32_t last = padding == schema::Padding::SAME ? input - 1 : input - covered;
  return last < 0 ? 0 : last / stride + 1;
}

// How many positions before the input the first window begins. An odd total is shared so that the
// larger half lies behind the input. Precondition: `output` is OutputExtent().
constexpr int32_t PaddingBefore(int32_t input, int32_t output, int32_t covered, int32_t stride) {
  const int32_t total = (output - 1) * stride + covered - input;
  return total > 0 ? total / 2 : 0;
}

}  // namespace earshot
