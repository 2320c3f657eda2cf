// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/listening/listener.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <tuple>

#include "host/classifier.h"
#include "host/errors.h"
#include "tests/host/listening_fakes.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

const std::string kRecording = test::SourcePath("audio_samples/streams/pink_20db.wav");

std::vector<int16_t> Recording() { return ReadFile(kRecording); }

// What a source does when it is read once.
struct Step {
  std::vector<int16_t> samples;
  int64_t lost = 0;
  std::string error;  // Not empty: a DeviceError.
  bool is_last = false;
};

Step Sound(std::vector<int16_t> samples) {
  Step step;
  step.samples = std::move(samples);
  return step;
}

Step Gone(const std::string& error) {
  Step step;
  step.error = error;
  return step;
}

// `samples` in blocks of `size`, the last one being the end if `ends`.
std::deque<Step> Blocks(const std::vector<int16_t>& samples, size_t size, bool ends = true) {
  std::deque<Step> steps;
  for (size_t begin = 0; begin < samples.size(); begin += size) {
    const auto first = samples.begin() + static_cast<ptrdiff_t>(begin);
    const auto count = static_cast<ptrdiff_t>(std::min(size, samples.size() - begin));
    steps.push_back(Sound(std::vector<int16_t>(first, first + count)));
  }
  steps.back().is_last = ends;
  return steps;
}

// Sound at the rate at which it would come from a microphone.
class FakeSource : public AudioSource {
 public:
  FakeSource(std::deque<Step> steps, FakeClock* clock) : steps_(std::move(steps)), clock_(clock) {}

  const std::string& description() const override { return description_; }

  State Read(milliseconds longest, AudioBlock* block) override {
    *block = AudioBlock();
    if (steps_.empty()) {
      clock_->Wait(longest);
      return State::kOpen;
    }
    const Step step = steps_.front();
    steps_.pop_front();
    if (!step.error.empty()) throw DeviceError(step.error);
    clock_->Wait(std::chrono::microseconds(step.samples.size() * 1000000 / 16000));
    block->samples = step.samples;
    block->lost_samples = step.lost;
    block->arrival = clock_->Now();
    return step.is_last ? State::kEnd : State::kOpen;
  }

 private:
  const std::string description_ = "fake";
  std::deque<Step> steps_;
  FakeClock* clock_;
};

class ListenerTest : public testing::Test {
 protected:
  ListenerTest() {
    parts_.models = {&model_};
    parts_.outputs = {&log_};
    parts_.stop = &stop_;
    parts_.clock = &clock_;
    parts_.open = [this]() -> std::unique_ptr<AudioSource> {
      ++opened_;
      opened_at_.push_back(clock_.now);
      if (sources_.empty()) throw DeviceError("not there");
      if (sources_.front().empty()) {
        sources_.pop_front();
        throw DeviceError("not there");
      }
      auto source = std::make_unique<FakeSource>(sources_.front(), &clock_);
      sources_.pop_front();
      return source;
    };
  }

  void Run(const ListenOptions& options = {}) { Listener(options, parts_).Run(); }

  // The seconds between two times of opening.
  std::vector<double> Pauses() const {
    std::vector<double> pauses;
    for (size_t i = 1; i < opened_at_.size(); ++i) {
      pauses.push_back(std::chrono::duration<double>(opened_at_[i] - opened_at_[i - 1]).count());
    }
    return pauses;
  }

  const KeywordModel model_{ModelChoice()};
  FakeClock clock_;
  OutputLog log_;
  std::atomic<bool> stop_{false};
  std::deque<std::deque<Step>> sources_;  // Opened one after the other; empty: cannot be.
  ListenParts parts_;
  int opened_ = 0;
  std::vector<FakeClock::TimePoint> opened_at_;
};

