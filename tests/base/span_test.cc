// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/base/span.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace earshot {
namespace {

int Sum(Span<const int> values) {
  int sum = 0;
  for (const int value : values) sum += value;
  return sum;
}

TEST(SpanTest, ShowsArraysAndContainers) {
  const int plain[] = {1, 2, 3};
  std::vector<int> vector = {4, 5};
  const std::array<int, 2> array = {6, 7};
  EXPECT_EQ(Sum(plain), 6);
  EXPECT_EQ(Sum(vector), 9);
  EXPECT_EQ(Sum(array), 13);
  EXPECT_EQ(Sum(Span<int>(vector)), 9);
  EXPECT_EQ(Sum({}), 0);
}

TEST(SpanTest, SubspansShareTheMemory) {
  int values[] = {1, 2, 3, 4};
  const Span<int> all = values;
  all.subspan(1, 2)[0] = 20;
  EXPECT_EQ(values[1], 20);
  EXPECT_EQ(all.subspan(3).size(), 1u);
  EXPECT_TRUE(all.subspan(4).empty());
}

static_assert(!std::is_convertible_v<Span<const int>, Span<int>>, "constness is not lost");

}  // namespace
}  // namespace earshot
