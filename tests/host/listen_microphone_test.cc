// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot listen` at a microphone that ALSA plays.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <nlohmann/json.hpp>

#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/host/virtual_microphone.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kRecording = test::SourcePath("audio_samples/streams/pink_20db.wav");

class ListenMicrophoneTest : public testing::Test {
 protected:
  const std::vector<int16_t> samples_ = ReadFile(kRecording);
  const std::vector<json> words_ =
      Words(RunEarshot({"classify", "--mode", "stream", "--jsonl", kRecording}).out);
  const TempDir dir_;
};

// The microphone is not paced, but the first ten seconds have room in the ring.
TEST_F(ListenMicrophoneTest, HearsWhatClassifyHears) {
  ASSERT_THAT(words_, SizeIs(4));
  const VirtualMicrophone microphone(samples_);
  const ProgramRun run =
      RunEarshot({"listen", "--jsonl", "--seconds", "10", "--record", dir_.Path("a.wav")});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.err, IsEmpty());
  EXPECT_EQ(Words(run.out), words_);
  EXPECT_EQ(ReadFile(dir_.Path("a.wav")), samples_);
  const json start = json::parse(Lines(run.out)[0]);
  EXPECT_EQ(start["source"], "default (ALSA), 16000 Hz");
  const json end = json::parse(Lines(run.out).back());
  EXPECT_EQ(end["seconds"], 10.0);
  EXPECT_EQ(end["lost_samples"], 0);
}

TEST_F(ListenMicrophoneTest, TakesTheDeviceAndTheChannelThatAreAskedFor) {
  std::vector<int16_t> both;
  for (const int16_t sample : samples_) {
    both.push_back(0);
    both.push_back(sample);
  }
  const VirtualMicrophone microphone(both, 16000, 2);
  const ProgramRun run =
      RunEarshot({"listen", "Default", "--channel", "2", "--jsonl", "--seconds", "10"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(Words(run.out), words_);
  EXPECT_THAT(run.out, HasSubstr("channel 2 of 2"));
  const ProgramRun other = RunEarshot({"listen", "--device", "kitchen"});
  EXPECT_EQ(other.exit_code, 5);
  EXPECT_THAT(other.err, HasSubstr("kitchen: no microphone has such a name"));
}

// Faster than any program can hear: what is lost is counted, the rest is heard.
TEST_F(ListenMicrophoneTest, LostSoundIsCounted) {
  const VirtualMicrophone microphone(samples_);
  const ProgramRun run = RunEarshot({"listen", "--jsonl", "--seconds", "60"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  int64_t lost = 0;
  int64_t losses = 0;
  for (const std::string& line : Lines(run.out)) {
    const json event = json::parse(line);
    if (event["event"] != "lost") continue;
    lost += event["samples"].get<int64_t>();
    EXPECT_EQ(event["lost_samples"], lost);
    ++losses;
  }
  const json end = json::parse(Lines(run.out).back());
  EXPECT_EQ(end["seconds"], 60.0);
  EXPECT_EQ(end["lost_samples"], lost);
  EXPECT_EQ(end["losses"], losses);
}

TEST_F(ListenMicrophoneTest, TwoAtOnceHearTheSame) {
  const VirtualMicrophone microphone(samples_);
  RunningEarshot first({"listen", "--jsonl", "--seconds", "10"});
  RunningEarshot second({"listen", "--jsonl", "--seconds", "10"});
  for (RunningEarshot* program : {&first, &second}) {
    const ProgramRun run = program->Wait();
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(Words(run.out), words_);
  }
}

TEST_F(ListenMicrophoneTest, CtrlCEndsItCleanly) {
  const VirtualMicrophone microphone(samples_);
  RunningEarshot program({"listen", "--jsonl", "--record", dir_.Path("a.wav")});
  EXPECT_EQ(json::parse(program.ReadLine())["event"], "start");
  program.Signal(SIGINT);
  const ProgramRun run = program.Wait();
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const json end = json::parse(Lines(run.out).back());
  EXPECT_EQ(end["event"], "end");
  EXPECT_EQ(static_cast<double>(ReadFile(dir_.Path("a.wav")).size()) / 16000, end["seconds"]);
}

TEST_F(ListenMicrophoneTest, WithoutAnyThereIsOneLine) {
  const NoMicrophone none;
  const ProgramRun run = RunEarshot({"listen", "--jsonl"});
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(Lines(run.err), ElementsAre("earshot: no microphone was found"));
  EXPECT_THAT(run.out, IsEmpty());
}

}  // namespace
}  // namespace earshot::host
