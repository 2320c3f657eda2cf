// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/stream_figures.h"

#include <gtest/gtest.h>

#include <cmath>

#include "earshot/app/keyword_spotter.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "earshot/host/evaluation/stream_scores.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

// The labels of all hand-made scores: background, then two keywords.
constexpr size_t kBackground = 0;
constexpr size_t kYes = 1;
constexpr size_t kNo = 2;
constexpr size_t kLabels = 3;
constexpr int64_t kPeriodMs = 100;

// Announces at the first score above the threshold.
RecognizerConfig Immediate() {
  RecognizerConfig config;
  config.average_window_ms = 0;
  config.threshold = 100;
  config.release_threshold = 50;
  config.suppression_ms = 300;
  config.minimum_count = 1;
  config.background_labels = 0b1;
  return config;
}

// A recording in which only background was heard; the first inference ends at 100 ms.
StreamRecording Quiet(double seconds) {
  StreamRecording recording;
  recording.seconds = seconds;
  recording.kept.first_ms = recording.kept.period_ms = kPeriodMs;
  recording.kept.label_count = kLabels;
  const auto count = static_cast<size_t>(seconds * 1000 / kPeriodMs);
  for (size_t i = 0; i < count; ++i) {
    recording.kept.scores.insert(recording.kept.scores.end(), {200, 0, 0});
  }
  return recording;
}

// What the model answered at a time.
void Say(int64_t time_ms, size_t label, uint8_t score, StreamRecording* recording) {
  uint8_t* const scores =
      recording->kept.scores.data() + static_cast<size_t>(time_ms / kPeriodMs - 1) * kLabels;
  scores[kBackground] = 0;
  scores[label] = score;
}

StreamEvent Event(size_t recording, int target, double start, double end) {
  StreamEvent event;
  event.recording = recording;
  event.word = target < 0 ? "cat" : target == static_cast<int>(kYes) ? "yes" : "no";
  event.target = target;
  event.start = start;
  event.end = end;
  return event;
}

StreamFigures OneRecording(StreamRecording recording) {
  StreamFigures heard;
  heard.hours = recording.seconds / 3600;
  heard.recordings.push_back(std::move(recording));
  return heard;
}

TEST(MatchTest, HitLateWrongMiss) {
  const Matches matches =
      MatchAnnouncements({Event(0, kYes, 1, 1.4), Event(0, kYes, 5, 5.4), Event(0, kNo, 10, 10.4),
                          Event(0, kNo, 15, 15.4)},
                         {{0, 1500, kYes, 120}, {0, 6500, kYes, 130}, {0, 10500, kYes, 140}});
  ASSERT_EQ(matches.events.size(), 4u);
  EXPECT_EQ(matches.events[0].outcome, Outcome::kHit);
  EXPECT_DOUBLE_EQ(matches.events[0].time, 1.5);
  EXPECT_NEAR(matches.events[0].delay, 0.1, 1e-9);
  EXPECT_EQ(matches.events[0].score, 120);
  EXPECT_EQ(matches.events[1].outcome, Outcome::kLate);
  EXPECT_EQ(matches.events[2].outcome, Outcome::kWrong);
  EXPECT_EQ(matches.events[2].heard, static_cast<int>(kYes));
  EXPECT_EQ(matches.events[3].outcome, Outcome::kMiss);
  EXPECT_EQ(matches.events[3].heard, -1);
  EXPECT_TRUE(std::isnan(matches.events[3].time));
  EXPECT_TRUE(matches.false_accepts.empty());
}

TEST(MatchTest, EndsOfTimeAreIncluded) {
  const StreamEvent event = Event(0, kYes, 1.1, 1.461);
  const auto outcome_at = [&event](int64_t time_ms) {
    const Matches matches = MatchAnnouncements({event}, {{0, time_ms, kYes, 1}});
    EXPECT_EQ(matches.false_accepts.size(), matches.events[0].outcome == Outcome::kMiss ? 1u : 0u);
    return matches.events[0].outcome;
  };
  EXPECT_EQ(outcome_at(1099), Outcome::kMiss);
  EXPECT_EQ(outcome_at(1100), Outcome::kHit);
  EXPECT_EQ(outcome_at(2461), Outcome::kHit);
  EXPECT_EQ(outcome_at(2462), Outcome::kLate);
  EXPECT_EQ(outcome_at(3461), Outcome::kLate);
  EXPECT_EQ(outcome_at(3462), Outcome::kMiss);
}

