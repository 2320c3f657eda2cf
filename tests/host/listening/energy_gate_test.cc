// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/energy_gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace earshot::host {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

using Pcm = std::vector<int16_t>;

constexpr size_t kBlock = EnergyGate::kBlockSamples;

// Its level is 20 log10(amplitude), whatever the offset.
Pcm Square(int amplitude, size_t blocks, int offset = 0) {
  Pcm sound(blocks * kBlock);
  for (size_t i = 0; i < sound.size(); ++i) {
    sound[i] = static_cast<int16_t>(offset + (i % 2 == 0 ? amplitude : -amplitude));
  }
  return sound;
}

// What passes of a sound that comes in pieces of `size`.
Pcm Passed(EnergyGate* gate, const Pcm& sound, size_t size = 1000) {
  Pcm passed;
  for (size_t begin = 0; begin < sound.size(); begin += size) {
    Span<const int16_t> piece = sound;
    piece = piece.subspan(begin, std::min(size, sound.size() - begin));
    while (!piece.empty()) {
      const EnergyGate::Result result = gate->Process(piece);
      passed.insert(passed.end(), result.passed.begin(), result.passed.end());
      piece = piece.subspan(result.consumed);
    }
  }
  return passed;
}

TEST(EnergyGateTest, ClosesSomeTimeAfterTheBeginning) {
  EnergyGate gate(6);
  EXPECT_TRUE(gate.is_open());
  EXPECT_THAT(Passed(&gate, Square(10, 100)), SizeIs(EnergyGate::kHangoverBlocks * kBlock));
  EXPECT_FALSE(gate.is_open());
  EXPECT_NEAR(gate.floor_db(), 20, 1e-9);
  gate.Reset();
  EXPECT_TRUE(gate.is_open());
}

TEST(EnergyGateTest, ZerosAreSilence) {
  EnergyGate gate(0);
  Passed(&gate, Pcm(100 * kBlock, 0));
  EXPECT_FALSE(gate.is_open());
  EXPECT_EQ(gate.floor_db(), 0);
}

TEST(EnergyGateTest, ALoudBlockPassesWithWhatCameBefore) {
  EnergyGate gate(6);
  Pcm sound = Square(10, 100);
  for (size_t i = 0; i < 20; ++i) sound[80 * kBlock + i * kBlock] = static_cast<int16_t>(11 + i);
  Passed(&gate, sound);
  ASSERT_FALSE(gate.is_open());
  const Pcm word = Square(100, 3);
  sound.insert(sound.end(), word.begin(), word.end());
  const Pcm passed = Passed(&gate, word);
  // The first block of the word opens; the other two just pass.
  ASSERT_THAT(passed, SizeIs(EnergyGate::kPreRollSamples + 2 * kBlock));
  EXPECT_TRUE(std::equal(passed.rbegin(), passed.rend(), sound.rbegin()));
  // From the last loud block on.
  EXPECT_THAT(Passed(&gate, Square(10, 200)), SizeIs(EnergyGate::kHangoverBlocks * kBlock));
}

// Where it has just closed, there is less to pass, and no gap.
TEST(EnergyGateTest, NothingPassesTwice) {
  EnergyGate gate(6);
  Pcm sound = Square(10, EnergyGate::kHangoverBlocks + 3);
  const Pcm word = Square(100, 2);
  sound.insert(sound.end(), word.begin(), word.end());
  EXPECT_EQ(Passed(&gate, sound), sound);
}

TEST(EnergyGateTest, OpensSoManyDecibelsAboveTheFloor) {
  EnergyGate gate(6);
  for (const int offset : {0, 3000}) {
    gate.Reset();
    Passed(&gate, Square(10, 100, offset));
    EXPECT_THAT(Passed(&gate, Square(19, 1, offset)), IsEmpty());  // 5.6 dB
    EXPECT_FALSE(gate.is_open());
    Passed(&gate, Square(21, 1, offset));  // 6.4 dB
    EXPECT_TRUE(gate.is_open());
  }
}

TEST(EnergyGateTest, TheFloorFollowsTheNoise) {
  EnergyGate gate(6);
  Passed(&gate, Square(10, 100));
  Passed(&gate, Square(100, 50));  // Two seconds.
  EXPECT_TRUE(gate.is_open());
  EXPECT_LT(gate.floor_db(), 30);
  Passed(&gate, Square(100, 250));
  EXPECT_FALSE(gate.is_open());
  Passed(&gate, Square(10, 25));  // One second is enough on the way down.
  EXPECT_LT(gate.floor_db(), 20.2);
  Passed(&gate, Square(30, 1));
  EXPECT_TRUE(gate.is_open());
}

TEST(EnergyGateTest, CutsDoNotMatter) {
  Pcm sound;
  for (const int amplitude : {10, 300, 20, 15, 100, 10}) {
    const Pcm part = Square(amplitude, 61);
    sound.insert(sound.end(), part.begin(), part.end() - amplitude);
  }
  EnergyGate whole(6);
  const Pcm wanted = Passed(&whole, sound, sound.size());
  EXPECT_LT(wanted.size(), sound.size());
  for (const size_t size : {size_t{1}, size_t{100}, kBlock - 1, kBlock, kBlock + 1}) {
    EnergyGate gate(6);
    const Pcm passed = Passed(&gate, sound, size);
    EXPECT_EQ(passed, wanted) << size;
  }
}

}  // namespace
}  // namespace earshot::host
