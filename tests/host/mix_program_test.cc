// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot mix` as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/files/csv.h"
#include "earshot/host/mixing/gain.h"
#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;

std::vector<int16_t> ReadPcm(const std::string& path) {
  AudioFile file(path);
  EXPECT_FALSE(file.format().converted());
  std::vector<int16_t> pcm(16000 * 600);
  pcm.resize(file.Read({pcm.data(), pcm.size()}));
  return pcm;
}

double Level(const std::vector<int16_t>& pcm, double start, double end) {
  Power power;
  for (auto i = std::llround(start * 16000); i < std::llround(end * 16000); ++i) {
    power.Add(pcm[static_cast<size_t>(i)]);
  }
  return LevelOfRms(power.Rms());
}

// A directory with four yes, four no, eight cat: noise of 0.3 s in the middle of silence.
class MixProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 16; ++i) {
      const std::string label = i < 4 ? "yes" : i < 8 ? "no" : "cat";
      std::filesystem::create_directories(dir_.Path("words/" + label));
      std::vector<int16_t> pcm(16000);
      const std::vector<int16_t> word = Noise(4800, static_cast<uint32_t>(i));
      for (size_t k = 0; k < word.size(); ++k) pcm[6400 + k] = static_cast<int16_t>(word[k] / 20);
      WriteWav(dir_.Path("words/" + label + "/" + std::to_string(i) + ".wav"), pcm);
    }
  }

  // Runs `earshot mix` with these arguments more and returns the stream's path.
  std::string Mix(const std::string& name, std::vector<std::string> arguments) {
    const std::string out = dir_.Path(name + ".wav");
    arguments.insert(arguments.begin(), {"mix", "--words", dir_.Path("words"), "--out", out});
    run_ = RunEarshot(arguments);
    return out;
  }

  std::vector<SaidWord> Words(const std::string& stream) {
    EvaluationData data;
    AddStreams(stream, &data);
    EXPECT_EQ(data.streams.size(), 1u);
    return data.streams.empty() ? std::vector<SaidWord>{} : data.streams[0].words;
  }

  const TempDir dir_;
  ProgramRun run_;
};

TEST_F(MixProgramTest, WordsAreWhereTheListSaysAtTheirLevel) {
  const std::string stream =
      Mix("s", {"--keywords", "yes,no", "--all-words", "--noise", "none", "--gap", "0.5..1"});
  EXPECT_EQ(run_.exit_code, 0) << run_.err;
  EXPECT_THAT(run_.out, HasSubstr("keywords     8 (no 4, yes 4)\nother words  8\n"));
  const std::vector<int16_t> pcm = ReadPcm(stream);
  const std::vector<SaidWord> words = Words(stream);
  ASSERT_EQ(words.size(), 16u);
  double quiet_since = 0;
  for (const SaidWord& word : words) {
    EXPECT_NEAR(word.end - word.start, 0.3, 1e-3);
    EXPECT_NEAR(Level(pcm, word.start, word.end), -26, 0.02);
    EXPECT_GE(word.start - quiet_since, 0.5 - 1e-3);
    EXPECT_LE(word.start - quiet_since, 1 + 1e-3);
    EXPECT_LT(Level(pcm, quiet_since + 1e-3, word.start - 1e-3), -100);
    quiet_since = word.end;
  }
  EXPECT_NEAR(static_cast<double>(pcm.size()) / 16000 - quiet_since, 2, 0.2);
}

TEST_F(MixProgramTest, NoiseLiesAsFarBelowTheWordsAsAsked) {
  for (const std::string noise : {"white", "pink"}) {
    const std::string stream =
        Mix("s", {"--minutes", "1", "--noise", noise, "--snr", "12", "--level", "-30"});
    EXPECT_EQ(run_.exit_code, 0) << run_.err;
    EXPECT_THAT(run_.out, HasSubstr("SNR 12.0 dB: " + noise + " (generated)"));
    const std::vector<int16_t> pcm = ReadPcm(stream);
    EXPECT_EQ(pcm.size(), 960000u);
    const std::vector<SaidWord> words = Words(stream);
    ASSERT_GT(words.size(), 8u);
    EXPECT_NEAR(Level(pcm, words[3].end + 0.3, words[4].start - 0.3), -42, 0.5) << noise;
  }
}

