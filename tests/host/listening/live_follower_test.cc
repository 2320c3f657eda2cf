// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/live_follower.h"

#include <gtest/gtest.h>

#include <cmath>

namespace earshot::host {
namespace {

using std::chrono::milliseconds;

class LiveFollowerTest : public testing::Test {
 protected:
  LiveFollowerTest() { follower_.Start("a microphone", {&model_}); }

  const LivePicture& At(int ms) {
    return follower_.Picture(LiveFollower::Clock::time_point(milliseconds(100000 + ms)), totals_);
  }

  void Hear(size_t count, int16_t sample) {
    const std::vector<int16_t> samples(count, sample);
    follower_.Samples({samples.data(), samples.size()});
  }

  // A sine of 1 kHz.
  void HearSine(size_t count, double amplitude) {
    std::vector<int16_t> samples(count);
    for (size_t i = 0; i < count; ++i) {
      samples[i] = static_cast<int16_t>(
          std::lround(amplitude * std::sin(2 * 3.14159265358979 * static_cast<double>(i) / 16)));
    }
    follower_.Samples({samples.data(), samples.size()});
  }

  void Answer(const std::vector<uint8_t>& scores, int32_t top = -1, uint8_t average = 0) {
    KeywordDetector::Result result;
    result.scores = {scores.data(), scores.size()};
    result.recognized = {top, average};
    follower_.Scores(0, result);
  }

  const KeywordModel model_{ModelChoice{}};
  ListenTotals totals_;
  LiveFollower follower_;
};

TEST_F(LiveFollowerTest, KnowsSourceModelsAndTotals) {
  totals_.words = 3;
  const LivePicture& picture = At(0);
  EXPECT_EQ(picture.source, "a microphone");
  ASSERT_EQ(picture.models.size(), 1u);
  EXPECT_EQ(picture.models[0].name, "tiny_conv_yes_no");
  ASSERT_EQ(picture.models[0].labels.size(), 4u);
  EXPECT_EQ(picture.models[0].labels[2].name, "yes");
  EXPECT_EQ(picture.totals.words, 3);
}

TEST_F(LiveFollowerTest, MeasuresTheLevel) {
  HearSine(1600, 3276.8);
  const LiveLevel level = At(0).level;
  EXPECT_TRUE(level.sound);
  EXPECT_NEAR(level.peak_db, -20, 0.01);
  EXPECT_NEAR(level.rms_db, -23.01, 0.01);
  EXPECT_FALSE(level.clipped);
}

TEST_F(LiveFollowerTest, DigitalSilenceHasALevel) {
  Hear(1600, 0);
  EXPECT_EQ(At(0).level.rms_db, LiveLevel::kSilenceDb);
  EXPECT_EQ(At(0).level.peak_db, LiveLevel::kSilenceDb);
}

TEST_F(LiveFollowerTest, ThePeakStaysForASecond) {
  HearSine(800, 32000);
  const double loud = At(0).level.peak_db;
  HearSine(800, 320);
  EXPECT_EQ(At(999).level.peak_db, loud);
  HearSine(800, 320);
  EXPECT_NEAR(At(1000).level.peak_db, loud - 40, 0.1);
  HearSine(800, 32000);
  EXPECT_EQ(At(1001).level.peak_db, loud);
}

TEST_F(LiveFollowerTest, ClippingIsSeenForASecond) {
  Hear(799, 0);
  Hear(1, INT16_MIN);
  EXPECT_TRUE(At(0).level.clipped);
  Hear(800, 0);
  EXPECT_TRUE(At(999).level.clipped);
  EXPECT_FALSE(At(1000).level.clipped);
}

TEST_F(LiveFollowerTest, NoticesThatNoSoundComesIn) {
  EXPECT_FALSE(At(0).level.sound);
  Hear(800, 0);
  EXPECT_TRUE(At(1).level.sound);
  EXPECT_TRUE(At(500).level.sound);
  EXPECT_FALSE(At(501).level.sound);
}

TEST_F(LiveFollowerTest, TwoFramesAreAColumn) {
  Hear(480 + 320 - 1, 100);
  EXPECT_EQ(At(0).spectrogram.size(), 0u);
  Hear(1, 100);
  ASSERT_EQ(At(0).spectrogram.size(), 1u);
  EXPECT_EQ(At(0).spectrogram[0].size(), 40u);
  Hear(3 * 640, 100);
  EXPECT_EQ(At(0).spectrogram.size(), 4u);
}

TEST_F(LiveFollowerTest, ATonesChannelIsTheBrightest) {
  Hear(16000, 0);
  HearSine(1600, 8000);
  const std::vector<uint8_t> column = At(0).spectrogram.back();
  const auto brightest = std::max_element(column.begin(), column.end()) - column.begin();
  // 1 kHz of 125 to 7500 Hz on the mel scale.
  EXPECT_NEAR(static_cast<double>(brightest), 40 * (1000.0 - 185.2) / (2770.7 - 185.2), 2);
  EXPECT_LT(column.back(), column[static_cast<size_t>(brightest)]);
}

TEST_F(LiveFollowerTest, OldColumnsAreForgotten) {
  for (int second = 0; second < 30; ++second) Hear(16000, 100);
  EXPECT_EQ(At(0).spectrogram.size(), 500u);
}

TEST_F(LiveFollowerTest, ScoresGlideToTheLatest) {
  Answer({0, 0, 255, 0});
  Answer({0, 0, 1, 128});
  const LiveLabel& yes = At(0).models[0].labels[2];
  EXPECT_DOUBLE_EQ(yes.score, 0.25);
  for (int ms = 10; ms < 2000; ms += 10) {
    Answer({0, 0, 64, 0});
    At(ms);
  }
  EXPECT_NEAR(yes.score, 0.25, 1e-6);
}

TEST_F(LiveFollowerTest, TheBestAverageStaysForTwoSeconds) {
  Answer({0, 0, 255, 0}, 2, 128);
  Answer({0, 0, 255, 0}, 2, 96);
  const std::vector<LiveLabel>& labels = At(0).models[0].labels;
  EXPECT_DOUBLE_EQ(labels[2].best_average, 0.5);
  EXPECT_DOUBLE_EQ(labels[3].best_average, 0);
  Answer({0, 0, 255, 0}, 3, 64);  // Now another label is on top.
  At(1999);
  EXPECT_DOUBLE_EQ(labels[2].best_average, 0.5);
  EXPECT_DOUBLE_EQ(labels[3].best_average, 0.25);
  Answer({0, 0, 64, 0}, 2, 32);
  At(2000);
  EXPECT_DOUBLE_EQ(labels[2].best_average, 0.125);
  EXPECT_DOUBLE_EQ(labels[3].best_average, 0.25);
}

TEST_F(LiveFollowerTest, WordsHaveAThreshold) {
  const std::vector<LiveLabel>& labels = At(0).models[0].labels;
  const double threshold = model_.config().recognizer.threshold / 256.0;
  EXPECT_GT(threshold, 0);
  EXPECT_EQ(labels[0].threshold, 0);
  EXPECT_EQ(labels[1].threshold, 0);
  EXPECT_EQ(labels[2].threshold, threshold);
  EXPECT_EQ(labels[3].threshold, threshold);
}

}  // namespace
}  // namespace earshot::host
