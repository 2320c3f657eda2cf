// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot mic-check` at this computer's microphone, which ALSA or a PulseAudio server plays.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <optional>

#include "tests/host/program.h"
#include "tests/host/pulse_server.h"
#include "tests/host/virtual_microphone.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

// Seconds of noise, one of them loud.
std::vector<int16_t> Sound(size_t seconds, int rate_hz = 16000, int offset = 0) {
  std::vector<int16_t> samples = Noise(seconds * static_cast<size_t>(rate_hz), 1);
  for (size_t i = 0; i < samples.size(); ++i) {
    const bool loud = i / static_cast<size_t>(rate_hz) == 2;
    samples[i] = static_cast<int16_t>(samples[i] / (loud ? 10 : 200) + offset);
  }
  return samples;
}

// Nothing slows it down: what it hears is fine, but not the clock.
TEST(MicCheckMicrophoneTest, HearsTheDefaultOneForTenSeconds) {
  const TempDir dir;
  const std::vector<int16_t> samples = Sound(12);
  WriteWav(dir.Path("a.wav"), samples);
  const ProgramRun file = RunEarshot({"mic-check", "--json", "--seconds", "10", dir.Path("a.wav")});
  ASSERT_EQ(file.exit_code, 0) << file.out << file.err;
  const json expected = json::parse(file.out);
  EXPECT_EQ(expected["device"], nullptr);

  const VirtualMicrophone microphone(samples);
  const ProgramRun run = RunEarshot({"mic-check", "--json"});
  EXPECT_EQ(run.exit_code, 1) << run.err;
  EXPECT_THAT(run.err, IsEmpty());
  const json report = json::parse(run.out);
  EXPECT_EQ(report["source"], "default (ALSA), 16000 Hz");
  EXPECT_EQ(report["device"]["name"], "default");
  EXPECT_EQ(report["device"]["host_api"], "ALSA");
  EXPECT_EQ(report["device"]["native_rate_hz"], 16000);
  for (const char* key : {"samples", "parts", "loudest_rms", "noise_floor_rms", "peak", "dc",
                          "clipped", "worst_clipped_share", "dropped", "nothing_said"}) {
    EXPECT_EQ(report[key], expected[key]) << key;
  }
  EXPECT_EQ(report["samples"], 160000);
  EXPECT_EQ(report["lost_samples"], 0);
  EXPECT_EQ(expected["lost_samples"], nullptr);
  EXPECT_THAT(Problems(report), ElementsAre("sample_rate"));
  EXPECT_GT(report["host_rate"]["hz"], 16160);
}

TEST(MicCheckMicrophoneTest, SaysWhatToDoAtAComputer) {
  const VirtualMicrophone microphone(Sound(12));
  const ProgramRun run = RunEarshot({"mic-check", "--device", "default"});
  EXPECT_EQ(run.exit_code, 1) << run.err;
  EXPECT_THAT(run.out, HasSubstr("default (ALSA), 16000 Hz: 160000 samples in 10 parts"));
  EXPECT_THAT(run.out, HasSubstr("\n  dropped      0 samples, in 0 gaps\n"));
  EXPECT_THAT(run.out, HasSubstr("\n  native rate  16000 Hz, says the device\n"));
  EXPECT_THAT(run.out, HasSubstr("\nVerdict: not good\n  sample rate: found "));
  EXPECT_THAT(run.out, HasSubstr("the sound server says"));
  EXPECT_THAT(run.out, Not(HasSubstr("clock tree")));
}

TEST(MicCheckMicrophoneTest, ItsRateIsUnknownAfterAShortTime) {
  const VirtualMicrophone microphone(Sound(12));
  const ProgramRun run = RunEarshot({"mic-check", "--seconds", "4"});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr("64000 samples in 4 parts"));
  EXPECT_THAT(run.out, HasSubstr("sample rate  not measured"));
}

