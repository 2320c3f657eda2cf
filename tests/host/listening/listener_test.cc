// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/listener.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <tuple>

#include "earshot/host/classification/classifier.h"
#include "earshot/host/errors.h"
#include "tests/host/listening/listener_fixture.h"

namespace earshot::host {
namespace {

using ::testing::SizeIs;

// Whatever the blocks, a listener hears what a classifier hears in a recording.
TEST_F(ListenerTest, HearsWhatClassifyHears) {
  const std::vector<Detection> wanted =
      Classifier(model_).Classify(RecordingPath(), ClassifyMode::kStream).detections;
  ASSERT_FALSE(wanted.empty());
  const std::vector<int16_t> samples = Recording();
  for (const size_t size : {1, 160, 333, 5000, 1000000}) {
    log_ = OutputLog();
    sources_ = {Blocks(samples, size)};
    Run();
    EXPECT_EQ(log_.samples, samples);
    ASSERT_THAT(log_.words, SizeIs(wanted.size())) << size;
    for (size_t i = 0; i < wanted.size(); ++i) {
      const Detection& heard = log_.words[i].detection;
      EXPECT_EQ(heard.label, wanted[i].label);
      EXPECT_EQ(heard.score, wanted[i].score);
      EXPECT_EQ(heard.start_ms, wanted[i].start_ms);
      EXPECT_EQ(heard.end_ms, wanted[i].end_ms);
      EXPECT_EQ(heard.time_ms, wanted[i].time_ms);
    }
    EXPECT_EQ(log_.latest.samples, 160000);
    EXPECT_EQ(log_.latest.words, static_cast<int64_t>(wanted.size()));
  }
  EXPECT_EQ(log_.events.front(), "start fake");
  EXPECT_EQ(log_.events.back(), "finish");
}

// Sound of 20 ms comes after 20 ms, so a word that is decided on at its end is told at once. From a
// block of one second it was there earlier than the block was.
TEST_F(ListenerTest, LatencyCountsFromWhenTheSoundWasThere) {
  const std::vector<int16_t> samples = Recording();
  sources_ = {Blocks(samples, 320)};
  Run();
  for (const HeardWord& word : log_.words) EXPECT_LE(word.latency_ms, 20.0);
  log_ = OutputLog();
  sources_ = {Blocks(samples, 16000)};
  Run();
  ASSERT_FALSE(log_.words.empty());
  for (const HeardWord& word : log_.words) {
    EXPECT_NEAR(word.latency_ms, 1000 - static_cast<double>(word.detection.time_ms % 1000), 0.001);
  }
}

// All in the order of the sound, though it comes in large blocks.
TEST_F(ListenerTest, SeveralModelsHearTheSame) {
  ModelChoice choice;
  choice.model = "commands_7";
  const KeywordModel other(choice);
  parts_.models = {&model_, &other};
  sources_ = {Blocks(Recording(), 160000)};
  Run();
  using Word = std::tuple<int64_t, size_t, int32_t>;  // When, by which model, its label.
  std::vector<Word> wanted;
  for (size_t i = 0; i < parts_.models.size(); ++i) {
    const RecordingResult result =
        Classifier(*parts_.models[i]).Classify(RecordingPath(), ClassifyMode::kStream);
    ASSERT_FALSE(result.detections.empty()) << i;
    for (const Detection& one : result.detections) wanted.emplace_back(one.time_ms, i, one.label);
  }
  std::sort(wanted.begin(), wanted.end());
  std::vector<Word> heard;
  for (const HeardWord& word : log_.words) {
    heard.emplace_back(word.detection.time_ms, word.model, word.detection.label);
  }
  EXPECT_EQ(heard, wanted);
}

// The same words at the same times, with less work. A device that comes back opens the gate.
TEST_F(ListenerTest, AGatePassesOverNoise) {
  const std::vector<int16_t> words = Recording();
  std::vector<int16_t> sound = words;  // And 20 s of the noise before its first word.
  for (int i = 0; i < 20; ++i) sound.insert(sound.end(), words.begin(), words.begin() + 16000);
  sound.insert(sound.end(), words.begin(), words.end());
  const auto sources = [&sound](size_t size) {
    std::deque<Step> steps = Blocks(sound, size, false);
    steps.push_back(Gone("gone"));
    return std::deque<std::deque<Step>>{steps, Blocks(sound, size)};
  };
  sources_ = sources(320);
  Run();
  const OutputLog all = log_;
  ASSERT_THAT(all.words, SizeIs(16));
  EXPECT_FALSE(all.latest.skipped_samples);
  ListenOptions options;
  options.gate_db = 6;
  for (const size_t size : {333, 640000}) {
    log_ = OutputLog();
    sources_ = sources(size);
    Run(options);
    EXPECT_EQ(log_.samples, all.samples);
    EXPECT_GT(log_.latest.skipped_samples, 30 * 16000);
    EXPECT_EQ(log_.scores[0], all.scores[0] - *log_.latest.skipped_samples / 320);
    ASSERT_THAT(log_.words, SizeIs(all.words.size()));
    for (size_t i = 0; i < all.words.size(); ++i) {
      const Detection& heard = log_.words[i].detection;
      EXPECT_EQ(heard.label, all.words[i].detection.label);
      EXPECT_NEAR(heard.time_ms, all.words[i].detection.time_ms, 60) << i;
      EXPECT_NEAR(heard.start_ms, all.words[i].detection.start_ms, 60) << i;
      EXPECT_NEAR(heard.end_ms, all.words[i].detection.end_ms, 60) << i;
    }
  }
}

TEST_F(ListenerTest, EndsAfterSoManySamples) {
  sources_ = {Blocks(Recording(), 16000)};
  ListenOptions options;
  options.most_samples = 40001;
  Run(options);
  EXPECT_EQ(log_.latest.samples, 40001);
  EXPECT_THAT(log_.samples, SizeIs(40001));
}

TEST_F(ListenerTest, LostSamplesAreToldAndCounted) {
  std::deque<Step> steps = Blocks(Recording(), 16000);
  steps[2].lost = 480;
  steps[5].lost = 20;
  sources_ = {steps};
  Run();
  EXPECT_THAT(log_.events, testing::IsSupersetOf({"lost 480 at 32000", "lost 20 at 80000"}));
  EXPECT_EQ(log_.latest.lost_samples, 500);
  EXPECT_EQ(log_.latest.losses, 2);
  EXPECT_EQ(log_.latest.samples, 160000);
  EXPECT_THAT(log_.words, SizeIs(4));
}

class ThrowingLog : public OutputLog {
 public:
  void Word(const HeardWord&) override { throw OutputClosed(); }
  void Finish(const ListenTotals& totals) override {
    OutputLog::Finish(totals);
    throw InputError("full");
  }
};

// Whoever throws, all are finished, and the first error is the one that counts.
TEST_F(ListenerTest, AllOutputsAreFinishedAfterErrors) {
  ThrowingLog throwing;
  parts_.outputs = {&throwing, &log_};
  sources_ = {Blocks(Recording(), 1600)};
  EXPECT_THROW(Run(), OutputClosed);
  EXPECT_EQ(throwing.events.back(), "finish");
  EXPECT_EQ(log_.events.back(), "finish");
  sources_ = {Blocks({1, 2, 3}, 3)};
  EXPECT_THROW(Run(), InputError);
}

TEST_F(ListenerTest, TheShareOfOneCore) {
  class Busy : public OutputLog {
   public:
    explicit Busy(FakeClock* clock) : clock_(clock) {}
    void Samples(Span<const int16_t> some) override {
      clock_->cpu += std::chrono::duration<double>(0.25 * some.size() / 16000.0);
    }

   private:
    FakeClock* clock_;
  };
  clock_.cpu = std::chrono::seconds(100);  // Before it began.
  Busy busy(&clock_);
  parts_.outputs = {&busy, &log_};
  sources_ = {Blocks(Recording(), 1600)};
  Run();
  EXPECT_NEAR(log_.latest.cpu_share, 0.25, 1e-9);
}

}  // namespace
}  // namespace earshot::host
