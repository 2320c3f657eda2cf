// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/command_recognizer.h"

#include <gmock/gmock.h>

#include <array>
#include <optional>
#include <vector>

#include "earshot/base/aligned_bytes.h"

namespace earshot {
namespace {

constexpr int kLabelCount = 4;
constexpr int kPeriodMs = 20;
constexpr int kWindowMs = 990;
constexpr int32_t kSilence = 0;
constexpr int32_t kYes = 2;
constexpr int32_t kNo = 3;

using Scores = std::array<uint8_t, kLabelCount>;

// A result in which one label has `score` and silence has the rest.
Scores Only(int32_t label, uint8_t score = 250) {
  Scores scores = {};
  scores[kSilence] = static_cast<uint8_t>(255 - score);
  scores[static_cast<size_t>(label)] = label == kSilence ? 255 : score;
  return scores;
}

// A recognizer with its memory, fed at a steady period.
class Listener {
 public:
  explicit Listener(const RecognizerConfig& config, int period_ms = kPeriodMs,
                    int label_count = kLabelCount)
      : memory_(CommandRecognizer::RequiredBytes(config, label_count, period_ms)),
        period_ms_(period_ms) {
    const Status status = CommandRecognizer::Create(config, label_count, period_ms, kWindowMs,
                                                    memory_.span(), &recognizer_);
    EXPECT_TRUE(status.ok()) << status.what;
  }

  std::optional<Detection> HearAt(int64_t time_ms, Span<const uint8_t> scores) {
    Detection detection = {};
    const Status status = recognizer_.Process(time_ms, scores, &result_, &detection);
    EXPECT_TRUE(status.ok()) << status.what;
    time_ms_ = time_ms;
    return result_.is_new() ? std::optional<Detection>(detection) : std::nullopt;
  }

  // `count` equal results, one period apart; the detections among them.
  std::vector<Detection> Hear(int count, const Scores& scores) {
    std::vector<Detection> detections;
    for (int i = 0; i < count; ++i) {
      const auto detection = HearAt(time_ms_ + period_ms_, scores);
      if (detection.has_value()) detections.push_back(*detection);
    }
    return detections;
  }

  CommandRecognizer& recognizer() { return recognizer_; }
  const CommandRecognizer::Result& result() const { return result_; }
  int64_t time_ms() const { return time_ms_; }

