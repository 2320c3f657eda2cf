// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Plans that are searched for, on networks of the kinds that run on devices.

#include "earshot/models/placement_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/enough_memory.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

enum class Kind { kChain, kResidual, kBranches, kInverted };

// A network's tensors, layer by layer, each with the operators that write and read it.
class Network {
 public:
  Network(Kind kind, uint32_t seed) : random_(seed) {
    side_ = Between(8, 96);
    channels_ = Between(1, 4);
    size_t tensor = Add();
    for (int left = Between(2, 12); left > 0; --left) tensor = Block(kind, tensor);
    Read(tensor);
  }

  const std::vector<PlannedBuffer>& buffers() const { return buffers_; }

 private:
  int Between(int low, int high) {
    return low + static_cast<int>(random_() % static_cast<uint32_t>(high - low + 1));
  }

  size_t Add(uint32_t bytes) {
    buffers_.push_back({(bytes + 15) / 16 * 16, 0, op_, op_, 0, 0});
    return buffers_.size() - 1;
  }
  size_t Add() { return Add(static_cast<uint32_t>(side_ * side_ * channels_)); }
  void Read(size_t tensor) { buffers_[tensor].last_use = op_; }

  size_t Convolution(size_t input) {
    Read(input);
    const size_t output = Add();
    if (Between(0, 2) == 0) Add(static_cast<uint32_t>(Between(16, 4000)));  // Scratch.
    ++op_;
    return output;
  }

  size_t Join(const std::vector<size_t>& inputs) {
    for (const size_t input : inputs) Read(input);
    const size_t output = Add();
    ++op_;
    return output;
  }

  void NextShape() {
    if (Between(0, 2) == 0) side_ = std::max(1, side_ / 2);
    channels_ = std::min(256, Between(0, 1) == 0 ? channels_ * 2 : channels_ + Between(0, 8));
  }

  size_t Block(Kind kind, size_t input) {
    const int channels = channels_;
    switch (kind) {
      case Kind::kChain:
        NextShape();
        return Convolution(input);
      case Kind::kResidual: {
        NextShape();
        const size_t inner = Convolution(Convolution(input));
        return Join({Convolution(input), inner});
      }
      case Kind::kInverted: {
        channels_ = channels * Between(2, 6);
        const size_t wide = Convolution(Convolution(input));
        channels_ = channels;
        return Join({input, Convolution(wide)});
      }
      case Kind::kBranches:
        break;
    }
    NextShape();
    std::vector<size_t> branches;
    for (int left = Between(2, 4); left > 0; --left) {
      size_t branch = input;
      for (int depth = Between(1, 3); depth > 0; --depth) branch = Convolution(branch);
      branches.push_back(branch);
    }
    return Join(branches);
  }

  std::mt19937 random_;
  std::vector<PlannedBuffer> buffers_;
  uint16_t op_ = 0;
  int side_ = 0;
  int channels_ = 0;
};

// Greedy by size is at the bound for 56 % to 91 % of these, and at worst 44 % above it.
TEST(PlacementSearchTest, IsAtTheBoundForNearlyAllAndNearItForTheRest) {
  constexpr int kNetworks = 100;
  for (const Kind kind : {Kind::kChain, Kind::kResidual, Kind::kBranches, Kind::kInverted}) {
    int at_bound = 0;
    for (uint32_t seed = 0; seed < kNetworks; ++seed) {
      std::vector<PlannedBuffer> buffers = Network(kind, seed).buffers();
      const std::vector<uint16_t> order = FindPlacement(buffers);
      const uint64_t greedy = PlanMemory(buffers);
      const uint64_t found = PlanMemory(buffers, order);
      const uint64_t least = LeastMemory(buffers);
      ASSERT_GE(found, least);
      ASSERT_LE(found, greedy);
      EXPECT_LE(static_cast<double>(found), 1.05 * static_cast<double>(least)) << seed;
      EXPECT_TRUE(order.empty() || greedy > least) << "nothing needs to be told";
      at_bound += found == least ? 1 : 0;
    }
    EXPECT_GE(at_bound, 97) << static_cast<int>(kind);
  }
}

TEST(PlacementSearchTest, IsTheSameEachTime) {
  for (uint32_t seed = 0; seed < 20; ++seed) {
    const Network network(Kind::kBranches, seed);
    EXPECT_EQ(FindPlacement(network.buffers()), FindPlacement(network.buffers()));
  }
}

TEST(PlacementSearchTest, NothingIsPlacedWhereNothingIs) {
  EXPECT_TRUE(FindPlacement({}).empty());
  EXPECT_TRUE(FindPlacement({{0, 0, 0, 3, 0, 0}}).empty());
  EXPECT_EQ(LeastMemory({}), 0u);
}

// Wake words as people publish them: greedy takes up to 5.5 % more than is in use at once.
TEST(PlacementSearchTest, WakeWordsAreAtTheBound) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  for (const char* name : {"mww_v2_hey_jarvis", "mww_v2_okay_nabu", "mww_v2_vad"}) {
    const AlignedBytes file(
        test::ReadBytes(test::SharedPath(std::string("models/") + name + ".tflite")));
    Model model;
    ASSERT_TRUE(Model::Load(file.span(), &model).ok());
    std::vector<PlannedBuffer> buffers;
    PlanOptions plan = Observe(&buffers);
    ArenaSize greedy;
    ASSERT_TRUE(MeasureArena(name, model, DeviceKernelsResolver(), plan, &greedy).ok());
    const std::vector<uint16_t> order = FindPlacement(buffers);
    plan.placed_first = order;
    ArenaSize placed;
    ASSERT_TRUE(MeasureArena(name, model, DeviceKernelsResolver(), plan, &placed).ok());
    EXPECT_LT(placed.bytes, greedy.bytes) << name;
    EXPECT_EQ(PlanMemory(buffers, order), LeastMemory(buffers)) << name;
  }
}

// The smallest arena in which TensorFlow Lite Micro runs a model, found by trying, for 64 bits; for
// an Arm of 32 bits, where its pointers take half as much, what it says to use. Ours is the same
// for both.
TEST(ArenaTest, NoModelTakesMoreThanInTensorFlowLiteMicro) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const std::map<std::string, size_t> on_arm = {
      {"micro_speech_quantized", 6788}, {"kws_ref_model", 22772}, {"person_detect", 82292}};
  std::ifstream table(test::SharedPath("golden/nn/models.tsv"));
  std::string line;
  std::getline(table, line);
  size_t compared = 0;
  while (std::getline(table, line)) {
    std::istringstream cells(line);
    std::vector<std::string> row;
    for (std::string cell; std::getline(cells, cell, '\t');) row.push_back(cell);
    constexpr size_t kSmallestArena = 9;
    ASSERT_GT(row.size(), kSmallestArena);
    if (row[kSmallestArena] == "-") continue;  // It does not run there.
    SCOPED_TRACE(row[0]);
    const AlignedBytes file(test::ReadBytes(test::SharedPath("models/" + row[0] + ".tflite")));
    Model model;
    ASSERT_TRUE(Model::Load(file.span(), &model).ok());
    ArenaSize arena;
    ASSERT_TRUE(MeasureArena("", model, DeviceKernelsResolver(), {}, &arena).ok());
    EXPECT_LE(arena.bytes, std::stoul(row[kSmallestArena]));
    if (on_arm.count(row[0]) != 0) {
      EXPECT_LE(arena.bytes, on_arm.at(row[0]));
      ++compared;
    }
  }
  EXPECT_EQ(compared, on_arm.size());
}

}  // namespace
}  // namespace earshot
