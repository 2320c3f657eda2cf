// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Devices that go and come back, or do not; and being asked to stop meanwhile.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/listening/listener_fixture.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// The spotters start anew, but times go on.
TEST_F(ListenerTest, WaitsForADeviceThatIsGone) {
  const std::vector<int16_t> samples = Recording();
  std::deque<Step> before = Blocks(samples, 16000, false);
  before.push_back(Gone("fake: gone"));
  sources_ = {before, {}, {}, {}, {}, {}, {}, Blocks(samples, 16000)};
  Run();
  EXPECT_EQ(log_.latest.reconnections, 1);
  EXPECT_DOUBLE_EQ(log_.latest.away_s, 91);
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

// A microphone is found to be gone when no sound has come for a while, which it has been away, too.
TEST_F(ListenerTest, ADeviceIsAwayFromItsLastSoundOn) {
  Step gone = Gone("gone");
  gone.noticed_after = std::chrono::seconds(1);
  sources_ = {{Sound({1, 2, 3}), gone}, {Sound({4, 5, 6}), gone}, Blocks({7}, 1)};
  Run();
  EXPECT_EQ(log_.latest.reconnections, 2);
  EXPECT_DOUBLE_EQ(log_.latest.away_s, 4);
  EXPECT_THAT(log_.events, testing::Contains("notice back after 2.0 s: fake").Times(2));
}

// To close a device whose server hangs takes a second, in which people want to know already.
TEST_F(ListenerTest, TellsThatADeviceIsGoneBeforeItIsClosed) {
  class Closing : public FakeSource {
   public:
    Closing(std::deque<Step> steps, FakeClock* clock, OutputLog* log)
        : FakeSource(std::move(steps), clock), log_(log) {}
    ~Closing() override { log_->events.push_back("closed"); }

   private:
    OutputLog* log_;
  };
  std::deque<std::deque<Step>> steps = {{Sound({1, 2, 3}), Gone("gone")}, Blocks({4}, 1)};
  parts_.open = [&] {
    auto source = std::make_unique<Closing>(steps.front(), &clock_, &log_);
    steps.pop_front();
    return source;
  };
  Run();
  EXPECT_THAT(log_.events, ElementsAre("start fake", HasSubstr("gone"), "closed", HasSubstr("back"),
                                       "closed", "finish"));
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
  Step gone = Gone("gone");
  gone.noticed_after = std::chrono::seconds(1);
  sources_ = {{Sound({1, 2, 3}), gone}};
  Run();
  EXPECT_THAT(log.events, ElementsAre("start fake", HasSubstr("gone"), "finish"));
  EXPECT_DOUBLE_EQ(log.latest.away_s, 1);
  EXPECT_EQ(opened_, 1);
}

TEST_F(ListenerTest, StopsWhileTheFirstSoundIsAwaited) {
  parts_.open = [] { return nullptr; };
  Run();
  EXPECT_THAT(log_.events, ElementsAre());
}

}  // namespace
}  // namespace earshot::host