TEST_F(MixProgramTest, SpeechLiesBetweenWordsAndKeywordsInItAreLeftOut) {
  std::filesystem::create_directories(dir_.Path("speech"));
  std::vector<int16_t> speech = Noise(32000, 99);
  for (int16_t& sample : speech) sample = static_cast<int16_t>(sample / 10);
  WriteWav(dir_.Path("speech/a.wav"), speech);
  WriteText(dir_.Path("speech.csv"),
            "path,speaker,text\nspeech/a.wav,1,NOW OR NEVER\nspeech/b.wav,2,OH NO\n");
  const std::string stream =
      Mix("s", {"--minutes", "1", "--noise", "none", "--speech", dir_.Path("speech.csv"),
                "--keywords", "yes,no", "--speech-share", "1", "--speech-level", "-40"});
  EXPECT_EQ(run_.exit_code, 0) << run_.err;
  EXPECT_THAT(run_.out, HasSubstr("at -40.0 dBFS (1 left out: a keyword is said)"));
  const std::vector<int16_t> pcm = ReadPcm(stream);
  const std::vector<SaidWord> words = Words(stream);
  ASSERT_GT(words.size(), 4u);
  for (size_t i = 1; i < words.size(); ++i) {
    const double gap = words[i].start - words[i - 1].end;
    EXPECT_GE(gap, 2 + 2 + 2 - 1e-3);  // A gap, the utterance, a gap.
    const double expected = -40 + 10 * std::log10(2 / gap);
    EXPECT_NEAR(Level(pcm, words[i - 1].end, words[i].start), expected, 0.2);
  }
}

TEST_F(MixProgramTest, SeedsMakeStreams) {
  const std::vector<std::string> arguments = {"--minutes", "0.5", "--level-range", "6"};
  const std::string first = Mix("1", arguments);
  const std::string again = Mix("2", arguments);
  std::vector<std::string> other_seed = arguments;
  other_seed.insert(other_seed.end(), {"--seed", "2"});
  const std::string other = Mix("3", other_seed);
  std::vector<std::string> other_noise = arguments;
  other_noise.insert(other_noise.end(), {"--noise", "white"});
  const std::string noisy = Mix("4", other_noise);

  const auto events = [](std::string path) {
    path.replace(path.size() - 3, 3, "csv");
    return test::ReadBytes(path);
  };
  EXPECT_EQ(test::ReadBytes(first), test::ReadBytes(again));
  EXPECT_EQ(events(first), events(again));
  EXPECT_NE(events(first), events(other));
  EXPECT_EQ(events(first), events(noisy));  // Other noise, the same words.
  EXPECT_NE(test::ReadBytes(first), test::ReadBytes(noisy));
}

TEST_F(MixProgramTest, ClippingIsSaid) {
  Mix("s", {"--minutes", "0.2", "--level", "0", "--noise", "none"});
  EXPECT_EQ(run_.exit_code, 0) << run_.err;
  EXPECT_THAT(run_.out, testing::Not(HasSubstr("clipped      0 samples")));
}

TEST_F(MixProgramTest, WhatCannotBeReadIsSaidAndTheRestGoesOn) {
  WriteText(dir_.Path("words/yes/bad.wav"), "no recording");
  WriteWav(dir_.Path("words/no/silent.wav"), std::vector<int16_t>(16000));
  WriteWav(dir_.Path("words/no/long.wav"), Noise(170000, 1));
  const std::string stream = Mix("s", {"--all-words", "--noise", "none"});
  EXPECT_EQ(run_.exit_code, 3);
  EXPECT_THAT(run_.err, HasSubstr("silent.wav: nothing can be heard in it"));
  EXPECT_THAT(run_.err, HasSubstr("long.wav: found more than 10 s"));
  EXPECT_THAT(run_.err, HasSubstr("earshot: 3 could not be read, or not wholly\n"));
  EXPECT_EQ(Words(stream).size(), 16u);
}

TEST_F(MixProgramTest, GapsAreWholeOrBrokenSeconds) {
  for (const char* gap : {"1..2", "1.5..2", "1..2.0", "1.5"}) {
    const std::vector<SaidWord> words =
        Words(Mix("s", {"--all-words", "--noise", "none", "--gap", gap}));
    EXPECT_EQ(run_.exit_code, 0) << gap << ": " << run_.err;
    ASSERT_GE(words.size(), 2u);
    EXPECT_GE(words[1].start - words[0].end, 1 - 1e-3) << gap;
    EXPECT_LE(words[1].start - words[0].end, 2 + 1e-3) << gap;
  }
}

TEST_F(MixProgramTest, ArgumentsThatDoNotFitTogether) {
  Mix("s", {});
  EXPECT_EQ(run_.exit_code, 2);
  EXPECT_THAT(run_.err, HasSubstr("either --minutes or --all-words"));
  for (const char* gap : {"4..2", "-1", "1-2", "2..", "x"}) {
    Mix("s", {"--minutes", "1", std::string("--gap=") + gap});
    EXPECT_EQ(run_.exit_code, 2) << gap;
    EXPECT_THAT(run_.err, HasSubstr("--gap: found")) << gap;
  }
  EXPECT_EQ(
      RunEarshot({"mix", "--words", dir_.path(), "--minutes", "1", "--out", "a.flac"}).exit_code,
      2);
  Mix("s", {"--minutes", "1", "--keywords", "stop"});
  EXPECT_EQ(run_.exit_code, 3);
  EXPECT_THAT(run_.err, HasSubstr("no clips of the keyword \"stop\""));
}

}  // namespace
}  // namespace earshot::host
