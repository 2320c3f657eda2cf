// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/explanations.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "earshot/host/evaluation/stream_figures.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;

using Decision = CommandRecognizer::Decision;

constexpr int64_t kStepMs = 50;
constexpr size_t kLabelCount = 3;  // Background, "yes", "no".

// Averages two results: a label rises for good from its second high score on.
RecognizerConfig TwoResults() {
  RecognizerConfig config;
  config.average_window_ms = kStepMs;
  config.threshold = 128;
  config.release_threshold = 64;
  config.suppression_ms = 500;
  config.minimum_count = 2;
  config.background_labels = 0b1;
  return config;
}

class ExplanationsTest : public ::testing::Test {
 protected:
  ExplanationsTest() {
    model_.labels = {"unknown", "yes", "no"};
    model_.is_keyword = {false, true, true};
    model_.recognizer = TwoResults();
    StreamRecording recording;
    recording.path = "talk.wav";
    recording.seconds = 20;
    recording.kept.period_ms = kStepMs;
    recording.kept.label_count = kLabelCount;
    recording.kept.scores.resize(static_cast<size_t>(20000 / kStepMs) * kLabelCount);
    model_.streams.emplace();
    model_.streams->hours = recording.seconds / 3600;
    model_.streams->recordings.push_back(recording);
  }

  // [start_ms, end_ms)
  void Say(int64_t start_ms, int64_t end_ms, size_t label, uint8_t score) {
    KeptScores& kept = model_.streams->recordings[0].kept;
    for (int64_t t = start_ms; t < end_ms; t += kStepMs) {
      kept.scores[static_cast<size_t>(t / kStepMs) * kLabelCount + label] = score;
    }
  }

  void AddEvent(int target, double start, double end) {
    StreamEvent event;
    event.word = model_.labels[static_cast<size_t>(target)];
    event.target = target;
    event.start = start;
    event.end = end;
    model_.streams->events.push_back(event);
  }

  std::vector<Explanation> Explain() {
    MeasureStreams(model_.recognizer, kLabelCount, &*model_.streams);
    return ExplainStreams(model_);
  }

  ModelFigures model_;
};

TEST_F(ExplanationsTest, ShowsAHit) {
  AddEvent(1, 10, 10.4);
  Say(10300, 10600, 1, 200);
  const std::vector<Explanation> explanations = Explain();
  ASSERT_EQ(explanations.size(), 1u);
  EXPECT_EQ(explanations[0].outcome, Outcome::kHit);
  EXPECT_THAT(explanations[0].why,
              HasSubstr("0.05 s before the word's end, at an average of 0.78"));
  ASSERT_FALSE(explanations[0].rows.empty());
  EXPECT_DOUBLE_EQ(explanations[0].rows.front().time, 8.0);
  EXPECT_DOUBLE_EQ(explanations[0].rows.back().time, 12.4);
  EXPECT_EQ(explanations[0].rows.size(), 89u);  // One per inference.
  const std::string text = ExplanationText(model_, explanations[0]);
  EXPECT_THAT(text, HasSubstr("found \"yes\" at 10.00-10.40 s in talk.wav: announced"));
  EXPECT_THAT(text,
              HasSubstr("10.35  0.78 [################|########       ]  0.78  yes ANNOUNCED"));
}

