// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/sound_recorder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include "earshot/host/audio/wav_writer.h"
#include "earshot/host/errors.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

std::vector<int16_t> Part(const std::vector<int16_t>& samples, ptrdiff_t begin, ptrdiff_t end) {
  return {samples.begin() + begin, samples.begin() + end};
}

std::vector<std::string> FilesIn(const std::string& directory) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(directory)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

TEST(WavWriterTest, TheHeaderIsRightWhileItIsWritten) {
  const TempDir dir;
  const std::vector<int16_t> samples = Noise(40000, 1);
  WavWriter file(dir.Path("a.wav"), WavWriter::Existing::kKeep);
  file.Write(Span<const int16_t>(samples).subspan(0, 16000));
  EXPECT_EQ(ReadFile(dir.Path("a.wav")), Part(samples, 0, 16000));
  const std::vector<uint8_t> bytes = test::ReadBytes(dir.Path("a.wav"));
  ASSERT_THAT(bytes, SizeIs(44 + 32000));
  EXPECT_EQ(bytes[40] | bytes[41] << 8 | bytes[42] << 16, 32000);  // The length of its samples.
  file.Write(Span<const int16_t>(samples).subspan(16000));
  file.Finish();
  EXPECT_EQ(ReadFile(dir.Path("a.wav")), samples);
}

TEST(WavWriterTest, KeepsOrReplacesWhatIsThere) {
  const TempDir dir;
  WriteText(dir.Path("a.wav"), std::string(1000, 'x'));
  EXPECT_THROW(WavWriter(dir.Path("a.wav"), WavWriter::Existing::kKeep), InputError);
  WavWriter(dir.Path("a.wav"), WavWriter::Existing::kReplace).Finish();
  EXPECT_THAT(ReadFile(dir.Path("a.wav")), SizeIs(0));
}

// A file that cannot grow any more, as on a full disk.
TEST(WavWriterTest, SaysThatTheDiskIsFull) {
  const TempDir dir;
  WavWriter file(dir.Path("a.wav"), WavWriter::Existing::kKeep);
  rlimit before = {};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 20000;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  std::string error;
  try {
    for (int i = 0; i < 3; ++i) file.Write(std::vector<int16_t>(4000));
  } catch (const InputError& input_error) {
    error = input_error.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_THAT(error, HasSubstr("a.wav: File too large"));
}

TEST(SoundRecorderTest, WritesWhatIsHeard) {
  const TempDir dir;
  const std::vector<int16_t> samples = Noise(20000, 1);
  const auto recorder = MakeSoundRecorder(dir.Path("a.wav"));
  recorder->Start("", {});
  recorder->Samples(Span<const int16_t>(samples).subspan(0, 700));
  recorder->Lost(1000, {});
  recorder->Samples(Span<const int16_t>(samples).subspan(700));
  recorder->Finish({});
  EXPECT_EQ(ReadFile(dir.Path("a.wav")), samples);
}

TEST(SoundRecorderTest, AFileThatCannotBeWritten) {
  EXPECT_THROW(MakeSoundRecorder("/nowhere/a.wav")->Start("", {}), InputError);
}

TEST(SoundRecorderTest, WhatIsThereStaysUntilThereIsSound) {
  const TempDir dir;
  WriteText(dir.Path("a.wav"), "old");
  MakeSoundRecorder(dir.Path("a.wav"));
  EXPECT_EQ(test::ReadBytes(dir.Path("a.wav")), std::vector<uint8_t>({'o', 'l', 'd'}));
}

class HitSaverTest : public testing::Test {
 protected:
  HitSaverTest() { saver_->Start("", {&model_}); }

  // 20 ms at a time, as a listener does.
  void HearUpTo(size_t end) {
    for (; heard_ < end; heard_ += 320) {
      saver_->Samples(Span<const int16_t>(samples_).subspan(heard_, 320));
    }
  }

  void Announce(int64_t start_ms, int64_t end_ms, int64_t time_ms, uint8_t score = 205) {
    HeardWord word;
    word.detection = {2, score, start_ms, end_ms, time_ms};
    saver_->Word(word);
  }

  std::vector<int16_t> Hit(const std::string& name) const { return ReadFile(hits_ + "/" + name); }

  const TempDir dir_;
  const std::string hits_ = dir_.Path("new/hits");
  const KeywordModel model_{ModelChoice()};
  const std::vector<int16_t> samples_ = Noise(40 * 16000, 1);
  // 2026-01-02 03:04:05.6 UTC.
  std::unique_ptr<ListenOutput> saver_ = MakeHitSaver(hits_, [] {
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(1767323045600));
  });
  size_t heard_ = 0;
};

