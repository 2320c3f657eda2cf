// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/frontend.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/frontend/standard_tables.h"

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

TEST(FrontendTest, NeedsStateAndWorkingMemoryToTheByte) {
  const size_t state_bytes = Frontend::StateBytes(kStandardTables);
  const size_t working_bytes = Frontend::WorkingBytes(kStandardTables);
  EXPECT_EQ(state_bytes, 1120u);
  EXPECT_EQ(working_bytes, 2064u);
  EXPECT_EQ(Frontend::RequiredBytes(kStandardTables), state_bytes + working_bytes);
  Frontend frontend;
  const auto create = [&](size_t state_size, size_t working_size) {
    AlignedBytes state(state_size);
    AlignedBytes working(working_size);
    return Frontend::Create(kStandardTables, 320, state.span(), working.span(), &frontend);
  };
  EXPECT_TRUE(create(state_bytes, working_bytes).ok());
  const Status no_state = create(state_bytes - 1, working_bytes);
  EXPECT_EQ(no_state.code, StatusCode::kArenaTooSmall);
  EXPECT_EQ(no_state.wanted, static_cast<int32_t>(state_bytes));
  const Status no_working = create(state_bytes, working_bytes - 1);
  EXPECT_EQ(no_working.code, StatusCode::kArenaTooSmall);
  EXPECT_EQ(no_working.wanted, static_cast<int32_t>(working_bytes));
}

// Whatever happens to the working memory between two calls, features stay what they are.
TEST(FrontendTest, KeepsNothingInItsWorkingMemory) {
  std::mt19937 random(5);
  std::vector<int16_t> pcm(8000);
  for (int16_t& sample : pcm) sample = static_cast<int16_t>(random());
  const auto run = [&](bool overwrite) {
    AlignedBytes state(Frontend::StateBytes(kStandardTables));
    AlignedBytes working(Frontend::WorkingBytes(kStandardTables));
    Frontend frontend;
    EXPECT_TRUE(
        Frontend::Create(kStandardTables, 320, state.span(), working.span(), &frontend).ok());
    std::vector<uint16_t> features;
    for (Span<const int16_t> rest = pcm; !rest.empty();) {
      const Frontend::Result result =
          frontend.Process(rest.subspan(0, std::min<size_t>(rest.size(), 100)));
      features.insert(features.end(), result.features.begin(), result.features.end());
      rest = rest.subspan(result.consumed);
      if (!overwrite) continue;
      for (uint8_t& byte : working.span()) byte = static_cast<uint8_t>(random());
    }
    return features;
  };
  const std::vector<uint16_t> wanted = run(false);
  EXPECT_EQ(wanted.size(), 40u * ((8000 - 480) / 320 + 1));
  EXPECT_EQ(run(true), wanted);
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