TEST_F(ExplanationsTest, SaysWhatKeptAWordBack) {
  AddEvent(1, 3, 3.4);  // Not high enough.
  Say(3200, 3400, 1, 100);
  AddEvent(1, 8, 8.4);  // Another label is higher.
  Say(8200, 8400, 1, 140);
  Say(8200, 8400, 0, 150);
  Say(12000, 13500, 1, 200);  // Announced long before, and never low since.
  AddEvent(1, 13, 13.4);
  Say(16000, 16200, 2, 200);  // Announced just before.
  AddEvent(2, 16.25, 16.3);
  Say(16300, 16400, 2, 200);
  Say(16400, 17350, 2, 70);  // Not released.
  const std::vector<Explanation> explanations = Explain();
  ASSERT_EQ(explanations.size(), 6u);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(explanations[i].outcome, Outcome::kMiss) << i;
  EXPECT_EQ(explanations[0].why,
            "its average reached only 0.39 of 0.50 (highest single score: 0.39)");
  EXPECT_EQ(explanations[1].why,
            "its average reached 0.55, but that of \"unknown\" was higher (0.59)");
  EXPECT_THAT(explanations[2].why, HasSubstr("not been below release_threshold 0.25"));
  EXPECT_EQ(explanations[3].why, "it had been announced less than suppression_ms 500 ago");
  EXPECT_EQ(explanations[4].outcome, Outcome::kFalseAccept);
  EXPECT_EQ(explanations[4].why, "announced at an average of 0.78 where no word was said");
  EXPECT_THAT(ExplanationText(model_, explanations[5]),
              HasSubstr("false accept \"no\" at 16.05 s"));
}

TEST_F(ExplanationsTest, SaysWhatWasAnnouncedInstead) {
  AddEvent(1, 3, 3.4);
  Say(3200, 3400, 2, 200);
  AddEvent(1, 8, 8.4);
  Say(9500, 9700, 1, 200);
  const std::vector<Explanation> explanations = Explain();
  ASSERT_EQ(explanations.size(), 2u);
  EXPECT_THAT(explanations[0].why,
              HasSubstr("\"no\" was announced instead, at an average of 0.78"));
  EXPECT_THAT(explanations[1].why, HasSubstr("announced too late, 1.15 s after the word's end"));
}

TEST_F(ExplanationsTest, TooFewResultsAfterTheStart) {
  model_.recognizer.average_window_ms = 1000;
  model_.recognizer.minimum_count = 18;
  AddEvent(1, 0, 0.1);
  Say(0, 400, 1, 250);
  Say(400, 1200, 0, 255);
  const std::vector<Explanation> explanations = Explain();
  EXPECT_EQ(explanations[0].why, "too few results since the start (minimum_count 18)");
  EXPECT_EQ(explanations[0].rows[0].decision, Decision::kTooFewResults);
}

// Whatever is heard: each rule given holds for what the row shows, and what was announced is what
// the recognizer announced.
TEST_F(ExplanationsTest, AgreesWithTheRecognizer) {
  std::minstd_rand random(7);  // NOLINT(cert-msc51-cpp): the same each time
  for (uint8_t& score : model_.streams->recordings[0].kept.scores) {
    score = static_cast<uint8_t>(random() >> 8);
  }
  AddEvent(1, 2, 18);  // Shows all.
  size_t counts[6] = {};
  std::vector<double> announced;
  double latest[kLabelCount] = {-9, -9, -9};
  const std::vector<Explanation> explanations = Explain();
  for (const TimelineRow& row : explanations[0].rows) {
    ++counts[static_cast<size_t>(row.decision)];
    const bool is_high = row.averages[row.top] > 128;
    const double since = row.time - latest[row.top];
    for (const uint8_t average : row.averages) EXPECT_LE(average, row.averages[row.top]);
    EXPECT_EQ(row.decision == Decision::kBelowThreshold,
              !is_high && row.decision != Decision::kTooFewResults);
    EXPECT_EQ(row.decision == Decision::kBackground, is_high && row.top == 0);
    EXPECT_TRUE(row.decision != Decision::kSuppressed || since < 0.5);
    if (row.decision != Decision::kAnnounced) continue;
    EXPECT_GE(since, 0.5 - 1e-9);
    latest[row.top] = row.time;
    announced.push_back(row.time);
  }
  for (const size_t count : counts) EXPECT_GT(count, 0u);
  const std::vector<Announcement> real = Replay(*model_.streams, model_.recognizer);
  ASSERT_EQ(real.size(), announced.size());
  for (size_t i = 0; i < real.size(); ++i) {
    EXPECT_DOUBLE_EQ(static_cast<double>(real[i].time_ms) / 1000, announced[i]);
  }
}

}  // namespace
}  // namespace earshot::host
