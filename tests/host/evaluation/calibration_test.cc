// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/calibration.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "earshot/host/errors.h"
#include "earshot/host/evaluation/intervals.h"
#include "earshot/host/evaluation/stream_figures.h"
#include "earshot/models/manifest.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

constexpr int64_t kAnswerPeriodMs = 20;

// Of sound without words. A single false accept in it is more than half of one an hour; many are
// twenty.
constexpr double kNegativeSeconds = 600;
constexpr double kManyPerHour = 20 * 3600 / kNegativeSeconds;

// One label, "word", beside background. `score` for `length_ms` from `start_ms` on.
void SayWord(int64_t start_ms, int64_t length_ms, uint8_t score, StreamFigures* heard) {
  KeptScores& kept = heard->recordings[0].kept;
  for (int64_t t = start_ms; t < start_ms + length_ms; t += kAnswerPeriodMs) {
    kept.scores[static_cast<size_t>(t / kAnswerPeriodMs) * 2 + 1] = score;
  }
}

StreamFigures Silence(double seconds) {
  StreamFigures heard;
  StreamRecording recording;
  recording.seconds = seconds;
  recording.kept.period_ms = kAnswerPeriodMs;
  recording.kept.label_count = 2;
  recording.kept.scores.resize(static_cast<size_t>(seconds * 1000 / kAnswerPeriodMs) * 2);
  heard.hours = seconds / 3600;
  heard.recordings.push_back(recording);
  return heard;
}

void AddEvent(double start, double end, StreamFigures* heard) {
  StreamEvent event;
  event.word = "word";
  event.target = 1;
  event.start = start;
  event.end = end;
  heard->events.push_back(event);
}

// Ten words that last 400 ms at a score of 180, and, in the negatives, ten moments of 60 ms at 250:
// only an average tells them apart.
class CalibrateTest : public ::testing::Test {
 protected:
  CalibrateTest() {
    for (int i = 0; i < 10; ++i) {
      SayWord(3000 + i * 5000, 400, 180, &streams_);
      AddEvent(2.8 + i * 5, 3.2 + i * 5, &streams_);
      SayWord(3000 + i * 5000, 60, 250, &negatives_);
    }
    start_.background_labels = 0b1;
  }

  StreamFigures streams_ = Silence(60);
  StreamFigures negatives_ = Silence(kNegativeSeconds);
  RecognizerConfig start_;
};

TEST_F(CalibrateTest, FindsAllWordsWithoutFalseAccepts) {
  const std::vector<CalibratedSetting> best = Calibrate(start_, streams_, &negatives_, {0.5}, 2, 3);
  ASSERT_EQ(best.size(), 3u);
  EXPECT_TRUE(best[0].meets_goal);
  EXPECT_EQ(best[0].found.value, 1);
  EXPECT_EQ(best[0].found.total, 10);
  EXPECT_EQ(best[0].false_accepts_per_hour.count, 0);
  EXPECT_GT(best[0].recognizer.average_window_ms, 0);
  EXPECT_LT(best[0].median_delay_ms, best[1].median_delay_ms);  // Nothing else differs here.
  // What is promised is what evaluating with it gives.
  MeasureStreams(best[0].recognizer, 2, &streams_);
  MeasureStreams(best[0].recognizer, 2, &negatives_);
  EXPECT_EQ(streams_.found.value, 1);
  EXPECT_NEAR(streams_.median_delay_ms.value, best[0].median_delay_ms, 1e-6);
  EXPECT_TRUE(negatives_.false_accepts.empty());
}

TEST_F(CalibrateTest, MoreFalseAcceptsAllowFasterAnswers) {
  const CalibratedSetting strict = Calibrate(start_, streams_, &negatives_, {0.5}, 1, 1)[0];
  const CalibratedSetting loose = Calibrate(start_, streams_, &negatives_, {kManyPerHour}, 1, 1)[0];
  EXPECT_EQ(loose.found.value, 1);
  EXPECT_LT(loose.median_delay_ms, strict.median_delay_ms);
}

