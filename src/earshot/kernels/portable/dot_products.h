// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The inner loop of CONV_2D and FULLY_CONNECTED: the same values against four rows of weights.
#pragma once

#include <cstdint>

namespace earshot::portable {

// Outputs that are computed together. With four, all that the loop works on fits the 14 registers
// of a Cortex-M3; each value is loaded and freed of its zero point once for all of them.
constexpr int32_t kDotProducts = 4;

// What is summed up: `count` runs of `length` elements. Behind each are value_gap elements in the
// values, and weight_gap in each row of weights, up to the next; from row to row are row_stride.
struct Runs {
  int32_t input_zero_point;
  int32_t count;
  int32_t length;
  int32_t value_gap;
  int32_t weight_gap;
  int32_t row_stride;
};

// sums[k] += the products of all runs of `values` less zero point, and of the k-th row of
// `weights`, 0 <= k < rows <= kDotProducts. The sums behind those are undefined afterwards.
void AddDotProducts(const Runs& runs, const int8_t* values, const int8_t* weights, int32_t rows,
                    int32_t* sums);

}  // namespace earshot::portable