TEST_F(HitSaverTest, KeepsASecondBeforeAndAfterTheWord) {
  HearUpTo(20 * 16000);
  Announce(18500, 19100, 19600);
  HearUpTo(20 * 16000 + 1280);
  EXPECT_THAT(FilesIn(hits_), SizeIs(0));
  HearUpTo(20 * 16000 + 1600);
  const std::string name = "20260102T030405Z_000019.60s_yes_0.80.wav";
  ASSERT_THAT(FilesIn(hits_), ElementsAre(name));
  EXPECT_EQ(Hit(name), Part(samples_, 17500 * 16, 20100 * 16));
  saver_->Finish({});
  EXPECT_THAT(FilesIn(hits_), SizeIs(1));
}

TEST_F(HitSaverTest, KeepsWhatThereIsAtTheBeginningAndAtTheEnd) {
  HearUpTo(16000);
  Announce(100, 900, 1000);
  saver_->Finish({});
  EXPECT_EQ(Hit("20260102T030405Z_000001.00s_yes_0.80.wav"), Part(samples_, 0, 16000));
}

// Words that overlap each other, and the same one again; a word that is longer than the past.
TEST_F(HitSaverTest, ReplacesNothing) {
  HearUpTo(20 * 16000);
  Announce(18500, 19900, 20000);
  Announce(18600, 19100, 20000);
  Announce(1000, 19500, 20000);
  HearUpTo(30 * 16000);
  EXPECT_THAT(FilesIn(hits_), ElementsAre("20260102T030405Z_000020.00s_yes_0.80-2.wav",
                                          "20260102T030405Z_000020.00s_yes_0.80-3.wav",
                                          "20260102T030405Z_000020.00s_yes_0.80.wav"));
  EXPECT_EQ(Hit("20260102T030405Z_000020.00s_yes_0.80.wav"),
            Part(samples_, 17600 * 16, 20100 * 16));
  EXPECT_EQ(Hit("20260102T030405Z_000020.00s_yes_0.80-2.wav"),
            Part(samples_, 10000 * 16, 20500 * 16));
  EXPECT_EQ(Hit("20260102T030405Z_000020.00s_yes_0.80-3.wav"),
            Part(samples_, 17500 * 16, 20900 * 16));
}

TEST_F(HitSaverTest, AnyLabelMakesAFile) {
  const std::string e_acute = "\xC3\xA9";
  std::string longest = "y";
  while (longest.size() < 4000) longest += e_acute;
  for (const std::string& label : {longest, std::string("../../etc/passwd"),
                                   std::string("a\nb\033[2J"), std::string(300, '/')}) {
    ModelChoice choice;
    choice.model = test::SourcePath("models/tiny_conv_yes_no/model.tflite");
    choice.labels = {"silence", "unknown", label, "no"};
    const KeywordModel model(choice);
    const TempDir dir;
    const auto saver = MakeHitSaver(dir.path(), std::chrono::system_clock::now);
    saver->Start("", {&model});
    saver->Samples(std::vector<int16_t>(16000));
    HeardWord word;
    word.detection = {2, 205, 100, 900, 1000};
    saver->Word(word);
    saver->Finish({});
    ASSERT_THAT(FilesIn(dir.path()), SizeIs(1));
    const std::string name = FilesIn(dir.path())[0];
    EXPECT_THAT(ReadFile(dir.Path(name)), SizeIs(16000));
    EXPECT_THAT(name, testing::Not(HasSubstr("\n")));
    EXPECT_THAT(name, testing::Not(HasSubstr("\xC3_")));  // No half of a letter.
  }
}

TEST_F(HitSaverTest, ADirectoryThatCannotBeMade) {
  WriteText(dir_.Path("file"), "");
  EXPECT_THROW(MakeHitSaver(dir_.Path("file"), std::chrono::system_clock::now), InputError);
  EXPECT_THROW(MakeHitSaver(dir_.Path("file/below"), std::chrono::system_clock::now), InputError);
}

}  // namespace
}  // namespace earshot::host
