// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/audio_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "earshot/host/audio/frame_reader.h"
#include "earshot/host/errors.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<int16_t> ReadAll(AudioFile& file, size_t block = 1000) {
  std::vector<int16_t> all;
  std::vector<int16_t> some(block);
  while (const size_t count = file.Read(some)) {
    all.insert(all.end(), some.begin(), some.begin() + static_cast<ptrdiff_t>(count));
  }
  return all;
}

std::vector<int16_t> ReadAll(const std::string& path) {
  AudioFile file(path);
  return ReadAll(file);
}

std::string ErrorOf(const std::string& path) {
  try {
    ReadAll(path);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

// The amplitude of a tone in 16-bit samples, by correlation, and what is left without it (RMS).
struct Tone {
  double amplitude;
  double rest;
};

Tone Measure(const std::vector<int16_t>& pcm, double hz, size_t begin, size_t end) {
  double sine = 0;
  double cosine = 0;
  const double step = 2 * 3.14159265358979323846 * hz / kSampleRateHz;
  for (size_t i = begin; i < end; ++i) {
    sine += pcm[i] * std::sin(step * static_cast<double>(i));
    cosine += pcm[i] * std::cos(step * static_cast<double>(i));
  }
  const double scale = 2.0 / static_cast<double>(end - begin);
  sine *= scale;
  cosine *= scale;
  double rest = 0;
  for (size_t i = begin; i < end; ++i) {
    const double angle = step * static_cast<double>(i);
    rest += std::pow(pcm[i] - sine * std::sin(angle) - cosine * std::cos(angle), 2);
  }
  return {std::hypot(sine, cosine), std::sqrt(rest / static_cast<double>(end - begin))};
}

TEST(AudioFileTest, SixteenBitMonoArrivesBitForBit) {
  const TempDir dir;
  const std::vector<int16_t> pcm = Noise(50001, 1);
  const int formats[] = {SF_FORMAT_WAV | SF_FORMAT_PCM_16,  SF_FORMAT_FLAC | SF_FORMAT_PCM_16,
                         SF_FORMAT_AIFF | SF_FORMAT_PCM_16, SF_FORMAT_AU | SF_FORMAT_PCM_16,
                         SF_FORMAT_CAF | SF_FORMAT_PCM_16,  SF_FORMAT_W64 | SF_FORMAT_PCM_16};
  for (const int format : formats) {
    const std::string path = dir.Path("pcm");
    WriteAudioPcm(path, {format}, pcm);
    AudioFile file(path);
    EXPECT_FALSE(file.format().converted());
    EXPECT_EQ(ReadAll(file), pcm) << std::hex << format;
    EXPECT_EQ(file.samples_read(), 50001);
  }
}

TEST(AudioFileTest, BlockSizeDoesNotMatter) {
  const TempDir dir;
  const Storage storage = {SF_FORMAT_WAV | SF_FORMAT_PCM_24, 44100, 2};
  WriteAudio(dir.Path("a.wav"), storage, Sine(440, 0.5, storage, 30000));
  AudioFile ones(dir.Path("a.wav"));
  AudioFile many(dir.Path("a.wav"));
  EXPECT_EQ(ReadAll(ones, 1), ReadAll(many, 100000));
}

TEST(AudioFileTest, RoundsToNearestTiesToEvenAndClips) {
  const TempDir dir;
  const double lsb = 1.0 / 32768;
  WriteAudio(dir.Path("a.wav"), {SF_FORMAT_WAV | SF_FORMAT_FLOAT},
             {0.25 * lsb, 0.5 * lsb, 1.5 * lsb, 2.5 * lsb, -0.5 * lsb, -1.5 * lsb, 1.75 * lsb, 1.0,
              -1.0, 7.5, -123.0});
  EXPECT_THAT(ReadAll(dir.Path("a.wav")),
              ElementsAre(0, 0, 2, 2, 0, -2, 2, 32767, -32768, 32767, -32768));
}

TEST(AudioFileTest, ChannelsAreAveraged) {
  const TempDir dir;
  WriteAudioPcm(dir.Path("a.wav"), {SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16000, 3},
                {3, 6, 9, -32768, -32768, -32768, 100, -100, 30});
  AudioFile file(dir.Path("a.wav"));
  EXPECT_EQ(file.format().Text(), "16000 Hz, 3 channels");
  EXPECT_TRUE(file.format().converted());
  EXPECT_THAT(ReadAll(file), ElementsAre(6, -32768, 10));
}

// Every sample type at every usual rate, mono to surround: a tone keeps its pitch, level and
// length.
TEST(AudioFileTest, TonesSurviveEveryFormatRateAndChannelCount) {
  const TempDir dir;
  struct Format {
    const char* name;
    int format;
    double rest;  // Allowed beside the tone: RMS in 16-bit steps.
  };
  const Format formats[] = {
      {"u8.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 150},
      {"s16.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16, 1},
      {"s24.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_24, 1},
      {"s32.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_32, 1},
      {"f32.wav", SF_FORMAT_WAV | SF_FORMAT_FLOAT, 1},
      {"f64.wav", SF_FORMAT_WAV | SF_FORMAT_DOUBLE, 1},
      {"ulaw.wav", SF_FORMAT_WAV | SF_FORMAT_ULAW, 250},
      {"alaw.aiff", SF_FORMAT_AIFF | SF_FORMAT_ALAW, 250},
      {"flac24.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 1},
      {"f32.caf", SF_FORMAT_CAF | SF_FORMAT_FLOAT, 1},
      {"big.wav", SF_FORMAT_RF64 | SF_FORMAT_PCM_16, 1},
  };
  constexpr double kHz = 1000;
  constexpr double kAmplitude = 10000.0 / 32768;
  for (const Format& format : formats) {
    for (const int rate : {8000, 11025, 16000, 22050, 32000, 44100, 48000, 96000}) {
      for (const int channels : {1, 2, 6}) {
        const Storage storage = {format.format, rate, channels};
        SCOPED_TRACE(std::string(format.name) + " " + std::to_string(rate) + " " +
                     std::to_string(channels));
        const auto frames = static_cast<size_t>(rate / 2);
        WriteAudio(dir.Path(format.name), storage, Sine(kHz, kAmplitude, storage, frames));
        const std::vector<int16_t> pcm = ReadAll(dir.Path(format.name));
        EXPECT_NEAR(static_cast<double>(pcm.size()), 16000.0 * static_cast<double>(frames) / rate,
                    1);
        const Tone tone = Measure(pcm, kHz, 1600, 6400);
        EXPECT_NEAR(tone.amplitude, 10000, 0.02 * 10000);
        EXPECT_LT(tone.rest, format.rest);
      }
    }
  }
}

TEST(AudioFileTest, LossyFormatsAreReadWhole) {
  const TempDir dir;
  for (const int format : {SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_OGG | SF_FORMAT_OPUS,
                           SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III}) {
    const Storage storage = {format, 48000, 2};
    WriteAudio(dir.Path("a"), storage, Sine(1000, 0.3, storage, 48000));
    const std::vector<int16_t> pcm = ReadAll(dir.Path("a"));
    EXPECT_NEAR(static_cast<double>(pcm.size()), 16000, 800) << std::hex << format;
    EXPECT_NEAR(Measure(pcm, 1000, 4000, 12000).amplitude, 9830, 300) << std::hex << format;
  }
}

TEST(AudioFileTest, ResamplingRemovesWhatWouldAlias) {
  const TempDir dir;
  const Storage storage = {SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48000, 1};
  WriteAudio(dir.Path("a.wav"), storage, Sine(11000, 0.9, storage, 48000));
  // 11 kHz would fold to 5 kHz.
  EXPECT_LT(Measure(ReadAll(dir.Path("a.wav")), 5000, 1600, 14400).amplitude, 1);
}

TEST(AudioFileTest, ResamplingDoesNotDelay) {
  const TempDir dir;
  std::vector<double> impulse(44100);
  impulse[22050] = 0.9;
  WriteAudio(dir.Path("a.wav"), {SF_FORMAT_WAV | SF_FORMAT_FLOAT, 44100, 1}, impulse);
  const std::vector<int16_t> pcm = ReadAll(dir.Path("a.wav"));
  EXPECT_EQ(pcm.size(), 16000u);
  EXPECT_EQ(std::max_element(pcm.begin(), pcm.end()) - pcm.begin(), 8000);
}

TEST(AudioFileTest, SaysWhatIsWrong) {
  const TempDir dir;
  EXPECT_EQ(ErrorOf(dir.Path("none.wav")), "no such file");
  EXPECT_EQ(ErrorOf(dir.path()), "is a directory");
  WriteText(dir.Path("empty.wav"), "");
  EXPECT_EQ(ErrorOf(dir.Path("empty.wav")), "the file is empty");
  WriteText(dir.Path("text.wav"), "Not a recording at all, but long enough to look like one.");
  EXPECT_EQ(ErrorOf(dir.Path("text.wav")),
            "no sound: text that begins \"Not a recording at all, ...\"");
  WriteText(dir.Path("noise"), "\x01\x02\x03\x04 nothing that is known");
  EXPECT_EQ(ErrorOf(dir.Path("noise")), "no sound of a format that is known");
  WriteText(dir.Path("a.m4a"), std::string("\0\0\0\x20", 4) + "ftypM4A and so on");
  EXPECT_EQ(
      ErrorOf(dir.Path("a.m4a")),
      "an MPEG-4 file (.m4a, .mp4), which nothing here decodes; convert it, as with ffmpeg -i "
      "a.m4a converted.wav");
  WriteAudioPcm(dir.Path("slow.wav"), {SF_FORMAT_WAV | SF_FORMAT_PCM_16, 500}, Noise(100, 1));
  EXPECT_EQ(ErrorOf(dir.Path("slow.wav")), "sample rate: found 500 Hz, wanted 1000 to 768000 Hz");
}

// What a recording lacks, after it was read to its end.
SoundFlaws FlawsOf(const std::string& path, size_t* samples) {
  AudioFile file(path);
  *samples = ReadAll(file).size();
  return file.Flaws();
}

TEST(AudioFileTest, NumbersThatAreNoneAreSilence) {
  const TempDir dir;
  for (const double bad :
       {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    std::vector<double> samples(20000, 0.25);
    samples[7001] = bad;  // One of two channels.
    const std::string path = dir.Path("a.wav");
    WriteAudio(path, {SF_FORMAT_WAV | SF_FORMAT_FLOAT, 16000, 2}, samples);
    size_t count = 0;
    EXPECT_EQ(FlawsOf(path, &count).error,
              "1 sample is not a finite number, the first at 0.219 s; heard as silence");
    std::vector<int16_t> wanted(10000, 8192);
    wanted[3500] = 4096;
    EXPECT_EQ(ReadAll(path), wanted);
  }
}

// What is not heard does not matter.
TEST(AudioFileTest, NumbersThatAreNoneInAnotherChannel) {
  const TempDir dir;
  std::vector<double> samples(2000, 0.25);
  samples[701] = std::numeric_limits<double>::quiet_NaN();  // Of the second channel.
  WriteAudio(dir.Path("a.wav"), {SF_FORMAT_WAV | SF_FORMAT_FLOAT, 16000, 2}, samples);
  for (const int channel : {1, 2}) {
    AudioFile file(dir.Path("a.wav"), channel);
    ReadAll(file);
    EXPECT_EQ(file.Flaws().error.empty(), channel == 1) << channel;
  }
}

// All that is decoded before the damage is heard, and all behind it, in blocks of any size.
TEST(AudioFileTest, BlockSizeDoesNotMatterToDamage) {
  const TempDir dir;
  const std::string path = dir.Path("a.mp3");
  const Storage storage = {SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 44100, 2};
  WriteAudioPcm(path, storage, Noise(400000, 1));
  const auto read = [&path](size_t block) {
    const std::unique_ptr<FrameReader> reader = OpenFrames(path);
    std::vector<double> all;
    std::vector<double> some;
    while (reader->Read(block, &some)) all.insert(all.end(), some.begin(), some.end());
    return all;
  };
  const std::vector<double> whole = read(4096);
  std::vector<uint8_t> bytes = test::ReadBytes(path);
  std::fill_n(bytes.begin() + static_cast<ptrdiff_t>(bytes.size() / 2), 3000, 0);
  WriteBytes(path, bytes);
  const std::vector<double> wanted = read(1);
  EXPECT_LT(wanted.size(), whole.size() - 2 * 1152);
  EXPECT_TRUE(std::equal(whole.begin(), whole.begin() + 160000, wanted.begin()));
  for (const size_t block : {319, 882, 4096, 100000}) {
    EXPECT_EQ(read(block) == wanted, true) << block;
  }
}

// Whole frames of FLAC, pages of Ogg and frames of MP3 are heard; that more should come is told.
TEST(AudioFileTest, TellsWhereAStreamBreaks) {
  const TempDir dir;
  const std::string path = dir.Path("a");
  for (const int format :
       {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_OGG | SF_FORMAT_VORBIS,
        SF_FORMAT_OGG | SF_FORMAT_OPUS, SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III}) {
    SCOPED_TRACE(format);
    const Storage storage = {format};
    WriteAudio(path, storage, Sine(1000, 0.3, storage, 160000));
    const std::vector<uint8_t> whole = test::ReadBytes(path);
    size_t all = 0;
    SoundFlaws flaws = FlawsOf(path, &all);
    EXPECT_EQ(flaws.note + flaws.error, "");
    for (const size_t size : {whole.size() - 1, whole.size() - 30, whole.size() * 2 / 3}) {
      WriteBytes(path, {whole.begin(), whole.begin() + static_cast<ptrdiff_t>(size)});
      size_t heard = 0;
      EXPECT_NE(FlawsOf(path, &heard).error, "") << size;
      EXPECT_GT(heard, size < whole.size() - 30 ? all / 4 : all / 2) << size;
      EXPECT_LT(heard, all) << size;
    }
    std::vector<uint8_t> damaged = whole;
    for (size_t i = 0; i < 40; ++i) damaged[whole.size() / 2 + i] = 0x55;
    WriteBytes(path, damaged);
    size_t heard = 0;
    flaws = FlawsOf(path, &heard);
    EXPECT_GE(heard, all / 3);
    // A frame of MP3 has no checksum.
    EXPECT_TRUE(!flaws.error.empty() || format == (SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III));
  }
}

// All samples of the last frame but one are there, as they were.
TEST(AudioFileTest, ADamagedLastFrameCostsNoOther) {
  const TempDir dir;
  const std::vector<int16_t> pcm = Noise(50000, 1);
  WriteAudioPcm(dir.Path("a.flac"), {SF_FORMAT_FLAC | SF_FORMAT_PCM_16}, pcm);
  std::vector<uint8_t> bytes = test::ReadBytes(dir.Path("a.flac"));
  bytes.back() ^= 1;  // The frame's checksum.
  WriteBytes(dir.Path("a.flac"), bytes);
  const std::vector<int16_t> heard = ReadAll(dir.Path("a.flac"));
  ASSERT_GE(heard.size(), 50000u - 4608u);  // The largest frame of a usual encoder.
  EXPECT_TRUE(std::equal(heard.begin(), heard.begin() + 50000 - 4608, pcm.begin()));
  size_t count = 0;
  EXPECT_THAT(FlawsOf(dir.Path("a.flac"), &count).error, HasSubstr("the header promises 50000"));
}

TEST(AudioFileTest, WhatComesBehindAFlacStreamDoesNotMatter) {
  const TempDir dir;
  WriteAudioPcm(dir.Path("a.flac"), {SF_FORMAT_FLAC | SF_FORMAT_PCM_16}, Noise(16000, 1));
  std::vector<uint8_t> bytes = test::ReadBytes(dir.Path("a.flac"));
  const std::string tag = "TAG and so on";
  bytes.insert(bytes.end(), tag.begin(), tag.end());
  WriteBytes(dir.Path("a.flac"), bytes);
  size_t count = 0;
  EXPECT_EQ(FlawsOf(dir.Path("a.flac"), &count).error, "");
  EXPECT_EQ(count, 16000u);
}

// Nothing in them is damaged; what is not heard of the second is told.
TEST(AudioFileTest, TagsAndFurtherRecordingsOfMp3) {
  const TempDir dir;
  const std::string path = dir.Path("a.mp3");
  const Storage storage = {SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III};
  WriteAudio(path, storage, Sine(1000, 0.3, storage, 64000));
  const std::vector<uint8_t> one = test::ReadBytes(path);
  size_t all = 0;
  EXPECT_EQ(FlawsOf(path, &all).error, "");
  const auto joined = [](std::vector<uint8_t> a, const std::vector<uint8_t>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  };
  const std::vector<uint8_t> tag = {'I', 'D', '3', 3, 0, 0, 0, 0, 0, 6, 1, 2, 3, 4, 5, 6};
  std::vector<uint8_t> last = {'T', 'A', 'G'};
  last.resize(128);
  WriteBytes(path, joined(tag, joined(tag, joined(one, last))));
  size_t heard = 0;
  SoundFlaws flaws = FlawsOf(path, &heard);
  EXPECT_EQ(flaws.error + flaws.note, "");
  EXPECT_EQ(heard, all);
  WriteBytes(path, joined(one, joined(last, joined(tag, one))));
  flaws = FlawsOf(path, &heard);
  EXPECT_EQ(flaws.error, "");
  EXPECT_TRUE(heard > all || flaws.note.find("only the first is heard") != std::string::npos)
      << heard << flaws.note;
}

// The number of samples that MP3 in a WAV file states is an estimate.
TEST(AudioFileTest, Mp3InAWavFileIsWhole) {
  const TempDir dir;
  const Storage storage = {SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 44100, 1};
  WriteAudio(dir.Path("a.mp3"), storage, Sine(1000, 0.3, storage, 64000));
  const std::vector<uint8_t> mp3 = test::ReadBytes(dir.Path("a.mp3"));
  // MPEGLAYER3WAVEFORMAT of 30 bytes: format 0x55, 1 channel, 44100 Hz, 8000 bytes a second.
  std::vector<uint8_t> wav = {
      'R', 'I', 'F', 'F',  0, 0, 0, 0,    'W',  'A', 'V',  'E',  'f',  'm', 't',  ' ', 30,
      0,   0,   0,   0x55, 0, 1, 0, 0x44, 0xAC, 0,   0,    0x40, 0x1F, 0,   0,    1,   0,
      0,   0,   12,  0,    1, 0, 2, 0,    0,    0,   0xA1, 1,    1,    0,   0x71, 5,   'f',
      'a', 'c', 't', 4,    0, 0, 0, 0,    4,    1,   0,    'd',  'a',  't', 'a'};
  for (int i = 0; i < 4; ++i) wav.push_back(static_cast<uint8_t>(mp3.size() >> (8 * i)));
  wav.insert(wav.end(), mp3.begin(), mp3.end());
  WriteBytes(dir.Path("a.wav"), wav);
  size_t heard = 0;
  const SoundFlaws flaws = FlawsOf(dir.Path("a.wav"), &heard);
  EXPECT_EQ(flaws.error + flaws.note, "");
  EXPECT_GT(heard, 20000u);  // The fact chunk states 66560 at 44.1 kHz, more than there are.
}

TEST(AudioFileTest, NoSamplesAreNoError) {
  const TempDir dir;
  WriteWav(dir.Path("a.wav"), {});
  EXPECT_TRUE(ReadAll(dir.Path("a.wav")).empty());  // Whether that will do is the command's to say.
}

}  // namespace
}  // namespace earshot::host