// Whatever the blocks, a listener hears what a classifier hears in a recording.
TEST_F(ListenerTest, HearsWhatClassifyHears) {
  const std::vector<Detection> wanted =
      Classifier(model_).Classify(kRecording, ClassifyMode::kStream).detections;
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
        Classifier(*parts_.models[i]).Classify(kRecording, ClassifyMode::kStream);
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

// The spotters start anew, but times go on.
TEST_F(ListenerTest, WaitsForADeviceThatIsGone) {
  const std::vector<int16_t> samples = Recording();
  std::deque<Step> before = Blocks(samples, 16000, false);
  before.push_back(Gone("fake: gone"));
  sources_ = {before, {}, {}, {}, {}, {}, {}, Blocks(samples, 16000)};
  Run();
  EXPECT_EQ(log_.latest.reconnections, 1);
  EXPECT_EQ(log_.latest.samples, 320000);
  ASSERT_THAT(log_.words, SizeIs(8));
  for (size_t i = 0; i < 4; ++i) {
    const Detection& first = log_.words[i].detection;
    const Detection& second = log_.words[i + 4].detection;
    EXPECT_EQ(second.score, first.score);
    EXPECT_EQ(second.time_ms, first.time_ms + 10000);
    EXPECT_EQ(second.start_ms, first.start_ms + 10000);
    EXPECT_EQ(second.end_ms, first.end_ms + 10000);
    EXPECT_DOUBLE_EQ(log_.words[i].latency_ms, log_.words[i + 4].latency_ms);
  }
  std::vector<std::string> notices;
  for (const std::string& event : log_.events) {
    if (event.rfind("notice", 0) == 0) notices.push_back(event);
  }
  EXPECT_THAT(notices, ElementsAre("notice fake: gone; trying again until it is back",
                                   "notice not there", "notice back after 91.0 s: fake"));
  const std::vector<double> pauses = Pauses();
  EXPECT_THAT(pauses, ElementsAre(11, 2, 4, 8, 16, 30, 30));
}

TEST_F(ListenerTest, TicksWhateverHappens) {
  // Ten seconds of sound, 15 without any device.
  std::deque<Step> steps = Blocks(Recording(), 320, false);
  steps.push_back(Gone("gone"));
  sources_ = {steps, {}, {}, {}, Blocks({1, 2, 3}, 3)};
  Run();
  EXPECT_GE(log_.ticks, 250);
  EXPECT_LE(log_.ticks, 510);
}

TEST_F(ListenerTest, WithoutRetryADeviceThatIsGoneIsTheEnd) {
  sources_ = {{Sound({1, 2, 3}), Gone("fake: gone")}};
  ListenOptions options;
  options.retry = false;
  EXPECT_THROW(Run(options), DeviceError);
  EXPECT_EQ(opened_, 1);
  EXPECT_THAT(log_.events, ElementsAre("start fake", "finish"));
}

TEST_F(ListenerTest, ADeviceThatIsNotThereAtTheBeginningIsTheEnd) {
  EXPECT_THROW(Run(), DeviceError);
  EXPECT_THAT(log_.events, ElementsAre());
}

// Stops as soon as it has heard something, or was told of something.
class StoppingLog : public OutputLog {
 public:
  explicit StoppingLog(std::atomic<bool>* stop) : stop_(stop) {}
  void Samples(Span<const int16_t>) override { *stop_ = stop_at_samples; }
  void Notice(const std::string& text) override {
    OutputLog::Notice(text);
    *stop_ = true;
  }
  bool stop_at_samples = true;

 private:
  std::atomic<bool>* stop_;
};

TEST_F(ListenerTest, StopsWhenAsked) {
  StoppingLog log(&stop_);
  parts_.outputs = {&log};
  sources_ = {Blocks(Recording(), 1600)};
  Run();
  EXPECT_THAT(log.events, ElementsAre("start fake", "finish"));
  EXPECT_EQ(log.latest.samples, 320);
}

TEST_F(ListenerTest, StopsWhileTheDeviceIsGone) {
  StoppingLog log(&stop_);
  log.stop_at_samples = false;
  parts_.outputs = {&log};
  sources_ = {{Sound({1, 2, 3}), Gone("gone")}};
  Run();
  EXPECT_THAT(log.events, ElementsAre("start fake", HasSubstr("gone"), "finish"));
  EXPECT_EQ(opened_, 1);
}

TEST_F(ListenerTest, StopsWhileTheFirstSoundIsAwaited) {
  parts_.open = [] { return nullptr; };
  Run();
  EXPECT_THAT(log_.events, ElementsAre());
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
