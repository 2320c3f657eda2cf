// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/sample_ring.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

namespace earshot::host {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Block = std::vector<int16_t>;

TEST(SampleRingTest, GivesWhatWasWritten) {
  SampleRing ring(8);
  Block block = {99};
  EXPECT_EQ(ring.Read(&block), 0);
  EXPECT_THAT(block, IsEmpty());
  ring.Write(Block{1, 2, 3});
  ring.Write(Block{4, 5});
  EXPECT_EQ(ring.Read(&block), 0);
  EXPECT_THAT(block, ElementsAre(1, 2, 3, 4, 5));
  ring.Write(Block{6, 7, 8, 9});  // Over the ring's end.
  ring.Write(Block{10, 11, 12, 13});
  EXPECT_EQ(ring.Read(&block), 0);
  EXPECT_THAT(block, ElementsAre(6, 7, 8, 9, 10, 11, 12, 13));
}

TEST(SampleRingTest, LosesWholeBlocksUntilHalfIsFree) {
  SampleRing ring(8);
  Block block;
  ring.Write(Block{1, 2, 3, 4});
  ring.Write(Block{5, 6});
  ring.Write(Block{7, 8, 9});  // Does not fit.
  ring.Write(Block{10});       // Would fit.
  EXPECT_EQ(ring.Read(&block), 0);
  EXPECT_THAT(block, ElementsAre(1, 2, 3, 4, 5, 6));
  EXPECT_EQ(ring.Read(&block), 0);
  EXPECT_THAT(block, IsEmpty());
  ring.Write(Block{11});
  ring.Write(Block{12});
  EXPECT_EQ(ring.Read(&block), 4);
  EXPECT_THAT(block, ElementsAre(11, 12));
  EXPECT_EQ(ring.Read(&block), 0);
}

TEST(SampleRingTest, GapsStayWhereTheyAre) {
  SampleRing ring(16);
  Block block;
  ring.Write(Block{1, 2}, 7);
  ring.Write(Block{3});
  ring.Write(Block{4, 5}, 100);
  ring.Write(Block{6}, 1);
  EXPECT_EQ(ring.Read(&block), 7);
  EXPECT_THAT(block, ElementsAre(1, 2, 3));
  EXPECT_EQ(ring.Read(&block), 100);
  EXPECT_THAT(block, ElementsAre(4, 5));
  EXPECT_EQ(ring.Read(&block), 1);
  EXPECT_THAT(block, ElementsAre(6));
  EXPECT_EQ(ring.Read(&block), 0);
  EXPECT_THAT(block, IsEmpty());
}

TEST(SampleRingTest, TooManyGapsAreOneMore) {
  SampleRing ring(1000);
  int64_t written = 0;
  for (int i = 0; i < 100; ++i, written += 3) ring.Write(Block{0}, 2);
  Block block;
  int64_t read = 0;
  int64_t parts = 0;
  for (ring.Write(Block{0}), ++written;; ++parts) {
    const int64_t lost = ring.Read(&block);
    if (block.empty()) break;
    read += lost + static_cast<int64_t>(block.size());
  }
  EXPECT_EQ(parts, 64);
  ring.Write(Block{0});
  EXPECT_EQ(ring.Read(&block), written - read);
}

// What the sample at a place of the endless stream is.
int16_t SampleAt(int64_t place) {
  const auto mixed = static_cast<uint64_t>(place) * 0x9E3779B97F4A7C15u;
  return static_cast<int16_t>(mixed >> 48);
}

// A writer that does not wait for the reader: each sample arrives at its place, or is in the count
// of those that were lost before the next.
TEST(SampleRingTest, TwoThreads) {
  constexpr int64_t kPlaces = 5000000;
  SampleRing ring(1 << 12);
  std::atomic<int64_t> written{0};  // When all is.
  std::thread writer([&ring, &written] {
    int64_t place = 0;
    for (Block block; place < kPlaces; place += static_cast<int64_t>(block.size())) {
      block.resize(static_cast<size_t>(1 + place % 997));
      for (size_t i = 0; i < block.size(); ++i) {
        block[i] = SampleAt(place + static_cast<int64_t>(i));
      }
      ring.Write(block);
    }
    written = place;
  });
  Block block;
  int64_t place = 0;
  int64_t lost = 0;
  int64_t wrong = 0;
  for (bool last = false; !last;) {
    last = written != 0;
    do {
      const int64_t gap = ring.Read(&block);
      place += gap;
      lost += gap;
      for (const int16_t sample : block) wrong += sample == SampleAt(place++) ? 0 : 1;
    } while (!block.empty());
  }
  writer.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(place, lost);
  // What was lost at the very end has nothing behind it.
  ring.Write(Block{0});
  place += ring.Read(&block);
  EXPECT_EQ(place, written);
}

}  // namespace
}  // namespace earshot::host
