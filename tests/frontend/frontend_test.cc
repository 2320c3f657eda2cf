// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "frontend/frontend.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "base/aligned_bytes.h"
#include "frontend/standard_tables.h"

namespace earshot {
namespace {

TEST(FrontendTest, NeedsItsMemoryToTheByte) {
  const size_t required = Frontend::RequiredBytes(kStandardTables);
  Frontend frontend;
  AlignedBytes enough(required);
  EXPECT_TRUE(Frontend::Create(kStandardTables, 320, enough.span(), &frontend).ok());
  for (size_t size = 0; size < required; size += 7) {
    AlignedBytes memory(size);
    const Status status = Frontend::Create(kStandardTables, 320, memory.span(), &frontend);
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall);
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_EQ(status.wanted, static_cast<int32_t>(required));
  }
}

TEST(FrontendTest, RefusesBadArguments) {
  AlignedBytes memory(Frontend::RequiredBytes(kStandardTables) + 16);
  Frontend frontend;
  for (const int32_t stride : {-1, 0, 481}) {
    EXPECT_EQ(Frontend::Create(kStandardTables, stride, memory.span(), &frontend).code,
              StatusCode::kInvalidArgument);
  }
  EXPECT_TRUE(Frontend::Create(kStandardTables, 480, memory.span(), &frontend).ok());
  const Status unaligned =
      Frontend::Create(kStandardTables, 320, memory.span().subspan(4), &frontend);
  EXPECT_EQ(unaligned.code, StatusCode::kInvalidArgument);
  EXPECT_EQ(unaligned.found, 4);
}

TEST(FrontendTest, ResetForgetsEverything) {
  std::mt19937 random(3);
  std::vector<int16_t> pcm(2000);
  for (int16_t& sample : pcm) sample = static_cast<int16_t>(random());
  AlignedBytes memory(Frontend::RequiredBytes(kStandardTables));
  Frontend frontend;
  ASSERT_TRUE(Frontend::Create(kStandardTables, 160, memory.span(), &frontend).ok());
  const auto run = [&] {
    std::vector<uint16_t> features;
    for (Span<const int16_t> rest = pcm; !rest.empty();) {
      const Frontend::Result result = frontend.Process(rest);
      features.insert(features.end(), result.features.begin(), result.features.end());
      rest = rest.subspan(result.consumed);
    }
    return features;
  };
  const std::vector<uint16_t> fresh = run();
  EXPECT_NE(run(), fresh);  // The noise estimate and the samples left over were carried on.
  frontend.Reset();
  EXPECT_EQ(run(), fresh);
}

TEST(FrontendTest, TellsItsShape) {
  AlignedBytes memory(Frontend::RequiredBytes(kStandardTables));
  Frontend frontend;
  ASSERT_TRUE(Frontend::Create(kStandardTables, 160, memory.span(), &frontend).ok());
  EXPECT_EQ(frontend.channels(), 40);
  EXPECT_EQ(frontend.window_samples(), 480);
  EXPECT_EQ(frontend.stride_samples(), 160);
  const Frontend::Result nothing = frontend.Process({});
  EXPECT_EQ(nothing.consumed, 0u);
  EXPECT_TRUE(nothing.features.empty());
}

}  // namespace
}  // namespace earshot
