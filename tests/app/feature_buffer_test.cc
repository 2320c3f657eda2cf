// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/feature_buffer.h"

#include <gmock/gmock.h>

#include <deque>
#include <random>
#include <vector>

#include "earshot/frontend/feature_quantization.h"

namespace earshot {
namespace {

using ::testing::Each;

TEST(FeatureBufferTest, BeginsInSilence) {
  std::vector<int8_t> features(49 * 40, 99);
  const FeatureBuffer buffer(features, 40, 1);
  EXPECT_EQ(buffer.channels(), 40);
  EXPECT_THAT(features, Each(-128));
}

// At each inference, and there is one with every so many frames, no other.
TEST(FeatureBufferTest, EqualsADeque) {
  std::mt19937 random(7);
  for (const int frames : {1, 2, 3, 49}) {
    for (const int channels : {1, 7, 40}) {
      for (int per_inference = 1; per_inference <= frames; per_inference += 1 + frames / 5) {
        const auto size = static_cast<size_t>(frames * channels);
        std::vector<int8_t> found(size);
        FeatureBuffer buffer(found, channels, per_inference);
        std::deque<int8_t> wanted(size, -128);
        for (int i = 1; i <= 4 * frames + 1; ++i) {
          std::vector<uint16_t> features;
          for (int c = 0; c < channels; ++c) {
            features.push_back(static_cast<uint16_t>(random() % 700));
            wanted.push_back(QuantizeFeature(features.back()));
            wanted.pop_front();
          }
          ASSERT_EQ(buffer.Push(features), i % per_inference == 0);
          if (i % per_inference != 0) continue;
          ASSERT_EQ(found, std::vector<int8_t>(wanted.begin(), wanted.end()))
              << frames << " x " << channels << ", frame " << i << ", every " << per_inference;
        }
      }
    }
  }
}

TEST(FeatureBufferTest, ResetEqualsFresh) {
  std::vector<int8_t> features(3 * 2);
  FeatureBuffer buffer(features, 2, 2);
  const uint16_t loud[] = {600, 500};
  EXPECT_FALSE(buffer.Push(loud));
  buffer.Reset();
  EXPECT_THAT(features, Each(-128));
  EXPECT_FALSE(buffer.Push(loud));
  EXPECT_TRUE(buffer.Push(loud));
  const int8_t first = QuantizeFeature(600);
  const int8_t second = QuantizeFeature(500);
  EXPECT_EQ(features, (std::vector<int8_t>{-128, -128, first, second, first, second}));
}

}  // namespace
}  // namespace earshot
