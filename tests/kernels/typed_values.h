// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Numbers of a type, and what the file calls it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/model_builder.h"

namespace earshot::test {

inline double Real(float value) { return static_cast<double>(value); }

template <typename T>
inline constexpr TensorType kTypeOf = TensorType::FLOAT32;
template <>
inline constexpr TensorType kTypeOf<int8_t> = TensorType::INT8;
template <>
inline constexpr TensorType kTypeOf<uint8_t> = TensorType::UINT8;
template <>
inline constexpr TensorType kTypeOf<int16_t> = TensorType::INT16;
template <>
inline constexpr TensorType kTypeOf<int32_t> = TensorType::INT32;

template <typename T>
T Clamped(int64_t value) {
  return static_cast<T>(
      std::clamp<int64_t>(value, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()));
}

// All values of a small type; of a larger one its limits and 1,000 others.
template <typename T>
std::vector<T> Values(Random& random) {
  constexpr int32_t kLowest = std::numeric_limits<T>::min();
  constexpr int32_t kHighest = std::numeric_limits<T>::max();
  std::vector<T> values;
  if (sizeof(T) == 1) {
    for (int32_t i = kLowest; i <= kHighest; ++i) values.push_back(static_cast<T>(i));
    return values;
  }
  values = {static_cast<T>(kLowest), static_cast<T>(kHighest), 0, 1, static_cast<T>(-1)};
  for (int i = 0; i < 1000; ++i) {
    const int32_t bits = random.Between(INT32_MIN / 2, INT32_MAX / 2);
    values.push_back(static_cast<T>(sizeof(T) == 4 ? bits : bits % 32768));
  }
  return values;
}

template <typename T>
TensorSpec Tensor(size_t count, float scale, int32_t zero) {
  return {{static_cast<int32_t>(count)}, kTypeOf<T>, {scale}, {zero}};
}

template <typename T>
int32_t ZeroPoint(Random& random) {
  if (sizeof(T) == 1) {
    return random.Between(std::numeric_limits<T>::min(), std::numeric_limits<T>::max());
  }
  return sizeof(T) == 2 ? random.Between(-3, 3) : 0;
}

}  // namespace earshot::test