// Averages that tell the words from the rest take their time.
TEST_F(CalibrateTest, ShortDelaysAllowMoreFalseAccepts) {
  const CalibratedSetting any = Calibrate(start_, streams_, &negatives_, {kManyPerHour}, 1, 1)[0];
  const CalibratedSetting strict = Calibrate(start_, streams_, &negatives_, {0.5}, 1, 1)[0];
  ASSERT_LT(any.median_delay_ms, strict.median_delay_ms);
  const CalibratedSetting quick =
      Calibrate(start_, streams_, &negatives_, {kManyPerHour, strict.median_delay_ms - 1}, 1, 1)[0];
  EXPECT_TRUE(quick.meets_goal);
  EXPECT_LT(quick.median_delay_ms, strict.median_delay_ms);
  // Of settings of which none is good enough, those are the nearest that are quick.
  const CalibratedSetting nearest =
      Calibrate(start_, streams_, &negatives_, {0.5, any.median_delay_ms}, 1, 1)[0];
  EXPECT_FALSE(nearest.meets_goal);
  EXPECT_LE(nearest.median_delay_ms, any.median_delay_ms);
  EXPECT_GT(nearest.false_accepts_per_hour.count, 0);
}

// That no word is found is not quick.
TEST_F(CalibrateTest, WhatFindsNothingHasNoDelay) {
  StreamFigures unheard = Silence(60);
  unheard.events = streams_.events;
  EXPECT_TRUE(Calibrate(start_, unheard, &negatives_, {0.5}, 1, 1)[0].meets_goal);
  EXPECT_FALSE(Calibrate(start_, unheard, &negatives_, {0.5, 300}, 1, 1)[0].meets_goal);
}

TEST_F(CalibrateTest, SaysWhereTheGoalIsOutOfReach) {
  StreamFigures noise = Silence(600);
  for (int i = 0; i < 50; ++i) SayWord(3000 + i * 10000, 5000, 255, &noise);
  const CalibratedSetting best = Calibrate(start_, streams_, &noise, {1}, 1, 1)[0];
  EXPECT_FALSE(best.meets_goal);
  EXPECT_GT(best.false_accepts_per_hour.value, 1);
}

TEST(CalibrationTextTest, TellsWhatWasReached) {
  CalibratedSetting setting;
  setting.recognizer.threshold = 205;
  setting.found = Share(9, 10);
  setting.false_accepts_per_hour = RatePerHour(1, 2);
  setting.median_delay_ms = 140;
  setting.meets_goal = true;
  const std::string text = CalibrationText({setting}, {0.5});
  EXPECT_EQ(text,
            "settings with at most 0.5 false accepts per hour, the best first:\n"
            "   window  threshold  release  suppression  count  found, 95 %        false "
            "accepts/h, 95 %  delay\n"
            "  1000 ms      0.801    0.586      1500 ms      3  0.90 (0.60-0.98)   0.50 (0.01-2.79)"
            "         140 ms\n");
  EXPECT_EQ(CalibrationText({setting}, {0.5, 300})
                .find("settings with at most 0.5 false accepts per "
                      "hour and a median delay of at most 300 ms, "),
            0u);
  setting.meets_goal = false;
  EXPECT_EQ(CalibrationText({setting}, {0.1}).find("no setting has at most 0.1"), 0u);
}

TEST_F(CalibrateTest, WantsWords) {
  streams_.events.clear();
  EXPECT_THROW(Calibrate(start_, streams_, &negatives_, {1}, 1, 1), UsageError);
}