TEST(MatchTest, SecondAnnouncementIsAFalseAccept) {
  const Matches matches =
      MatchAnnouncements({Event(0, kYes, 1, 1.4)}, {{0, 1500, kYes, 1}, {0, 2000, kYes, 2}});
  EXPECT_EQ(matches.events[0].outcome, Outcome::kHit);
  EXPECT_EQ(matches.events[0].score, 1);
  ASSERT_EQ(matches.false_accepts.size(), 1u);
  EXPECT_DOUBLE_EQ(matches.false_accepts[0].time, 2.0);
  EXPECT_EQ(matches.false_accepts[0].during, "yes");
}

TEST(MatchTest, OtherWordsAreFalseAccepts) {
  const Matches matches = MatchAnnouncements({Event(0, -1, 1, 1.4), Event(0, -1, 2, 2.2)},
                                             {{0, 2300, kNo, 77}, {0, 3300, kNo, 78}});
  ASSERT_EQ(matches.false_accepts.size(), 2u);
  EXPECT_EQ(matches.false_accepts[0].label, kNo);
  EXPECT_EQ(matches.false_accepts[0].score, 77);
  EXPECT_EQ(matches.false_accepts[0].during, "cat");
  EXPECT_EQ(matches.false_accepts[1].during, "");
}

// "no" is announced while "yes" could still be found: that is the hit of its own word.
TEST(MatchTest, HitsComeBeforeWrongOnes) {
  const Matches matches =
      MatchAnnouncements({Event(0, kYes, 1, 1.4), Event(0, kNo, 2, 2.3)}, {{0, 2200, kNo, 1}});
  EXPECT_EQ(matches.events[0].outcome, Outcome::kMiss);
  EXPECT_EQ(matches.events[1].outcome, Outcome::kHit);
  EXPECT_TRUE(matches.false_accepts.empty());
}

// The first announcement fits both words, the second only the later one.
TEST(MatchTest, CloseWordsAreBothFound) {
  const Matches matches = MatchAnnouncements({Event(0, kYes, 1, 1.4), Event(0, kYes, 1.8, 2.2)},
                                             {{0, 2000, kYes, 1}, {0, 2600, kYes, 2}});
  EXPECT_DOUBLE_EQ(matches.events[0].time, 2.0);
  EXPECT_DOUBLE_EQ(matches.events[1].time, 2.6);
  EXPECT_TRUE(matches.false_accepts.empty());
}

TEST(MatchTest, RecordingsDoNotMix) {
  const Matches matches = MatchAnnouncements({Event(0, kYes, 1, 1.4), Event(2, kYes, 1, 1.4)},
                                             {{1, 1200, kYes, 1}, {2, 1300, kYes, 1}});
  EXPECT_EQ(matches.events[0].outcome, Outcome::kMiss);
  EXPECT_EQ(matches.events[1].outcome, Outcome::kHit);
  ASSERT_EQ(matches.false_accepts.size(), 1u);
  EXPECT_EQ(matches.false_accepts[0].recording, 1u);
  EXPECT_EQ(matches.false_accepts[0].during, "");
}

// The recognizer's rules hold: background is never announced, nor is a label too soon again.
TEST(ReplayTest, IsTheRealRecognizer) {
  StreamRecording recording = Quiet(3);
  Say(500, kYes, 101, &recording);
  Say(700, kYes, 110, &recording);  // Suppressed.
  Say(1000, kYes, 120, &recording);
  Say(2000, kNo, 100, &recording);  // Not above the threshold.
  const std::vector<Announcement> announced = Replay(OneRecording(recording), Immediate());
  ASSERT_EQ(announced.size(), 2u);
  EXPECT_EQ(announced[0].time_ms, 500);
  EXPECT_EQ(announced[0].label, kYes);
  EXPECT_EQ(announced[0].score, 101);
  EXPECT_EQ(announced[1].time_ms, 1000);
}

TEST(ReplayTest, OnlyContinuousRecordingsRemember) {
  StreamFigures heard;
  for (int i = 0; i < 2; ++i) heard.recordings.push_back(Quiet(1));
  Say(1000, kYes, 200, &heard.recordings[0]);
  Say(200, kYes, 200, &heard.recordings[1]);
  EXPECT_EQ(Replay(heard, Immediate()).size(), 2u);
  heard.is_continuous = true;  // 200 ms later it is still suppressed.
  const std::vector<Announcement> announced = Replay(heard, Immediate());
  ASSERT_EQ(announced.size(), 1u);
  EXPECT_EQ(announced[0].recording, 0u);
  EXPECT_EQ(announced[0].time_ms, 1000);
}

