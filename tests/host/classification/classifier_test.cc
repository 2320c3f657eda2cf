// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/classification/classifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

class ClassifierTest : public testing::Test {
 protected:
  RecordingResult Classify(const std::vector<int16_t>& pcm,
                           ClassifyMode mode = ClassifyMode::kAuto) {
    WriteWav(dir_.Path("a.wav"), pcm);
    return classifier_.Classify(dir_.Path("a.wav"), mode);
  }

  const KeywordModel model_{ModelChoice()};
  Classifier classifier_{model_};
  TempDir dir_;
};

// Scores of every inference from the first full window on, straight from a spotter.
std::vector<std::vector<uint8_t>> Windows(const KeywordModel& model,
                                          const std::vector<int16_t>& pcm) {
  Spotter spotter(model, model.config());
  std::vector<std::vector<uint8_t>> windows;
  for (Span<const int16_t> rest = pcm; !rest.empty();) {
    const Spotter::Result result = spotter.Feed(rest);
    rest = rest.subspan(result.consumed);
    if (!result.scores.empty() && result.time_ms >= spotter.input_ms()) {
      windows.emplace_back(result.scores.begin(), result.scores.end());
    }
  }
  return windows;
}

TEST_F(ClassifierTest, AClipOfOneWindowIsOneInference) {
  for (const size_t samples : {15840, 16000, 16159}) {
    const std::vector<int16_t> pcm = Noise(samples, 3);
    const auto windows = Windows(model_, pcm);
    ASSERT_EQ(windows.size(), 1u);
    const RecordingResult result = Classify(pcm);
    ASSERT_TRUE(result.clip.has_value());
    EXPECT_EQ(result.clip->scores, windows[0]) << samples;
  }
}

TEST_F(ClassifierTest, AShortClipIsPaddedWithSilence) {
  std::vector<int16_t> pcm = Noise(5000, 4);
  const RecordingResult result = Classify(pcm);
  EXPECT_DOUBLE_EQ(result.seconds, 5000.0 / 16000);
  pcm.resize(16000);
  EXPECT_EQ(Windows(model_, pcm)[0], result.clip->scores);
}

TEST_F(ClassifierTest, ALongerClipIsJudgedOverAllItsWindows) {
  std::vector<int16_t> pcm = Noise(20000, 5);
  for (size_t i = 0; i < 12000; ++i) pcm[i] = static_cast<int16_t>(pcm[i] / 1000);
  const auto windows = Windows(model_, pcm);
  EXPECT_EQ(windows.size(), 14u);  // (20000 - 15840) / 320 + 1.
  ClipJudge judge = MakeClipJudge(model_);
  for (const auto& scores : windows) judge.Add(scores);
  EXPECT_EQ(Classify(pcm).clip->scores, judge.Answer().scores);
}

// How often a device asks its model is a matter of streams only.
TEST_F(ClassifierTest, ClipsAreJudgedAtEveryStrideHoweverSeldomStreamsAre) {
  ModelChoice choice;
  choice.strides_per_inference = 12;
  const KeywordModel seldom(choice);
  Classifier classifier(seldom);
  for (const size_t samples : {16000, 20000}) {
    const RecordingResult wanted = Classify(Noise(samples, 5));
    const RecordingResult result = classifier.Classify(dir_.Path("a.wav"), ClassifyMode::kAuto);
    EXPECT_EQ(result.clip->scores, wanted.clip->scores) << samples;
  }
}

TEST_F(ClassifierTest, LengthDecidesUnlessTheModeDoes) {
  EXPECT_TRUE(Classify(Noise(24000, 6)).clip.has_value());
  EXPECT_FALSE(Classify(Noise(24001, 6)).clip.has_value());
  EXPECT_FALSE(Classify(Noise(16000, 6), ClassifyMode::kStream).clip.has_value());
  EXPECT_TRUE(Classify(Noise(100000, 6), ClassifyMode::kClip).clip.has_value());
}

TEST_F(ClassifierTest, NothingOfOneRecordingIsLeftInTheNext) {
  const std::vector<int16_t> pcm = Noise(16000, 7);
  const std::vector<int16_t> longer = Noise(22000, 8);
  const RecordingResult first = Classify(pcm);
  const RecordingResult first_longer = Classify(longer);
  Classify(Noise(60000, 9));
  Classify(Noise(5000, 9));
  EXPECT_EQ(Classify(pcm).clip->scores, first.clip->scores);
  EXPECT_EQ(Classify(longer).clip->scores, first_longer.clip->scores);
}

TEST_F(ClassifierTest, SaysWhatWasConverted) {
  EXPECT_EQ(Classify(Noise(16000, 1)).conversion, "");
  const Storage storage = {SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44100, 2};
  WriteAudioPcm(dir_.Path("b.wav"), storage, Noise(88200, 1));
  const RecordingResult result = classifier_.Classify(dir_.Path("b.wav"), ClassifyMode::kAuto);
  EXPECT_EQ(result.conversion, "44100 Hz, 2 channels");
  EXPECT_DOUBLE_EQ(result.seconds, 1);
}

TEST_F(ClassifierTest, ARecordingWithoutSamplesIsAnError) {
  const RecordingResult result = Classify({});
  EXPECT_EQ(result.error, "no samples");
  EXPECT_FALSE(result.clip.has_value());
}

}  // namespace
}  // namespace earshot::host
