// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "app/feature_window.h"

#include <gmock/gmock.h>

#include <deque>
#include <random>
#include <vector>

#include "base/aligned_bytes.h"
#include "frontend/feature_quantization.h"

namespace earshot {
namespace {

using ::testing::Each;

std::vector<int8_t> Contents(const FeatureWindow& window) {
  std::vector<int8_t> contents(static_cast<size_t>(window.frames() * window.channels()), 99);
  window.CopyTo(contents);
  return contents;
}

TEST(FeatureWindowTest, BeginsInSilence) {
  AlignedBytes memory(FeatureWindow::RequiredBytes(49, 40));
  const FeatureWindow window(49, 40, memory.span());
  EXPECT_EQ(Contents(window).size(), 1960u);
  EXPECT_THAT(Contents(window), Each(-128));
}

TEST(FeatureWindowTest, EqualsADeque) {
  std::mt19937 random(7);
  for (const int frames : {1, 2, 3, 49}) {
    for (const int channels : {1, 7, 40}) {
      AlignedBytes memory(FeatureWindow::RequiredBytes(frames, channels));
      FeatureWindow window(frames, channels, memory.span());
      const auto size = static_cast<size_t>(frames * channels);
      std::deque<int8_t> wanted(size, -128);
      for (int i = 0; i < 3 * frames + 1; ++i) {
        std::vector<uint16_t> features;
        for (int c = 0; c < channels; ++c) {
          features.push_back(static_cast<uint16_t>(random() % 700));
          wanted.push_back(QuantizeFeature(features.back()));
          wanted.pop_front();
        }
        window.Push(features);
        ASSERT_EQ(Contents(window), std::vector<int8_t>(wanted.begin(), wanted.end()))
            << frames << " x " << channels << ", frame " << i;
      }
    }
  }
}

TEST(FeatureWindowTest, ResetEqualsFresh) {
  AlignedBytes memory(FeatureWindow::RequiredBytes(3, 2));
  FeatureWindow window(3, 2, memory.span());
  const uint16_t loud[] = {600, 500};
  window.Push(loud);
  window.Reset();
  EXPECT_THAT(Contents(window), Each(-128));
  window.Push(loud);
  const std::vector<int8_t> wanted = {
      -128, -128, -128, -128, QuantizeFeature(600), QuantizeFeature(500)};
  EXPECT_EQ(Contents(window), wanted);
}

}  // namespace
}  // namespace earshot
