// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/model_mutator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/runtime/flatbuffer_verifier.h"
#include "earshot/runtime/model.h"
#include "tests/fuzz/flatbuffer_map.h"
#include "tests/support/streaming_model.h"

namespace earshot::test {
namespace {

constexpr size_t kSteeringBytes = 8;
constexpr size_t kMost = 4096;

std::vector<uint8_t> Original() {
  const AlignedBytes file = StreamingModel().Build();
  std::vector<uint8_t> bytes(file.span().begin(), file.span().end());
  bytes.resize(bytes.size() + kSteeringBytes);
  return bytes;
}

std::vector<uint8_t> Mutated(std::vector<uint8_t> bytes, size_t most, uint32_t seed) {
  const size_t size = bytes.size();
  bytes.resize(most);
  const size_t changed = MutateModel(bytes.data(), size, most, seed);
  EXPECT_LE(changed, most);
  bytes.resize(changed);
  return bytes;
}

TEST(ModelMutatorTest, ManyChangedModelsStillLoad) {
  const std::vector<uint8_t> original = Original();
  constexpr int kTries = 1000;
  int different = 0;
  int sound = 0;
  int loaded = 0;
  for (uint32_t seed = 0; seed < kTries; ++seed) {
    const AlignedBytes file(Mutated(original, kMost, seed));
    different +=
        std::equal(original.begin(), original.end(), file.span().begin(), file.span().end()) ? 0
                                                                                             : 1;
    sound += VerifyFlatbuffer(file.span()) ? 1 : 0;
    Model model;
    loaded += Model::Load(file.span(), &model).ok() ? 1 : 0;
  }
  EXPECT_GT(different, kTries * 9 / 10);
  EXPECT_GT(sound, kTries * 2 / 3);
  EXPECT_GT(loaded, kTries / 4);
  EXPECT_LT(loaded, kTries);
}

TEST(ModelMutatorTest, TheSeedSaysWhatIsChanged) {
  EXPECT_EQ(Mutated(Original(), kMost, 17), Mutated(Original(), kMost, 17));
  EXPECT_NE(Mutated(Original(), kMost, 17), Mutated(Original(), kMost, 18));
}

TEST(ModelMutatorTest, NothingGrowsBeyondWhatThereIs) {
  const std::vector<uint8_t> original = Original();
  for (uint32_t seed = 0; seed < 200; ++seed) {
    EXPECT_EQ(Mutated(original, original.size(), seed).size(), original.size());
  }
}

// Under sanitizers: nothing outside of the bytes is touched.
TEST(ModelMutatorTest, AnyBytesAreFine) {
  std::mt19937 random(1);
  for (uint32_t seed = 0; seed < 2000; ++seed) {
    std::vector<uint8_t> bytes = Original();
    bytes.resize(random() % bytes.size());
    for (int i = 0; i < 20 && !bytes.empty(); ++i) {
      bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
    }
    Mutated(bytes, bytes.size() + random() % 100, seed);
  }
}

TEST(FlatbufferMapTest, FindsWhatAModelHas) {
  const std::vector<uint8_t> bytes = Original();
  const std::vector<FilePlace> places = PlacesOf(bytes);
  const auto count = [&](FilePlace::Kind kind) {
    return std::count_if(places.begin(), places.end(),
                         [&](const FilePlace& place) { return place.kind == kind; });
  };
  EXPECT_GT(count(FilePlace::kScalar), 10);
  EXPECT_GT(count(FilePlace::kVector), 10);
  EXPECT_GT(count(FilePlace::kContent), 5);
  EXPECT_GT(count(FilePlace::kReference), 20);
  EXPECT_GT(count(FilePlace::kVtableEntry), 20);
  EXPECT_TRUE(PlacesOf({}).empty());
}

}  // namespace
}  // namespace earshot::test
