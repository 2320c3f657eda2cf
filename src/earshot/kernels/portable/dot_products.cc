// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/portable/dot_products.h"

namespace earshot::portable {

void AddDotProducts(const Runs& runs, const int8_t* values, const int8_t* weights, int32_t rows,
                    int32_t* sums) {
  if (runs.count <= 0 || runs.length <= 0) return;
  // The last row stands in for those that are missing.
  const int8_t* row0 = weights;
  const int8_t* row1 = rows > 1 ? row0 + runs.row_stride : row0;
  const int8_t* row2 = rows > 2 ? row1 + runs.row_stride : row1;
  const int8_t* row3 = rows > 3 ? row2 + runs.row_stride : row2;
  int32_t sum0 = sums[0];
  int32_t sum1 = sums[1];
  int32_t sum2 = sums[2];
  int32_t sum3 = sums[3];
  int32_t count = runs.count;
  do {
    const int8_t* const end = values + runs.length;
    do {
      const int32_t value = *values++ - runs.input_zero_point;
      sum0 += *row0++ * value;
      sum1 += *row1++ * value;
      sum2 += *row2++ * value;
      sum3 += *row3++ * value;
    } while (values != end);
    values += runs.value_gap;
    row0 += runs.weight_gap;
    row1 += runs.weight_gap;
    row2 += runs.weight_gap;
    row3 += runs.weight_gap;
  } while (--count != 0);
  sums[0] = sum0;
  sums[1] = sum1;
  sums[2] = sum2;
  sums[3] = sum3;
}

}  // namespace earshot::portable