TEST(ReplayTest, RefusesWhatNoRecognizerCanBe) {
  RecognizerConfig config = Immediate();
  config.minimum_count = 2;  // Never, without a window.
  EXPECT_THROW(Replay(OneRecording(Quiet(1)), config), ModelError);
}

TEST(MeasureStreamsTest, Figures) {
  StreamRecording recording = Quiet(36);
  Say(1500, kYes, 200, &recording);
  Say(5600, kYes, 200, &recording);
  Say(20000, kNo, 200, &recording);
  StreamFigures figures = OneRecording(recording);
  figures.events = {Event(0, kYes, 1, 1.4), Event(0, kYes, 5, 5.4), Event(0, kNo, 10, 10.4),
                    Event(0, -1, 12, 12.3)};
  MeasureStreams(Immediate(), kLabels, &figures);
  EXPECT_NEAR(figures.found.value, 2.0 / 3, 1e-12);
  EXPECT_EQ(figures.found.total, 3);
  EXPECT_LT(figures.found.low, 0.5);
  ASSERT_EQ(figures.found_by_label.size(), kLabels);
  EXPECT_TRUE(std::isnan(figures.found_by_label[kBackground].value));
  EXPECT_EQ(figures.found_by_label[kYes].value, 1);
  EXPECT_EQ(figures.found_by_label[kNo].value, 0);
  EXPECT_NEAR(figures.false_accepts_per_hour.value, 100, 1e-9);
  EXPECT_NEAR(figures.median_delay_ms.value, 150, 1e-6);
  EXPECT_NEAR(figures.p90_delay_ms, 200, 1e-6);
  EXPECT_EQ(figures.late + figures.wrong, 0u);

  MeasureStreams(WithThreshold(Immediate(), 250), kLabels, &figures);  // As if for the first time.
  EXPECT_EQ(figures.found.value, 0);
  EXPECT_TRUE(figures.false_accepts.empty());
  EXPECT_TRUE(std::isnan(figures.median_delay_ms.value));
}

TEST(DetCurveTest, TradesMissesForFalseAccepts) {
  StreamRecording said = Quiet(36);
  Say(1500, kYes, 150, &said);
  Say(8000, kYes, 90, &said);
  StreamFigures streams = OneRecording(said);
  streams.events = {Event(0, kYes, 1, 1.4)};
  StreamRecording speech = Quiet(36);
  Say(3000, kNo, 170, &speech);
  const StreamFigures negatives = OneRecording(speech);
  RecognizerConfig own = Immediate();
  own.threshold = 149;
  const std::vector<DetPoint> curve = DetCurve(own, &streams, &negatives, 2);
  ASSERT_EQ(curve.size(), 64u);  // 4 to 252, and 149.
  for (const DetPoint& point : curve) {
    EXPECT_EQ(point.miss, point.threshold < 150 ? 0 : 1) << int{point.threshold};
    EXPECT_NEAR(point.streams_false_accepts_per_hour, point.threshold < 90 ? 100 : 0, 1e-9);
    EXPECT_NEAR(point.negatives_false_accepts_per_hour, point.threshold < 170 ? 100 : 0, 1e-9);
    EXPECT_NEAR(point.false_accepts_per_hour,
                (point.streams_false_accepts_per_hour + point.negatives_false_accepts_per_hour) / 2,
                1e-9);
  }
  EXPECT_TRUE(DetCurve(own, nullptr, &negatives, 1).empty());
  EXPECT_TRUE(std::isnan(DetCurve(own, &streams, nullptr, 1)[0].negatives_false_accepts_per_hour));
}

TEST(DetCurveTest, ReleaseIsScaledAlong) {
  EXPECT_EQ(WithThreshold(Immediate(), 200).release_threshold, 100);
  EXPECT_EQ(WithThreshold(Immediate(), 1).release_threshold, 1);
  EXPECT_EQ(WithThreshold(Immediate(), 255).release_threshold, 128);
}

// ---- Hearing -----------------------------------------------------------------------------------

