// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// --channel means the same in all commands that hear sound.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kPcm16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

// A word in the second of six channels, faint noise and an offset in the others; and a word in
// opposite phases.
class ChannelProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(dir_.Path("words/yes"));
    const std::vector<int16_t> word = ReadFile(test::SourcePath("audio_samples/yes/flite_slt.wav"));
    const std::vector<int16_t> noise = Noise(6 * word.size(), 1);
    std::vector<int16_t> six;
    std::vector<int16_t> opposite;
    for (size_t i = 0; i < word.size(); ++i) {
      for (size_t channel = 0; channel < 6; ++channel) {
        const auto faint = static_cast<int16_t>(noise[6 * i + channel] / 1000 + 9000);
        six.push_back(channel == 1 ? word[i] : faint);
      }
      opposite.push_back(word[i]);
      opposite.push_back(static_cast<int16_t>(-word[i]));
    }
    WriteWav(mono_, word);
    WriteAudioPcm(six_, {kPcm16, 16000, 6}, six);
    WriteAudioPcm(opposite_, {kPcm16, 16000, 2}, opposite);
  }

  static json Clip(const std::string& path, const std::string& channel) {
    const ProgramRun run = RunEarshot({"classify", "--jsonl", "--channel", channel, path});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return json::parse(run.out);
  }

  const TempDir dir_;
  const std::string mono_ = dir_.Path("mono.wav");
  const std::string six_ = dir_.Path("words/yes/six.wav");
  const std::string opposite_ = dir_.Path("words/yes/opposite.wav");
};

TEST_F(ChannelProgramTest, Classify) {
  const json wanted = Clip(mono_, "mix")["scores"];
  EXPECT_EQ(Clip(six_, "2")["scores"], wanted);
  EXPECT_EQ(Clip(six_, "best")["scores"], wanted);
  EXPECT_EQ(Clip(opposite_, "1")["scores"], wanted);
  EXPECT_EQ(Clip(mono_, "best")["scores"], wanted);
  EXPECT_NE(Clip(six_, "3")["scores"], wanted);
  EXPECT_THAT(Clip(six_, "mix")["note"].get<std::string>(),
              HasSubstr("the mean of 6 channels is 16 dB softer than channel 2"));
  EXPECT_THAT(Clip(opposite_, "mix")["note"].get<std::string>(),
              HasSubstr("the mean of 2 channels is silence, channel 1 is not"));
  EXPECT_FALSE(Clip(six_, "2").contains("note"));
}

TEST_F(ChannelProgramTest, AChannelThatThereIsNotIsAnErrorOfThatRecording) {
  const ProgramRun run = RunEarshot({"classify", "--channel", "2", mono_, six_});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr(mono_ + ": channel: found 2, wanted 1 to 1"));
  EXPECT_EQ(Lines(run.out).size(), 1u);
  for (const char* bad : {"0", "-1", "left", "1.5", "nan"}) {
    EXPECT_EQ(RunEarshot({"classify", "--channel", bad, six_}).exit_code, 2) << bad;
  }
}

TEST_F(ChannelProgramTest, FeaturesEvaluateAndMix) {
  const std::string out = dir_.Path("f.npy");
  ASSERT_EQ(RunEarshot({"features", mono_, "--out", out}).exit_code, 0);
  const std::vector<uint8_t> wanted = test::ReadBytes(out);
  ASSERT_EQ(RunEarshot({"features", six_, "--channel", "best", "--out", out}).exit_code, 0);
  EXPECT_EQ(test::ReadBytes(out), wanted);

  const std::vector<std::string> evaluate = {"evaluate", dir_.Path("words"), "--json",
                                             "--negatives", six_};
  const json mean = json::parse(RunEarshot(evaluate).out);
  EXPECT_EQ(mean["notes"].size(), 2u);
  std::vector<std::string> with_channel = evaluate;
  with_channel.insert(with_channel.end(), {"--channel", "best"});
  const json best = json::parse(RunEarshot(with_channel).out);
  EXPECT_FALSE(best.contains("notes"));
  EXPECT_EQ(best["models"][0]["metrics"]["recall.yes"]["count"], 2);

  std::filesystem::remove(opposite_);
  const auto mixed = [&](const std::string& channel) {
    const std::string stream = dir_.Path("s.wav");
    const ProgramRun run = RunEarshot({"mix", "--words", dir_.Path("words"), "--all-words",
                                       "--noise", "none", "--channel", channel, "--out", stream});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return test::ReadBytes(stream);
  };
  EXPECT_EQ(mixed("2"), mixed("best"));
  EXPECT_NE(mixed("mix"), mixed("2"));
}

TEST_F(ChannelProgramTest, ListenAndMicCheck) {
  const std::vector<uint8_t> bytes = test::ReadBytes(six_);
  const std::string input(bytes.begin(), bytes.end());
  const ProgramRun heard = RunEarshot({"listen", "--channel", "2", "-"}, input);
  EXPECT_THAT(heard.err, Not(HasSubstr("softer")));
  EXPECT_THAT(RunEarshot({"listen", "-"}, input).err, HasSubstr("16 dB softer than channel 2"));
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"listen", "-"}, {"mic-check", "-"}}) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(), {"--channel", "best"});
    const ProgramRun run = RunEarshot(arguments, input);
    EXPECT_EQ(run.exit_code, 2);
    EXPECT_THAT(run.err, HasSubstr("best is for recordings, which can be heard twice"));
  }
  const ProgramRun mono = RunEarshot({"mic-check", "--json", mono_});
  const ProgramRun second = RunEarshot({"mic-check", "--json", "--channel", "2", six_});
  EXPECT_EQ(json::parse(mono.out)["loudest_rms"], json::parse(second.out)["loudest_rms"]);
  const ProgramRun best = RunEarshot({"mic-check", "--json", "--channel", "best", six_});
  EXPECT_EQ(best.out, second.out) << best.err;
}

TEST_F(ChannelProgramTest, WhatComesOnceHasNoBest) {
  const ProgramRun run = RunShell("cat '" + six_ + "' | \"$0\" \"$@\"",
                                  {"classify", "--channel", "best", "/dev/stdin"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("/dev/stdin: comes only once"));
}

}  // namespace
}  // namespace earshot::host