std::string ShippedManifest() {
  std::ifstream file(test::SourcePath("models/tiny_conv_yes_no/manifest.json"));
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST(WithRecognizerTest, ReplacesOnlyTheRecognizer) {
  const std::string before = ShippedManifest();
  RecognizerConfig recognizer;
  recognizer.average_window_ms = 460;
  recognizer.suppression_ms = 700;
  recognizer.minimum_count = 2;
  for (int threshold = 1; threshold < 256; ++threshold) {  // All that Q0.8 can hold.
    recognizer.threshold = static_cast<uint8_t>(threshold);
    recognizer.release_threshold = static_cast<uint8_t>((threshold + 1) / 2);
    const std::string text = WithRecognizer(before, "manifest", recognizer, 20);
    const Manifest manifest = ParseManifest(text, "written");
    EXPECT_EQ(manifest.spotter.recognizer.threshold, recognizer.threshold);
    EXPECT_EQ(manifest.spotter.recognizer.release_threshold, recognizer.release_threshold);
    EXPECT_EQ(manifest.spotter.recognizer.average_window_ms, 460);
    EXPECT_EQ(manifest.spotter.recognizer.suppression_ms, 700);
    EXPECT_EQ(manifest.spotter.recognizer.minimum_count, 2);
    EXPECT_EQ(manifest.micro.sliding_window_size, 24);
  }
  auto was = nlohmann::ordered_json::parse(before);
  auto is = nlohmann::ordered_json::parse(WithRecognizer(before, "manifest", recognizer, 20));
  for (auto* document : {&was, &is}) {
    (*document)["earshot"].erase("recognizer");
    (*document)["micro"].erase("probability_cutoff");
    (*document)["micro"].erase("sliding_window_size");
  }
  EXPECT_EQ(was.dump(), is.dump());  // Their order as well.
}

// Settings that a manifest does not have yet follow those that it has.
TEST(WithRecognizerTest, WritesAllSettingsInTheirOrder) {
  auto before = nlohmann::ordered_json::parse(ShippedManifest());
  before["earshot"]["recognizer"] = {{"threshold", 0.5}};
  RecognizerConfig recognizer = ParseManifest(before.dump(), "before").spotter.recognizer;
  recognizer.average_window_ms = 1000;
  recognizer.release_threshold = 64;
  recognizer.suppression_ms = 700;
  recognizer.minimum_count = 2;
  const std::string text = WithRecognizer(before.dump(), "manifest", recognizer, 20);
  EXPECT_EQ(nlohmann::ordered_json::parse(text)["earshot"]["recognizer"].dump(),
            R"({"threshold":0.5,"average_window_ms":1000,"suppression_ms":700,"minimum_count":2,)"
            R"("warm_up_ms":0,"release_threshold":0.25})");
}

// What --background has said is written, too; what the manifest said already is left as it is.
TEST(WithRecognizerTest, WritesAnotherBackground) {
  RecognizerConfig recognizer;
  recognizer.background_labels = 0b0111;
  const std::string text = WithRecognizer(ShippedManifest(), "manifest", recognizer, 20);
  EXPECT_EQ(ParseManifest(text, "written").spotter.recognizer.background_labels, 0b0111u);
}

// As --strides-per-inference has said it: the setting was found with that.
TEST(WithRecognizerTest, WritesOtherStrides) {
  const std::string text =
      WithRecognizer(ShippedManifest(), "manifest", RecognizerConfig(), 100, 5);
  EXPECT_EQ(ParseManifest(text, "written").spotter.strides_per_inference, 5);
}

// Under the name that the window has in it.
TEST(WithRecognizerTest, WritesVersion1AsItIs) {
  const std::string before = R"({"type": "micro", "version": 1, "wake_word": "a",
      "model": "a.tflite",
      "micro": {"probability_cutoff": 0.5, "sliding_window_average_size": 10}})";
  RecognizerConfig recognizer;
  recognizer.average_window_ms = 400;
  recognizer.background_labels = 0;
  const std::string text = WithRecognizer(before, "manifest", recognizer, 20);
  EXPECT_EQ(ParseManifest(text, "written").micro.sliding_window_size, 21);
  EXPECT_EQ(nlohmann::json::parse(text)["micro"].count("sliding_window_size"), 0u);
}

TEST(WithRecognizerTest, RefusesWhatIsNoManifest) {
  EXPECT_THROW(WithRecognizer("{}", "x", RecognizerConfig(), 20), ManifestError);
}

}  // namespace
}  // namespace earshot::host
