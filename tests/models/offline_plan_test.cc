// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The plan of a model's memory that a tool has left in the file.

#include "earshot/models/offline_plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "earshot/models/model_error.h"
#include "earshot/models/placement_search.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

using test::BytesOf;
using test::ModelBuilder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Numbers = std::vector<int32_t>;

constexpr char kName[] = "OfflineMemoryAllocation";

// RELU of RELU, with metadata.
AlignedBytes TwoOperators(const std::vector<uint8_t>& metadata, const std::string& name = kName) {
  ModelBuilder builder;
  std::vector<int> tensors;
  for (int i = 0; i < 3; ++i) {
    tensors.push_back(
        builder.AddTensor({{1, 32}, TensorType::INT8, {0.5f}, {0}, {}, 0, {}, false}));
  }
  builder.AddOperator(BuiltinOperator::RELU, {tensors[0]}, {tensors[1]});
  builder.AddOperator(BuiltinOperator::RELU, {tensors[1]}, {tensors[2]});
  builder.SetInputs({tensors[0]});
  builder.SetOutputs({tensors[2]});
  builder.SetMetadata(name, metadata);
  return builder.Build();
}

OfflinePlan Read(const AlignedBytes& file) {
  Model model;
  EXPECT_TRUE(Model::Load(file.span(), &model).ok());
  return ReadOfflinePlan("a.tflite", model);
}

std::string ErrorOf(const Numbers& numbers) {
  try {
    Read(TwoOperators(BytesOf(numbers)));
  } catch (const ModelError& error) {
    return error.what();
  }
  return "";
}

TEST(OfflinePlanTest, ReadsWhatTheFileSays) {
  EXPECT_THAT(Read(TwoOperators(BytesOf<int32_t>({1, 0, 3, 32, -1, 64}))), ElementsAre(32, -1, 64));
  EXPECT_THAT(Read(TwoOperators(BytesOf<int32_t>({1, 0, 3, 0, 0, 0}), "min_runtime_version")),
              IsEmpty());
  EXPECT_THAT(Read(TwoOperators({}, "")), IsEmpty());
}

TEST(OfflinePlanTest, SaysWhatIsWrong) {
  const std::string begin = "a.tflite: OfflineMemoryAllocation: ";
  EXPECT_EQ(ErrorOf({1, 0}), begin + "numbers: found 2, wanted 3 or more");
  EXPECT_EQ(ErrorOf({1, 1, 3, 0, 0, 0}), begin + "subgraph: found 1, wanted 0");
  EXPECT_EQ(ErrorOf({1, 0, 2, 0, 0}), begin + "tensors: found 2, wanted the 3 of the model");
  EXPECT_EQ(ErrorOf({1, 0, 3, 0, 0}), begin + "offsets: found 2, wanted 3");
  EXPECT_EQ(ErrorOf({1, 0, 3, 0, 20, 0}),
            begin + "tensor 1: offset: found 20, wanted -1 or a multiple of 16");
  EXPECT_EQ(ErrorOf({1, 0, 3, 0, 0, -2}),
            begin + "tensor 2: offset: found -2, wanted -1 or a multiple of 16");
}

// What the verifier does not look at: each byte of the file, damaged in a few ways.
TEST(OfflinePlanTest, DamageEndsInAnError) {
  const AlignedBytes file = TwoOperators(BytesOf<int32_t>({1, 0, 3, 32, -1, 64}));
  int refused = 0;
  for (size_t i = 0; i < file.size(); ++i) {
    for (const int damage : {0x01, 0x04, 0x80, 0xFF}) {
      AlignedBytes damaged(file.span());
      damaged.span()[i] = static_cast<uint8_t>(damaged.span()[i] ^ damage);
      Model model;
      if (!Model::Load(damaged.span(), &model).ok()) continue;
      try {
        ReadOfflinePlan("", model);
      } catch (const ModelError& error) {
        EXPECT_THAT(error.what(), HasSubstr("found"));
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 30);
}

// A plan that keeps apart what lives together becomes no larger as an order of placement.
TEST(OfflinePlanTest, AsAnOrderItTakesNoMore) {
  std::mt19937 random(1);
  const auto below = [&](uint32_t limit) { return static_cast<uint16_t>(random() % limit); };
  int smaller = 0;
  for (int round = 0; round < 500; ++round) {
    std::vector<PlannedBuffer> buffers;
    for (int i = 2 + below(20); i > 0; --i) {
      const uint16_t first = below(15);
      const auto last = static_cast<uint16_t>(first + below(5));
      buffers.push_back({16u * (1u + below(50)), 0, first, last, 0, 0});
    }
    // Any order makes a plan; gaps make it a worse one.
    std::vector<uint16_t> order(buffers.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = static_cast<uint16_t>(i);
    std::shuffle(order.begin(), order.end(), random);
    PlanMemory(buffers, order);
    const auto gap = static_cast<int32_t>(16 * below(4));
    OfflinePlan offline;
    for (const PlannedBuffer& buffer : buffers) {
      offline.push_back(static_cast<int32_t>(buffer.offset) + gap);
    }
    const uint64_t told = OfflineBytes(offline, buffers);
    const uint64_t found = PlanMemory(buffers, PlacementOf(offline, buffers));
    ASSERT_LE(found + static_cast<uint64_t>(gap), told);
    smaller += found < told ? 1 : 0;
    ASSERT_LE(PlanMemory(buffers, FindPlacement(buffers, PlacementOf(offline, buffers))), found);
  }
  EXPECT_GT(smaller, 100);
}

TEST(OfflinePlanTest, TellsWhatLiesOverOneAnother) {
  const std::vector<PlannedBuffer> buffers = {
      {32, 0, 0, 1, 0, 0}, {32, 0, 1, 2, 0, 0}, {32, 0, 2, 3, 0, 0}};
  EXPECT_EQ(OverlapIn({0, 32, 0}, buffers), "");
  EXPECT_EQ(OverlapIn({0, -1, 0}, buffers), "");
  EXPECT_THAT(PlacementOf({0, 32, 0}, buffers), ElementsAre(0, 2, 1));
  EXPECT_EQ(OverlapIn({16, 48, 32}, buffers),
            "OfflineMemoryAllocation: tensors 1 and 2: found bytes 48 to 80 and 32 to 64, wanted "
            "them apart while both are in use, from operator 2 on");
  EXPECT_THAT(PlacementOf({16, 48, 32}, buffers), IsEmpty());
}

// Nothing for what takes no memory, nor for what may lie anywhere.
TEST(OfflinePlanTest, PlacesWhatHasAnOffset) {
  std::vector<PlannedBuffer> buffers(4);
  for (PlannedBuffer& buffer : buffers) buffer = {32, 0, 0, 0, 0, 0};
  buffers[1].bytes = 0;
  EXPECT_THAT(PlacementOf({64, 0, -1, 16}, buffers), ElementsAre(3, 0));
  EXPECT_EQ(OfflineBytes({64, 512, -1, 16}, buffers), 96u);
}

}  // namespace
}  // namespace earshot
