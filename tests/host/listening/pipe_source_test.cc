// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/pipe_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "earshot/host/errors.h"
#include "tests/host/listening/listening_fakes.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kPcm16 = SF_FORMAT_WAV | SF_FORMAT_PCM_16;

std::vector<uint8_t> Raw(const std::vector<int16_t>& samples) {
  std::vector<uint8_t> bytes;
  for (const int16_t sample : samples) {
    bytes.push_back(static_cast<uint8_t>(sample & 0xFF));
    bytes.push_back(static_cast<uint8_t>(sample >> 8 & 0xFF));
  }
  return bytes;
}

class PipeSourceTest : public testing::Test {
 protected:
  std::unique_ptr<AudioSource> Open(const std::string& path, int channel = 0,
                                    PipeSpeed speed = PipeSpeed::kMax) {
    return OpenPipe({path, speed, channel}, stop_, &clock_);
  }

  std::vector<int16_t> ReadAll(const std::string& path, int channel = 0) {
    const std::unique_ptr<AudioSource> source = Open(path, channel);
    std::vector<int16_t> samples;
    AudioBlock block;
    AudioSource::State state = AudioSource::State::kOpen;
    while (state == AudioSource::State::kOpen) {
      state = source->Read(milliseconds(1000), &block);
      EXPECT_EQ(block.lost_samples, 0);
      samples.insert(samples.end(), block.samples.begin(), block.samples.end());
    }
    return samples;
  }

  std::string ErrorOf(const std::vector<uint8_t>& bytes, int channel = 0) {
    WriteBytes(path_, bytes);
    try {
      ReadAll(path_, channel);
    } catch (const InputError& error) {
      return error.what();
    }
    return "none";
  }

  const TempDir dir_;
  const std::string path_ = dir_.Path("sound");
  std::atomic<bool> stop_{false};
  FakeClock clock_;
};

TEST_F(PipeSourceTest, RawSamplesStayAsTheyAre) {
  for (const size_t count : {1, 2, 3, 319, 321, 50000}) {
    const std::vector<int16_t> samples = Noise(count, 1);
    std::vector<uint8_t> bytes = Raw(samples);
    bytes.push_back(77);  // Half a sample.
    WriteBytes(path_, bytes);
    EXPECT_EQ(ReadAll(path_), samples);
  }
  EXPECT_THAT(Open(path_)->description(), HasSubstr("sound, raw samples, 16000 Hz"));
}

// Any WAV file is heard as AudioFile reads it.
TEST_F(PipeSourceTest, WavFilesAreHeardAsRecordingsAre) {
  for (const int encoding :
       {SF_FORMAT_PCM_16, SF_FORMAT_PCM_24, SF_FORMAT_PCM_32, SF_FORMAT_FLOAT, SF_FORMAT_DOUBLE}) {
    for (const int container : {SF_FORMAT_WAV, SF_FORMAT_WAVEX}) {
      const Storage storage = {container | encoding, 16000, 1};
      WriteAudio(path_, storage, Sine(440, 0.7, storage, 5000));
      EXPECT_EQ(ReadAll(path_), ReadFile(path_)) << encoding;
    }
  }
  for (const int rate : {8000, 44100, 48000}) {
    WriteAudioPcm(path_, {kPcm16, rate, 2}, Noise(2 * 30000, 5));
    EXPECT_EQ(ReadAll(path_), ReadFile(path_)) << rate;
  }
  EXPECT_THAT(Open(path_, 2)->description(),
              HasSubstr("sound, WAV, 48000 Hz, channel 2 of 2, resampled to 16000 Hz"));
}

TEST_F(PipeSourceTest, TakesOneChannel) {
  const std::vector<int16_t> both = Noise(2 * 5000, 5);
  std::vector<int16_t> second;
  for (size_t i = 1; i < both.size(); i += 2) second.push_back(both[i]);
  WriteAudioPcm(path_, {kPcm16, 16000, 2}, both);
  EXPECT_EQ(ReadAll(path_, 2), second);
}

TEST_F(PipeSourceTest, WhatLiesBehindTheSamplesIsNotHeard) {
  const std::vector<int16_t> samples = Noise(5000, 2);
  WriteWav(path_, samples);
  std::vector<uint8_t> bytes = test::ReadBytes(path_);
  bytes.resize(bytes.size() + 1000, 99);
  WriteBytes(path_, bytes);
  EXPECT_EQ(ReadAll(path_), samples);
}