TEST(MicCheckMicrophoneTest, ADeadOne) {
  const VirtualMicrophone microphone(std::vector<int16_t>(200000, 0));
  const ProgramRun run = RunEarshot({"mic-check", "--seconds", "3"});
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.out, HasSubstr("dead: every sample is about 0"));
  EXPECT_THAT(run.out, HasSubstr("privacy switch"));
}

// An offset stays one behind the resampler.
TEST(MicCheckMicrophoneTest, OneChannelAtAnotherRate) {
  std::vector<int16_t> both;
  for (const int16_t sample : Sound(6, 48000, 3000)) {
    both.push_back(0);
    both.push_back(sample);
  }
  const VirtualMicrophone microphone(both, 48000, 2);
  const ProgramRun run = RunEarshot({"mic-check", "--channel", "2", "--seconds", "4", "--json"});
  EXPECT_EQ(run.exit_code, 1) << run.err;
  const json report = json::parse(run.out);
  EXPECT_EQ(report["source"], "default (ALSA), 48000 Hz, channel 2 of 2, resampled to 16000 Hz");
  EXPECT_EQ(report["device"]["native_rate_hz"], 48000);
  EXPECT_NEAR(report["dc"].get<int>(), 3000, 20);
  EXPECT_EQ(report["samples"], 64000);
  EXPECT_THAT(Problems(report), ElementsAre("dc_offset"));
}

TEST(MicCheckMicrophoneTest, WhatIsNotThereIsOneLineAndFive) {
  {
    const VirtualMicrophone microphone(Sound(1));
    const ProgramRun run = RunEarshot({"mic-check", "--device", "kitchen"});
    EXPECT_EQ(run.exit_code, 5);
    EXPECT_THAT(Lines(run.err),
                ElementsAre("earshot: kitchen: no microphone has such a name; earshot devices "
                            "lists all"));
  }
  const NoMicrophone none;
  const ProgramRun run = RunEarshot({"mic-check", "--json"});
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_THAT(Lines(run.err), ElementsAre("earshot: no microphone was found"));
}

class MicCheckServerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!PulseServer::Missing().empty()) GTEST_SKIP() << PulseServer::Missing();
    server_.emplace();
  }

  std::optional<PulseServer> server_;
};

// In real time. Busy computers are late, but none makes it 1 %.
TEST_F(MicCheckServerTest, ItsRateIsTheRightOne) {
  const ProgramRun run = RunEarshot({"mic-check", "--seconds", "8", "--json"});
  EXPECT_EQ(run.exit_code, 1) << run.err;
  const json report = json::parse(run.out);
  EXPECT_EQ(report["dropped"], 0);
  EXPECT_THAT(Problems(report), ElementsAre("dead"));  // Nothing is played.
  EXPECT_NEAR(report["host_rate"]["hz"].get<double>(), 16000, 160);
  EXPECT_NEAR(report["host_rate"]["seconds"].get<double>(), 7, 0.5);
}

// What was heard until then is told all the same.
TEST_F(MicCheckServerTest, TheServerDiesMeanwhile) {
  RunningEarshot program({"mic-check", "--json"}, RunningEarshot::Output::kErrorTerminal);
  EXPECT_TRUE(program.ReadTo("listening, speak ... ["));
  EXPECT_TRUE(program.ReadTo(" 1 of 10"));
  server_->Kill();
  const ProgramRun run = program.Wait();
  EXPECT_EQ(run.exit_code, 5);
  // All of what is left of it: no library says anything.
  EXPECT_THAT(run.err,
              testing::MatchesRegex("[^E]*\033\\[Kearshot: default: gone: [^;]*; the report is "
                                    "about what was heard before\r\n"));
  const json report = json::parse(run.out);
  EXPECT_GE(report["samples"], 16000);
  EXPECT_EQ(report["ok"], false);
  EXPECT_THAT(Problems(report), Contains("gone"));
}

}  // namespace
}  // namespace earshot::host
