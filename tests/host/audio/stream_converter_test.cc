// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/stream_converter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <algorithm>
#include <limits>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;

// What comes out when `interleaved` goes in in blocks of `frames`.
std::vector<int16_t> Convert(StreamConverter& converter, const std::vector<int16_t>& interleaved,
                             int channels, size_t frames) {
  std::vector<int16_t> output;
  const Span<const int16_t> all(interleaved);
  const size_t block = frames * static_cast<size_t>(channels);
  for (size_t begin = 0; begin < all.size(); begin += block) {
    converter.Convert(all.subspan(begin, std::min(block, all.size() - begin)), &output);
  }
  converter.Finish(&output);
  return output;
}

std::vector<int16_t> Convert(const std::vector<int16_t>& interleaved, int rate, int channels,
                             int channel, size_t frames) {
  StreamConverter converter(rate, channels, channel);
  return Convert(converter, interleaved, channels, frames);
}

std::vector<int16_t> ReadFile(const std::string& path) {
  AudioFile file(path);
  std::vector<int16_t> samples(1000000);
  samples.resize(file.Read(samples));
  return samples;
}

TEST(StreamConverterTest, SixteenBitMonoStaysBitForBit) {
  std::vector<int16_t> every;
  for (int sample = INT16_MIN; sample <= INT16_MAX; ++sample) {
    every.push_back(static_cast<int16_t>(sample));
  }
  EXPECT_EQ(Convert(every, 16000, 1, kAllChannels, 1000), every);
  EXPECT_EQ(Convert(every, 16000, 1, 1, 7), every);
}

// 16-bit samples go in as they are, or as doubles: what comes out is the same.
TEST(StreamConverterTest, SixteenBitsAreHeardAsTheirDoubles) {
  for (const int rate : {8000, 16000, 44100}) {
    for (const int channels : {1, 2}) {
      const std::vector<int16_t> pcm = Noise(static_cast<size_t>(9000 * channels), 8);
      std::vector<double> doubles;
      for (const int16_t sample : pcm) doubles.push_back(sample / 32768.0);
      StreamConverter converter(rate, channels);
      std::vector<int16_t> output;
      converter.Convert(Span<const double>(doubles), &output);
      converter.Finish(&output);
      EXPECT_EQ(Convert(pcm, rate, channels, kAllChannels, 700), output)
          << rate << " Hz, " << channels << " channels";
    }
  }
}

// A sample that is no number is found at its place, whatever was in front of it.
TEST(StreamConverterTest, SixteenBitsCountInTheTimeOfFlaws) {
  StreamConverter converter(16000, 1);
  std::vector<int16_t> output;
  converter.Convert(Span<const int16_t>(Noise(8000, 9)), &output);
  const std::vector<double> bad = {0.5, std::numeric_limits<double>::quiet_NaN()};
  converter.Convert(Span<const double>(bad), &output);
  SoundFlaws flaws;
  converter.AddFlaws(&flaws);
  EXPECT_THAT(flaws.error, testing::HasSubstr("the first at 0.500 s"));
  EXPECT_EQ(output.size(), 8002u);
}

// A stream and a file of the same samples are heard alike.
TEST(StreamConverterTest, EqualsAudioFile) {
  const TempDir dir;
  for (const int rate : {8000, 16000, 22050, 44100, 48000}) {
    for (const int channels : {1, 2, 3}) {
      const Storage storage = {SF_FORMAT_WAV | SF_FORMAT_PCM_16, rate, channels};
      const std::vector<int16_t> pcm = Noise(static_cast<size_t>(21000 * channels), 5);
      WriteAudioPcm(dir.Path("a.wav"), storage, pcm);
      const std::vector<int16_t> file = ReadFile(dir.Path("a.wav"));
      ASSERT_FALSE(file.empty());
      for (const size_t frames : {1, 480, 30000}) {
        EXPECT_EQ(Convert(pcm, rate, channels, kAllChannels, frames), file)
            << rate << " Hz, " << channels << " channels, blocks of " << frames;
      }
    }
  }
}

TEST(StreamConverterTest, TakesOneChannel) {
  const std::vector<int16_t> pcm = {1, -2, 30000, 2, -3, -32768, 3, -4, 32767};
  EXPECT_THAT(Convert(pcm, 16000, 3, 1, 2), ElementsAre(1, 2, 3));
  EXPECT_THAT(Convert(pcm, 16000, 3, 3, 2), ElementsAre(30000, -32768, 32767));

  std::vector<int16_t> left;
  const std::vector<int16_t> both = Noise(20000, 6);
  for (size_t i = 0; i < both.size(); i += 2) left.push_back(both[i]);
  EXPECT_EQ(Convert(both, 44100, 2, 1, 441), Convert(left, 44100, 1, 1, 441));
}

TEST(StreamConverterTest, RoundsAndClipsDoubles) {
  const double lsb = 1.0 / 32768;
  const std::vector<double> samples = {0.5 * lsb, 1.5 * lsb, -1.5 * lsb, 1.0, -7.0};
  std::vector<int16_t> output = {99};
  StreamConverter(16000, 1).Convert(Span<const double>(samples), &output);
  EXPECT_THAT(output, ElementsAre(99, 0, 2, -2, 32767, -32768));
}

TEST(StreamConverterTest, SaysWhatIsDone) {
  EXPECT_EQ(StreamConverter(16000, 1).Text(), "16000 Hz");
  EXPECT_EQ(StreamConverter(16000, 2).Text(), "16000 Hz, mean of 2 channels");
  EXPECT_EQ(StreamConverter(48000, 2, 1).Text(), "48000 Hz, channel 1 of 2, resampled to 16000 Hz");
}

TEST(StreamConverterTest, LostFramesAsSamples) {
  EXPECT_EQ(StreamConverter(16000, 2).SamplesFor(12345), 12345);
  EXPECT_EQ(StreamConverter(48000, 1).SamplesFor(480), 160);
  EXPECT_EQ(StreamConverter(44100, 1).SamplesFor(1024), 372);  // 371.5
  EXPECT_EQ(StreamConverter(8000, 1).SamplesFor(0), 0);
}

std::string ConverterError(int rate, int channels, int channel) {
  try {
    const StreamConverter converter(rate, channels, channel);
  } catch (const InputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(StreamConverterTest, SaysWhatIsWrong) {
  EXPECT_EQ(ConverterError(16000, 2, 2), "no error");
  EXPECT_EQ(ConverterError(16000, 0, 0), "no channels");
  EXPECT_EQ(ConverterError(16000, 2, 3), "channel: found 3, wanted 1 to 2");
  EXPECT_EQ(ConverterError(16000, 2, -1), "channel: found -1, wanted 1 to 2");
  EXPECT_EQ(ConverterError(999, 1, 0), "sample rate: found 999 Hz, wanted 1000 to 768000 Hz");
}

}  // namespace
}  // namespace earshot::host