TEST_F(PipeSourceTest, SaysWhatItCannotRead) {
  EXPECT_THAT(ErrorOf({}), HasSubstr("sound: no samples"));
  EXPECT_THAT(ErrorOf({'f', 'L', 'a', 'C', 0, 0}), HasSubstr("sound: a FLAC file that is damaged"));
  EXPECT_THAT(ErrorOf({'R', 'I', 'F', 'F', 0, 0}),
              HasSubstr("no sound: a RIFF file that is no WAV"));
  EXPECT_THAT(ErrorOf({'<', 'h', 't', 'm', 'l', '>'}), HasSubstr("sound: no sound: text"));
  EXPECT_THAT(ErrorOf({1, 2, 3, 4}, 2), HasSubstr("sound: channel: found 2, wanted 1 to 1"));
  EXPECT_THROW(Open(dir_.Path("nothing")), InputError);
  EXPECT_THROW(Open(dir_.path()), InputError);
}

// What has come so far is given at once, in whole samples.
TEST_F(PipeSourceTest, GivesWhatHasCome) {
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  std::fstream writer(path_, std::ios::in | std::ios::out | std::ios::binary);
  writer.write("\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F\x10g", 17).flush();
  const std::unique_ptr<AudioSource> source = Open(path_);
  AudioBlock block;
  EXPECT_EQ(source->Read(milliseconds(1000), &block), AudioSource::State::kOpen);
  EXPECT_THAT(block.samples,
              testing::ElementsAre(0x0201, 0x0403, 0x0605, 0x0807, 0x0A09, 0x0C0B, 0x0E0D, 0x100F));
  EXPECT_EQ(source->Read(milliseconds(0), &block), AudioSource::State::kOpen);
  EXPECT_THAT(block.samples, IsEmpty());
  writer.write("h", 1).flush();
  EXPECT_EQ(source->Read(milliseconds(1000), &block), AudioSource::State::kOpen);
  EXPECT_THAT(block.samples, testing::ElementsAre(0x6867));
}

// It does not wait for what is behind the samples that the header tells of, nor for the end of it.
TEST_F(PipeSourceTest, SoundBehindTheSamplesOfAnOpenPipe) {
  const std::vector<int16_t> samples = Noise(5000, 2);
  WriteWav(dir_.Path("a.wav"), samples);
  const std::vector<uint8_t> wav = test::ReadBytes(dir_.Path("a.wav"));
  const std::vector<uint8_t> raw(1000, 200);
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  std::fstream writer(path_, std::ios::in | std::ios::out | std::ios::binary);
  for (const std::vector<uint8_t>& bytes : {wav, wav, raw}) {
    writer.write(reinterpret_cast<const char*>(bytes.data()),
                 static_cast<std::streamsize>(bytes.size()));
  }
  writer.flush();
  SoundFlaws flaws;
  const auto source = OpenPipe({path_, PipeSpeed::kMax, 0, &flaws}, stop_, &clock_);
  std::vector<int16_t> heard;
  AudioBlock block;
  AudioSource::State state = AudioSource::State::kOpen;
  while (state == AudioSource::State::kOpen) {
    state = source->Read(milliseconds(1000), &block);
    heard.insert(heard.end(), block.samples.begin(), block.samples.end());
  }
  std::vector<int16_t> wanted = samples;
  wanted.insert(wanted.end(), samples.begin(), samples.end());
  EXPECT_EQ(heard == wanted, true) << heard.size();
  EXPECT_EQ(flaws.note,
            "there is more sound behind it that is not heard: 1000 bytes (the header does not "
            "tell of them)");
}

TEST_F(PipeSourceTest, StopsWhileItWaitsForTheBeginning) {
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  const std::fstream writer(path_, std::ios::in | std::ios::out | std::ios::binary);
  stop_ = true;
  EXPECT_EQ(Open(path_), nullptr);
}

TEST_F(PipeSourceTest, RealtimeIsNoFasterThanItWasRecorded) {
  WriteWav(path_, Noise(16000, 3));
  const std::unique_ptr<AudioSource> source = Open(path_, 0, PipeSpeed::kRealtime);
  const FakeClock::TimePoint begin = clock_.now;
  int64_t given = 0;
  AudioBlock block;
  AudioSource::State state = AudioSource::State::kOpen;
  for (int reads = 0; state == AudioSource::State::kOpen; ++reads) {
    ASSERT_LT(reads, 1000);
    const FakeClock::TimePoint before = clock_.now;
    state = source->Read(milliseconds(7), &block);
    EXPECT_LE(clock_.now - before, milliseconds(7));
    // A block comes when those before were played.
    const std::chrono::duration<double> played = clock_.now - begin;
    if (!block.samples.empty()) {
      EXPECT_GE(played.count() + 1e-6, static_cast<double>(given) / 16000.0);
    }
    given += static_cast<int64_t>(block.samples.size());
  }
  EXPECT_EQ(given, 16000);
  EXPECT_GE(clock_.now - begin, milliseconds(975));
}

}  // namespace
}  // namespace earshot::host