 private:
  AlignedBytes memory_;
  CommandRecognizer recognizer_;
  CommandRecognizer::Result result_;
  int period_ms_;
  int64_t time_ms_ = 0;
};

TEST(CommandRecognizerTest, AnnouncesAWordOnce) {
  Listener listener({});
  EXPECT_TRUE(listener.Hear(60, Only(kSilence)).empty());
  const std::vector<Detection> detections = listener.Hear(300, Only(kYes));
  ASSERT_EQ(detections.size(), 1u);
  EXPECT_EQ(detections[0].label, kYes);
  EXPECT_GT(detections[0].score, 200);
  EXPECT_EQ(listener.result().label, kYes);
  EXPECT_EQ(listener.result().score, 250);
  EXPECT_FALSE(listener.result().is_new());
}

TEST(CommandRecognizerTest, NeverAnnouncesBackground) {
  Listener listener({});
  EXPECT_TRUE(listener.Hear(200, Only(kSilence)).empty());
  EXPECT_TRUE(listener.Hear(200, Only(1)).empty());
  EXPECT_EQ(listener.result().label, 1);  // It is reported all the same.
}

TEST(CommandRecognizerTest, BackgroundLabelsAreTheCallersChoice) {
  RecognizerConfig config;
  config.background_labels = 0b1000;
  Listener listener(config);
  EXPECT_TRUE(listener.Hear(100, Only(kNo)).empty());
  EXPECT_EQ(listener.Hear(100, Only(kSilence)).size(), 1u);
}

TEST(CommandRecognizerTest, LabelsFrom32OnAreNotBackground) {
  RecognizerConfig config;
  config.background_labels = 0xFFFFFFFF;
  Listener listener(config, kPeriodMs, 34);
  uint8_t scores[34] = {};
  scores[32] = 255;
  int announced = 0;
  for (int time_ms = 0; time_ms < 1000; time_ms += kPeriodMs) {
    if (listener.HearAt(time_ms, scores).has_value()) ++announced;
  }
  EXPECT_EQ(announced, 1);
}

TEST(CommandRecognizerTest, NeedsNoSilenceBetweenWords) {
  RecognizerConfig config;
  config.suppression_ms = 0;
  Listener listener(config);
  EXPECT_EQ(listener.Hear(60, Only(kYes)).size(), 1u);
  EXPECT_EQ(listener.Hear(60, Only(kNo)).size(), 1u);
  EXPECT_EQ(listener.Hear(60, Only(kYes)).size(), 1u);
}

TEST(CommandRecognizerTest, RearmsOnlyBelowTheReleaseThreshold) {
  RecognizerConfig config;
  config.suppression_ms = 0;
  config.release_threshold = 100;
  Listener listener(config);
  EXPECT_EQ(listener.Hear(60, Only(kYes, 250)).size(), 1u);
  EXPECT_TRUE(listener.Hear(60, Only(kYes, 100)).empty());  // Below the threshold, not released.
  EXPECT_TRUE(listener.Hear(60, Only(kYes, 250)).empty());
  EXPECT_TRUE(listener.Hear(60, Only(kYes, 99)).empty());
  EXPECT_EQ(listener.Hear(60, Only(kYes, 250)).size(), 1u);
}

TEST(CommandRecognizerTest, WaitsOutTheSuppressionTime) {
  RecognizerConfig config;
  config.average_window_ms = 0;
  config.minimum_count = 1;
  config.suppression_ms = 1500;
  Listener listener(config);
  EXPECT_TRUE(listener.HearAt(1000, Only(kYes)).has_value());
  EXPECT_FALSE(listener.HearAt(1100, Only(kSilence)).has_value());
  EXPECT_FALSE(listener.HearAt(2499, Only(kYes)).has_value());
  EXPECT_TRUE(listener.HearAt(2499, Only(kNo)).has_value());  // Another word need not wait.
  EXPECT_FALSE(listener.HearAt(2499, Only(kSilence)).has_value());
  EXPECT_TRUE(listener.HearAt(2500, Only(kYes)).has_value());
}

// What lasts until then is announced, what was over before is not; a reset begins anew.
TEST(CommandRecognizerTest, AnnouncesNothingWhileItWarmsUp) {
  RecognizerConfig config;
  config.average_window_ms = 0;
  config.minimum_count = 1;
  config.suppression_ms = 0;
  config.warm_up_ms = 1000;
  Listener listener(config);
  EXPECT_FALSE(listener.HearAt(500, Only(kNo)).has_value());
  EXPECT_FALSE(listener.HearAt(999, Only(kYes)).has_value());
  EXPECT_TRUE(listener.HearAt(1000, Only(kYes)).has_value());
  EXPECT_TRUE(listener.HearAt(1020, Only(kNo)).has_value());
  listener.recognizer().Reset();
  EXPECT_FALSE(listener.HearAt(999, Only(kYes)).has_value());
}

TEST(CommandRecognizerTest, AveragesMustExceedTheThreshold) {
  RecognizerConfig config;
  config.threshold = 200;
  Listener listener(config);
  EXPECT_TRUE(listener.Hear(100, Only(kYes, 200)).empty());
  EXPECT_EQ(listener.Hear(100, Only(kYes, 201)).size(), 1u);
}

TEST(CommandRecognizerTest, WaitsForEvidence) {
  Listener by_time({});
  // A quarter of the window: 250 ms after the first result, at 20 ms.
  EXPECT_TRUE(by_time.Hear(13, Only(kYes)).empty());
  EXPECT_EQ(by_time.Hear(1, Only(kYes)).size(), 1u);

  RecognizerConfig config;
  config.minimum_count = 30;
  Listener by_count(config);
  EXPECT_TRUE(by_count.Hear(29, Only(kYes)).empty());
  EXPECT_EQ(by_count.Hear(1, Only(kYes)).size(), 1u);
}

TEST(CommandRecognizerTest, AFullHistoryDropsItsOldestResult) {
  // Results ten times as often as promised: the history spans 1/10 of the averaging window.
  RecognizerConfig config;
  config.minimum_count = 1;
  Listener listener(config, 20);
  for (int i = 0; i < 200; ++i) listener.HearAt(2 * i, Only(kSilence));
  for (int i = 200; i < 251; ++i) listener.HearAt(2 * i, Only(kYes));
  EXPECT_EQ(listener.result().label, kYes);
  EXPECT_EQ(listener.result().score, 250);  // Only the latest 51 count.
}

TEST(CommandRecognizerTest, ForgetsAcrossAGap) {
  for (const int64_t gap : {int64_t{1001}, int64_t{10000}, int64_t{1} << 16, int64_t{1} << 32}) {
    Listener listener({});
    listener.Hear(60, Only(kYes));
    EXPECT_FALSE(listener.HearAt(listener.time_ms() + gap, Only(kNo)).has_value());
    EXPECT_EQ(listener.result().label, kNo) << gap;
    EXPECT_EQ(listener.result().score, 250) << gap;
  }
}

TEST(CommandRecognizerTest, TimeDoesNotGoBack) {
  RecognizerConfig config;
  config.minimum_count = 1;
  Listener listener(config);
  listener.HearAt(1000, Only(kYes));
  CommandRecognizer::Result result;
  Detection detection;
  const Scores silence = Only(kSilence);
  const Status status = listener.recognizer().Process(999, silence, &result, &detection);
  EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
  EXPECT_EQ(status.found, 999);
  EXPECT_EQ(status.wanted, 1000);
  EXPECT_EQ(listener.recognizer().Process(-1, silence, &result, &detection).code,
            StatusCode::kInvalidArgument);
  EXPECT_EQ(listener.recognizer().Process(INT64_MIN, silence, &result, &detection).code,
            StatusCode::kInvalidArgument);

  listener.HearAt(1000, Only(kYes));        // The same time again is fine.
  EXPECT_EQ(listener.result().score, 250);  // Nothing of the refused results was kept.
  listener.HearAt(INT64_MAX, Only(kYes));
}

TEST(CommandRecognizerTest, RefusesAnotherNumberOfScores) {
  Listener listener({});
  CommandRecognizer::Result result;
  Detection detection;
  const uint8_t scores[kLabelCount + 1] = {};
  for (const size_t count : {size_t{0}, size_t{3}, size_t{5}}) {
    const Status status =
        listener.recognizer().Process(0, Span<const uint8_t>(scores, count), &result, &detection);
    EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
    EXPECT_EQ(status.found, static_cast<int32_t>(count));
    EXPECT_EQ(status.wanted, kLabelCount);
  }
}

TEST(CommandRecognizerTest, IsUnusableUntilCreated) {
  CommandRecognizer recognizer;
  CommandRecognizer::Result result;
  Detection detection;
  EXPECT_EQ(recognizer.Process(0, {}, &result, &detection).code, StatusCode::kFailedPrecondition);
  recognizer.Reset();
}

TEST(CommandRecognizerTest, ResetEqualsFresh) {
  const RecognizerConfig config;
  Listener used(config);
  used.Hear(77, Only(kYes));
  used.recognizer().Reset();
  Listener fresh(config);
  for (int i = 0; i < 200; ++i) {
    const Scores scores = Only(i % 7 < 5 ? kYes : kNo);
    const auto a = used.HearAt(i * kPeriodMs, scores);
    const auto b = fresh.HearAt(i * kPeriodMs, scores);
    ASSERT_EQ(a.has_value(), b.has_value()) << i;
    if (a.has_value()) {
      EXPECT_EQ(a->start_ms, b->start_ms);
    }
    EXPECT_EQ(used.result().label, fresh.result().label);
    EXPECT_EQ(used.result().score, fresh.result().score);
  }
}

// Ages are 32 bits wide: 2^32 ms, and 2^32 ms and a bit, are a long time all the same.
TEST(CommandRecognizerTest, LongPausesAreNotTakenForShortOnes) {
  RecognizerConfig config;
  config.minimum_count = 1;
  config.average_window_ms = 0;
  for (const int64_t pause : {int64_t{1} << 31, int64_t{1} << 32, (int64_t{1} << 32) + 20}) {
    Listener listener(config);
    ASSERT_TRUE(listener.HearAt(40, Only(kYes)).has_value());
    ASSERT_FALSE(listener.HearAt(60, Only(kSilence)).has_value());
    const auto detection = listener.HearAt(60 + pause, Only(kYes));
    ASSERT_TRUE(detection.has_value());
    EXPECT_EQ(detection->start_ms, 60 + pause - kWindowMs);
    EXPECT_EQ(detection->end_ms, 60 + pause);
  }
}

// The same through many results: ages add up and stay where they can grow no further.
TEST(CommandRecognizerTest, AnnouncesAgainAfterAnyTime) {
  RecognizerConfig config;
  config.average_window_ms = 0;
  config.minimum_count = 1;
  Listener listener(config);
  ASSERT_TRUE(listener.HearAt(0, Only(kYes)).has_value());
  int64_t time_ms = 0;
  for (int i = 0; i < 10; ++i) {
    time_ms += 1000000000;
    ASSERT_FALSE(listener.HearAt(time_ms, Only(kSilence)).has_value());
  }
  EXPECT_TRUE(listener.HearAt(time_ms, Only(kYes)).has_value());
}

// ---- where the word was ------------------------------------------------------------------------

TEST(DetectionTimesTest, AreWhatAllSupportingAudioHasInCommon) {
  Listener listener({});
  listener.Hear(100, Only(kSilence));
  const int64_t first = listener.time_ms() + kPeriodMs;
  const std::vector<Detection> detections = listener.Hear(60, Only(kYes));
  ASSERT_EQ(detections.size(), 1u);
  EXPECT_EQ(detections[0].start_ms, detections[0].time_ms - kWindowMs);
  EXPECT_EQ(detections[0].end_ms, first);
}

TEST(DetectionTimesTest, OnlyTheLatestRunCounts) {
  RecognizerConfig config;
  config.threshold = 150;
  Listener listener(config);
  listener.Hear(100, Only(kSilence));
  listener.Hear(10, Only(kYes));
  listener.Hear(1, Only(kNo));  // Breaks the run.
  const int64_t first = listener.time_ms() + kPeriodMs;
  const std::vector<Detection> detections = listener.Hear(60, Only(kYes));
  ASSERT_EQ(detections.size(), 1u);
  EXPECT_EQ(detections[0].end_ms, first);
}

TEST(DetectionTimesTest, AWeakTopLabelIsNoSupport) {
  RecognizerConfig config;
  config.threshold = 125;
  config.release_threshold = 100;
  Listener listener(config);
  Scores weak = {};
  weak[kSilence] = 126;
  weak[kYes] = 127;
  listener.Hear(12, weak);
  const std::vector<Detection> detections = listener.Hear(10, weak);
  ASSERT_EQ(detections.size(), 1u);
  // Nothing supported it: all of the deciding result's audio.
  EXPECT_EQ(detections[0].start_ms, 0);
  EXPECT_EQ(detections[0].end_ms, detections[0].time_ms);
}

TEST(DetectionTimesTest, StartIsNeverNegative) {
  Listener listener({});
  const std::vector<Detection> detections = listener.Hear(60, Only(kYes));
  ASSERT_EQ(detections.size(), 1u);
  EXPECT_EQ(detections[0].start_ms, 0);
  EXPECT_EQ(detections[0].end_ms, kPeriodMs);
}

TEST(DetectionTimesTest, StartIsNeverAfterEnd) {
  // A run longer than the model's window: its results have no audio in common.
  RecognizerConfig config;
  config.average_window_ms = 4000;
  config.threshold = 225;
  Listener listener(config);
  listener.Hear(200, Only(kSilence));
  const int64_t first = listener.time_ms() + kPeriodMs;
  const std::vector<Detection> detections = listener.Hear(300, Only(kYes));
  ASSERT_EQ(detections.size(), 1u);
  EXPECT_GT(detections[0].time_ms - kWindowMs, first);
  EXPECT_EQ(detections[0].start_ms, first);
  EXPECT_EQ(detections[0].end_ms, first);
}

TEST(DetectionTimesTest, ARunEndsWhereAudioDoesNotOverlap) {
  RecognizerConfig config;
  config.average_window_ms = 3000;
  config.minimum_count = 2;
  config.threshold = 249;
  Listener listener(config);
  listener.HearAt(1000, Only(kYes, 249));
  const auto detection = listener.HearAt(1000 + kWindowMs, Only(kYes, 251));
  ASSERT_TRUE(detection.has_value());
  EXPECT_EQ(detection->start_ms, 1000);
  EXPECT_EQ(detection->end_ms, 1000 + kWindowMs);
}

}  // namespace
}  // namespace earshot
