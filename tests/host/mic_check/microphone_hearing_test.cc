// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/microphone_hearing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "earshot/host/errors.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;

// Blocks of 0.1 s of noise, each `seconds_per_block` after the one before.
class FakeMicrophone : public AudioSource {
 public:
  explicit FakeMicrophone(double seconds_per_block, size_t blocks = SIZE_MAX)
      : seconds_per_block_(seconds_per_block), blocks_(blocks) {}

  void LoseBefore(size_t block, int64_t samples) {
    lossy_block_ = block;
    lost_ = samples;
  }
  const std::string& description() const override { return description_; }
  State Read(std::chrono::milliseconds /*longest*/, AudioBlock* block) override {
    if (read_ == blocks_) throw DeviceError("fake: gone");
    block->samples = Noise(1600, static_cast<uint32_t>(read_));
    for (int16_t& sample : block->samples) {
      sample = static_cast<int16_t>(sample / (read_ / 10 == 1 ? 4 : 40));
    }
    block->lost_samples = read_ == lossy_block_ ? lost_ : 0;
    ++read_;
    block->arrival =
        AudioBlock::Clock::time_point(std::chrono::duration_cast<AudioBlock::Clock::duration>(
            std::chrono::duration<double>(static_cast<double>(read_) * seconds_per_block_)));
    return State::kOpen;
  }

 private:
  double seconds_per_block_;
  size_t blocks_;
  std::string description_ = "fake";
  size_t lossy_block_ = SIZE_MAX;
  int64_t lost_ = 0;
  size_t read_ = 0;
};

// With the problems' ids at `*ids`.
MicrophoneReport Hear(FakeMicrophone* source, size_t seconds, std::vector<std::string>* ids) {
  MicrophoneJudge judge;
  judge.SetDevice({0, "fake", "none", 1, 16000, true});
  std::vector<size_t> told;
  HearMicrophone(
      source, seconds, [&told](size_t heard) { told.push_back(heard); }, &judge);
  EXPECT_EQ(told.size(), seconds);
  EXPECT_EQ(told.back(), seconds);
  const MicrophoneReport report = judge.Report();
  ids->clear();
  for (const MicrophoneProblem& problem : report.problems) ids->push_back(problem.id);
  return report;
}

TEST(MicrophoneHearingTest, AGoodOneIsFine) {
  FakeMicrophone source(0.1);
  std::vector<std::string> ids;
  const MicrophoneReport report = Hear(&source, 10, &ids);
  EXPECT_THAT(ids, ElementsAre());
  EXPECT_EQ(report.samples, 160000);
  EXPECT_NEAR(report.host_rate->hz, 16000, 0.1);
  EXPECT_NEAR(report.host_rate->seconds, 9, 0.01);
}

TEST(MicrophoneHearingTest, AWrongRate) {
  std::vector<std::string> ids;
  FakeMicrophone slow(0.1 * 48 / 44.1);
  EXPECT_NEAR(Hear(&slow, 10, &ids).host_rate->hz, 14700, 0.1);
  EXPECT_THAT(ids, ElementsAre("sample_rate"));
  FakeMicrophone unpaced(1e-6);
  EXPECT_NEAR(Hear(&unpaced, 10, &ids).host_rate->hz, 1.6e9, 1e6);
  EXPECT_THAT(ids, ElementsAre("sample_rate"));
}

TEST(MicrophoneHearingTest, LostSound) {
  FakeMicrophone source(0.1);
  source.LoseBefore(35, 4321);
  std::vector<std::string> ids;
  const MicrophoneReport report = Hear(&source, 10, &ids);
  EXPECT_THAT(ids, ElementsAre("dropped"));
  EXPECT_EQ(report.dropped, 1);
  EXPECT_EQ(report.lost_samples, 4321);
}

TEST(MicrophoneHearingTest, GoneMeanwhile) {
  FakeMicrophone source(0.1, 37);
  MicrophoneJudge judge;
  EXPECT_THROW(HearMicrophone(
                   &source, 10, [](size_t) {}, &judge),
               DeviceError);
  ASSERT_EQ(judge.lines(), 4u);  // The last one shorter.
  const MicrophoneReport report = judge.Report();
  EXPECT_EQ(report.samples, 37 * 1600);
  EXPECT_EQ(report.problems.back().id, "gone");
  EXPECT_EQ(report.problems.back().text, "gone: it ended after 3.7 s of 10");

  FakeMicrophone silent(0.1, 0);
  MicrophoneJudge nothing;
  EXPECT_THROW(HearMicrophone(
                   &silent, 10, [](size_t) {}, &nothing),
               DeviceError);
  EXPECT_EQ(nothing.lines(), 0u);
}

}  // namespace
}  // namespace earshot::host
