// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The inner loop of CONV_2D and FULLY_CONNECTED: the same values against four rows of weights.
#pragma once

#include <cstdint>

namespace earshot::portable {

// Outputs that are computed together. With four, all that the loop works on fits the 14 registers
// of a Cortex-M3; each value is loaded and freed of its zero point once for all of them.
constexpr int32_t kDotProducts = 4;

// What is summed up: `count` runs of `length` elements. From the begin of one to that of the next
// are value_step elements in the values, and weight_step in each row of weights.
struct Runs {
  int32_t input_zero_point;
  int32_t count;
  int32_t length;
  int32_t value_step;
  int32_t weight_step;
};

// Rows of weights that are `stride` apart: where each begins.
struct WeightRows {
  const int8_t* rows[kDotProducts];
};

// `count` rows of at most kDotProducts. The last one stands in for those that are missing; what it
// gives there is to be ignored.
constexpr WeightRows MakeWeightRows(const int8_t* first, int32_t stride, int32_t count) {
  WeightRows weights = {{first, first, first, first}};
  for (int32_t i = 1; i < kDotProducts; ++i) {
    weights.rows[i] = weights.rows[i - 1] + (i < count ? stride : 0);
  }
  return weights;
}

// sums[k] += the products of all runs of `values` less zero point, and of weights.rows[k] from
// `offset` on.
void AddDotProducts(const Runs& runs, const int8_t* values, const WeightRows& weights,
                    int32_t offset, int32_t* sums);

}  // namespace earshot::portable
