// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What operators share that take elements from regular places of a tensor: STRIDED_SLICE,
// TRANSPOSE.
#pragma once

#include <cstdint>

#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr int32_t kMaxCopyRank = 4;

// Brought to four axes by extents of 1 in front.
struct StridedCopy {
  uint32_t begin;                // The first element that is taken.
  int32_t output[kMaxCopyRank];  // Extents.
  int32_t step[kMaxCopyRank];    // From one element that is taken to the next, in elements.
};

// The invoke of an operator whose data is a StridedCopy, for elements of the size of T.
template <typename T>
void InvokeStridedCopy(const InvokeContext& context) {
  const auto& data = context.data<StridedCopy>();
  const auto* input = context.input<T>(0) + data.begin;
  auto* output = context.output<T>(0);
  for (int32_t i = 0; i < data.output[0]; ++i) {
    for (int32_t j = 0; j < data.output[1]; ++j) {
      for (int32_t k = 0; k < data.output[2]; ++k) {
        const T* taken = input + i * data.step[0] + j * data.step[1] + k * data.step[2];
        for (int32_t l = 0; l < data.output[3]; ++l) *output++ = taken[l * data.step[3]];
      }
    }
  }
}

}  // namespace earshot
