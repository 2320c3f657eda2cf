// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/softmax_table.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace earshot {
namespace {

constexpr int kSteps = 512;
constexpr float kOne = 32768.0f;

// An entry of a table over [lowest, highest], by its definition in the format's reference, in
// float: the function, less half of what the line to the next entry is off by in its middle.
template <typename Function>
int16_t Entry(Function function, float lowest, float highest, int i) {
  const float step = (highest - lowest) / kSteps;
  const auto begin = static_cast<float>(i);
  const float here = std::round(function(lowest + begin * step) * kOne);
  if (i == kSteps) return static_cast<int16_t>(std::min(here, kOne - 1));
  const float next = function(lowest + (begin + 1) * step) * kOne;
  const float middle = std::round(function(lowest + begin * step + step / 2) * kOne);
  const float off = std::round((next + here) / 2) - middle;
  return static_cast<int16_t>(std::min(here - std::round(off / 2), kOne - 1));
}

// Compares all 65,536 values with lines between entries.
template <typename Function>
void ExpectTable(int16_t (*table)(int16_t), Function function, float lowest, float highest) {
  constexpr int kEntryValues = 128;
  for (int i = 0; i < kSteps; ++i) {
    const int32_t begin = Entry(function, lowest, highest, i);
    const int32_t rise = Entry(function, lowest, highest, i + 1) - begin;
    for (int fraction = 0; fraction < kEntryValues; ++fraction) {
      const auto value = static_cast<int16_t>(INT16_MIN + i * kEntryValues + fraction);
      const double part = static_cast<double>(rise) * fraction / kEntryValues;
      ASSERT_EQ(table(value), begin + std::floor(part + 0.5)) << value;
    }
  }
}

TEST(SoftmaxTableTest, ExpIsByItsDefinition) {
  ExpectTable(
      TableExp, [](float x) { return std::exp(x); }, -10, 0);
}

TEST(SoftmaxTableTest, OneOverOnePlusXIsByItsDefinition) {
  ExpectTable(
      TableOneOverOnePlusX, [](float x) { return 1 / (1 + x); }, 0, 1);
}

}  // namespace
}  // namespace earshot
