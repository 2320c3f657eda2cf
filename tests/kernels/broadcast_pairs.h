// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Two shapes that broadcast to a third, and what of them makes one element of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"

namespace earshot::test {

// Shapes that go together: for each axis, which of both inputs has only one element along it.
struct Pair {
  std::vector<int32_t> a, b, output;
};

inline Pair MakePair(Random& random) {
  Pair pair;
  const int32_t rank = random.Between(1, 4);
  for (int32_t axis = 0; axis < rank; ++axis) {
    const int32_t extent = random.Between(1, 4);
    const int32_t kind = random.Between(0, 4);
    pair.a.push_back(kind == 0 ? 1 : extent);
    pair.b.push_back(kind == 1 ? 1 : extent);
    pair.output.push_back(extent);
  }
  // Leading axes of 1 may be left out.
  while (pair.b.size() > 1 && pair.b[0] == 1 && random.Between(0, 1) == 1) {
    pair.b.erase(pair.b.begin());
  }
  return pair;
}

inline size_t Count(const std::vector<int32_t>& shape) {
  size_t count = 1;
  for (const int32_t extent : shape) count *= static_cast<size_t>(extent);
  return count;
}

// The element of `values` that belongs to the output's `index`-th.
template <typename T>
T Broadcasted(const std::vector<T>& values, const std::vector<int32_t>& shape,
              const std::vector<int32_t>& output, size_t index) {
  size_t at = 0;
  size_t step = 1;
  for (size_t back = 1; back <= output.size(); ++back) {
    const auto extent = static_cast<size_t>(output[output.size() - back]);
    const size_t position = index % extent;
    index /= extent;
    if (back > shape.size()) continue;
    const auto own = static_cast<size_t>(shape[shape.size() - back]);
    at += (own == 1 ? 0 : position) * step;
    step *= own;
  }
  return values[at];
}

}  // namespace earshot::test