std::vector<int16_t> Part(const std::vector<int16_t>& samples, size_t begin, size_t end) {
  return {samples.begin() + static_cast<std::ptrdiff_t>(begin),
          samples.begin() + static_cast<std::ptrdiff_t>(end)};
}

// Cut into pieces and heard without a reset, a recording gives the scores that it gives whole, and
// the recognizer announces what the spotter itself does.
TEST(HearTest, PiecesAreHeardAsOne) {
  AudioFile file(test::SourcePath("audio_samples/streams/white_10db.wav"));
  std::vector<int16_t> samples(10 * kSampleRateHz);
  samples.resize(file.Read(samples));
  const TempDir dir;
  WriteWav(dir.Path("whole.wav"), samples);
  WriteWav(dir.Path("a.wav"), Part(samples, 0, 20001));
  WriteText(dir.Path("broken.wav"), "no sound");
  WriteWav(dir.Path("b.wav"), Part(samples, 20001, 20101));  // Too short for an inference.
  WriteWav(dir.Path("c.wav"), Part(samples, 20101, samples.size()));
  const KeywordModel model{ModelChoice()};
  std::vector<Unread> unread;
  const StreamFigures whole = HearNegatives(model, {dir.Path("whole.wav")}, true, &unread);
  ASSERT_TRUE(unread.empty());
  const StreamFigures pieces = HearNegatives(
      model, {dir.Path("a.wav"), dir.Path("broken.wav"), dir.Path("b.wav"), dir.Path("c.wav")},
      true, &unread);
  ASSERT_EQ(unread.size(), 1u);
  EXPECT_EQ(unread[0].path, dir.Path("broken.wav"));
  ASSERT_EQ(pieces.recordings.size(), 3u);
  EXPECT_DOUBLE_EQ(pieces.hours, whole.hours);
  std::vector<uint8_t> joined;
  for (const StreamRecording& recording : pieces.recordings) {
    joined.insert(joined.end(), recording.kept.scores.begin(), recording.kept.scores.end());
  }
  EXPECT_EQ(joined, whole.recordings[0].kept.scores);

  const RecognizerConfig& config = model.config().recognizer;
  const std::vector<Announcement> announced = Replay(whole, config);
  const std::vector<Announcement> in_pieces = Replay(pieces, config);
  ASSERT_EQ(announced.size(), 2u);
  ASSERT_EQ(in_pieces.size(), 2u);
  EXPECT_EQ(in_pieces[1].recording, 2u);
  constexpr int kBefore = 20101 / 16;  // Milliseconds.
  EXPECT_NEAR(in_pieces[1].time_ms + kBefore, announced[1].time_ms, 1);

  Spotter spotter(model, model.config());
  std::vector<int64_t> times_ms;
  for (Span<const int16_t> rest(samples); !rest.empty();) {
    const Spotter::Result result = spotter.Feed(rest);
    rest = rest.subspan(result.consumed);
    if (result.detection != nullptr) times_ms.push_back(result.detection->time_ms);
  }
  EXPECT_EQ(times_ms, (std::vector<int64_t>{announced[0].time_ms, announced[1].time_ms}));
}

TEST(HearTest, StreamsWithTheirWords) {
  const std::string path = test::SourcePath("audio_samples/streams/white_10db.wav");
  const std::vector<SaidWord> words = {{"no", 1.5, 2.092}, {"cat", 5.2, 5.763}, {"no", 7.0, 7.478}};
  const KeywordModel model{ModelChoice()};
  std::vector<Unread> unread;
  StreamFigures figures =
      HearStreams(model, {{path, words}, {"/nowhere.wav", words}, {path, words}}, 2, true, &unread);
  ASSERT_EQ(unread.size(), 1u);
  EXPECT_EQ(unread[0].path, "/nowhere.wav");
  ASSERT_EQ(figures.recordings.size(), 2u);
  EXPECT_EQ(figures.recordings[0].kept.scores, figures.recordings[1].kept.scores);
  ASSERT_EQ(figures.events.size(), 6u);
  EXPECT_EQ(figures.events[1].target, -1);
  EXPECT_EQ(figures.events[5].recording, 1u);
  MeasureStreams(model.config().recognizer, model.labels().size(), &figures);
  EXPECT_EQ(figures.found.count, 4);
  EXPECT_EQ(figures.found.total, 4);
  EXPECT_TRUE(figures.false_accepts.empty());
}

}  // namespace
}  // namespace earshot::host
