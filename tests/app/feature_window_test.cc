// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/feature_window.h"

#include <gmock/gmock.h>

#include <deque>
#include <random>
#include <vector>

#include "earshot/frontend/feature_quantization.h"

namespace earshot {
namespace {

using ::testing::Each;

TEST(FeatureWindowTest, BeginsInSilence) {
  std::vector<int8_t> features(49 * 40, 99);
  const FeatureWindow window(features, 40);
  EXPECT_EQ(window.frames(), 49);
  EXPECT_EQ(window.channels(), 40);
  EXPECT_THAT(features, Each(-128));
}

TEST(FeatureWindowTest, EqualsADeque) {
  std::mt19937 random(7);
  for (const int frames : {1, 2, 3, 49}) {
    for (const int channels : {1, 7, 40}) {
      const auto size = static_cast<size_t>(frames * channels);
      std::vector<int8_t> found(size);
      FeatureWindow window(found, channels);
      std::deque<int8_t> wanted(size, -128);
      for (int i = 0; i < 3 * frames + 1; ++i) {
        std::vector<uint16_t> features;
        for (int c = 0; c < channels; ++c) {
          features.push_back(static_cast<uint16_t>(random() % 700));
          wanted.push_back(QuantizeFeature(features.back()));
          wanted.pop_front();
        }
        window.Push(features);
        ASSERT_EQ(found, std::vector<int8_t>(wanted.begin(), wanted.end()))
            << frames << " x " << channels << ", frame " << i;
      }
    }
  }
}

TEST(FeatureWindowTest, ResetEqualsFresh) {
  std::vector<int8_t> features(3 * 2);
  FeatureWindow window(features, 2);
  const uint16_t loud[] = {600, 500};
  window.Push(loud);
  window.Reset();
  EXPECT_THAT(features, Each(-128));
  window.Push(loud);
  const std::vector<int8_t> wanted = {
      -128, -128, -128, -128, QuantizeFeature(600), QuantizeFeature(500)};
  EXPECT_EQ(features, wanted);
}

}  // namespace
}  // namespace earshot
