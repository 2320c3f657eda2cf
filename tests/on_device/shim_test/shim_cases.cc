// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Tests that pass, fail and skip, to see that the shim says so: expected.txt holds what it must
// write, word for word.

#include <gtest/gtest.h>

#include <cstdint>

namespace {

enum class Colour : uint8_t { kRed = 3, kBlue = 250 };

void StopsHere() {
  ASSERT_EQ(1, 2) << "the helper ends";
  ADD_FAILURE() << "never";
}

TEST(PassingTest, EveryComparison) {
  EXPECT_EQ(1, 1);
  EXPECT_NE(1, 2) << "not written";
  EXPECT_LT(1, 2);
  EXPECT_LE(2, 2);
  EXPECT_GT(2, 1);
  EXPECT_GE(2, 2);
  EXPECT_TRUE(true);
  EXPECT_FALSE(false);
  ASSERT_EQ(1u, 1u);
  ASSERT_NE(1, 2);
  ASSERT_LT(1, 2);
  ASSERT_LE(2, 2);
  ASSERT_GT(2, 1);
  ASSERT_GE(2, 2);
  ASSERT_TRUE(true);
  ASSERT_FALSE(false);
  testing::Test::RecordProperty("comparisons", 16);
}

TEST(FailingTest, ExpectGoesOn) {
  EXPECT_EQ(INT64_MIN, INT64_MAX);
  EXPECT_NE(7u, 7u) << "unsigned " << 7u << ", text "
                    << "abc"
                    << ", signed " << -1;
  EXPECT_LT(2, 1);
  EXPECT_LE(2, 1);
  EXPECT_GT(1, 2);
  EXPECT_GE(1, 2);
  EXPECT_TRUE(false);
  EXPECT_FALSE(true) << true;
  EXPECT_EQ(Colour::kRed, Colour::kBlue);
  EXPECT_EQ(0u, UINT64_MAX);
  EXPECT_EQ(1.0f, 2.0f);
}

TEST(FailingTest, AssertStops) {
  ASSERT_TRUE(testing::Test::HasFailure());
  ADD_FAILURE() << "never";
}

TEST(FailingTest, AssertInAHelperStopsTheHelper) {
  StopsHere();
  EXPECT_TRUE(testing::Test::HasFailure());
  FAIL() << "the end";
}

TEST(SkippedTest, SaysWhy) {
  GTEST_SKIP() << "because of " << 1;
  ADD_FAILURE() << "never";
}

}  // namespace
