// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The real PortAudio on microphones that ALSA plays: no sound card is needed.

#include "earshot/host/listening/microphone.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/errors.h"
#include "tests/host/test_files.h"
#include "tests/host/virtual_microphone.h"

namespace earshot::host {
namespace {

using ::testing::StartsWith;

constexpr std::chrono::milliseconds kLong(60000);

std::string ErrorOf(const MicrophoneChoice& choice) {
  try {
    OpenMicrophone(choice);
  } catch (const DeviceError& error) {
    return error.what();
  }
  return "no error";
}

TEST(MicrophoneTest, IsListed) {
  const VirtualMicrophone microphone(Noise(16000, 1));
  int defaults = 0;
  for (const MicrophoneInfo& info : ListMicrophones()) {
    if (!info.is_default) continue;
    ++defaults;
    EXPECT_EQ(info.name, VirtualMicrophone::kName);
    EXPECT_EQ(info.host_api, "ALSA");
    EXPECT_EQ(info.native_rate_hz, 16000);
    EXPECT_GE(info.channels, 1);
  }
  EXPECT_EQ(defaults, 1);
}

// This microphone is faster than any program: what does not fit is lost, and counted to the sample.
TEST(MicrophoneTest, HearsBitForBitAndCountsWhatIsLost) {
  constexpr size_t kRing = 16 * 16000;  // What Read() may find at once.
  const std::vector<int16_t> samples = Noise(8 * kRing, 1);
  const VirtualMicrophone microphone(samples);
  const std::unique_ptr<AudioSource> source = OpenMicrophone({});
  EXPECT_EQ(source->description(), "default (ALSA), 16000 Hz");
  AudioBlock block;
  size_t place = 0;
  int64_t lost = 0;
  while (place < samples.size()) {
    ASSERT_EQ(source->Read(kLong, &block), AudioSource::State::kOpen);
    if (place == 0) {
      ASSERT_EQ(block.lost_samples, 0);
    }
    lost += block.lost_samples;
    place += static_cast<size_t>(block.lost_samples);
    ASSERT_FALSE(block.samples.empty());
    const size_t end = std::min(place + block.samples.size(), samples.size());
    for (size_t i = place; i < end; ++i) {
      ASSERT_EQ(block.samples[i - place], samples[i]) << "sample " << i << ", lost " << lost;
    }
    place += block.samples.size();
  }
  EXPECT_GT(block.arrival, AudioBlock::Clock::time_point());
  EXPECT_LE(block.arrival, AudioBlock::Clock::now());
}

// As much as is heard at once of a microphone with such samples; all of it, where they are few.
std::vector<int16_t> Hear(const std::vector<int16_t>& samples, int rate_hz, int channel,
                          const std::string& description) {
  const VirtualMicrophone microphone(samples, rate_hz, 2);
  const std::unique_ptr<AudioSource> source = OpenMicrophone({"Default", channel});
  EXPECT_EQ(source->description(), description);
  AudioBlock block;
  source->Read(kLong, &block);
  EXPECT_FALSE(block.samples.empty());
  EXPECT_EQ(block.lost_samples, 0);
  return block.samples;
}

TEST(MicrophoneTest, TakesTheChannelThatIsAskedFor) {
  const std::vector<int16_t> samples = Noise(200000, 2);
  const std::vector<int16_t> heard =
      Hear(samples, 16000, 2, "default (ALSA), 16000 Hz, channel 2 of 2");
  for (size_t i = 0; i < std::min(heard.size(), samples.size() / 2); ++i) {
    ASSERT_EQ(heard[i], samples[2 * i + 1]) << i;
  }
}

// A plug-in as this one takes the mean itself, and rounds it its own way. (And the one below, when
// it is asked by a plug-in that converts, leaves out parts of its file after the first buffer.)
TEST(MicrophoneTest, TakesTheMeanOfAll) {
  const std::vector<int16_t> samples = Noise(200000, 2);
  const std::vector<int16_t> heard = Hear(samples, 16000, kAllChannels, "default (ALSA), 16000 Hz");
  for (size_t i = 0; i < std::min<size_t>(heard.size(), 1000); ++i) {
    ASSERT_NEAR(heard[i], (samples[2 * i] + samples[2 * i + 1]) / 2.0, 1) << i;
  }
}

TEST(MicrophoneTest, ResamplesAsRecordingsAre) {
  for (const int rate_hz : {44100, 48000}) {
    const std::string rate = std::to_string(rate_hz);
    const std::vector<int16_t> samples = Noise(600000, 3);
    std::vector<int16_t> heard =
        Hear(samples, rate_hz, 1,
             "default (ALSA), " + rate + " Hz, channel 1 of 2, resampled to 16000 Hz");
    std::vector<int16_t> expected;
    StreamConverter(rate_hz, 2, 1).Convert(Span<const int16_t>(samples), &expected);
    const size_t count = std::min(heard.size(), expected.size());
    heard.resize(count);
    expected.resize(count);
    EXPECT_EQ(heard, expected) << rate;
  }
}

TEST(MicrophoneTest, SaysWhatIsWrong) {
  const VirtualMicrophone microphone(Noise(16000, 1));
  EXPECT_EQ(ErrorOf({"kitchen", 0}),
            "kitchen: no microphone has such a name; earshot devices lists all");
  EXPECT_EQ(ErrorOf({"99", 0}), "99: no microphone has this index; earshot devices lists all");
  EXPECT_THAT(ErrorOf({"", 1000}),
              StartsWith("default: cannot be opened: channel: found 1000, wanted 1 to "));
}

TEST(MicrophoneTest, ThereIsNone) {
  const NoMicrophone none;
  EXPECT_TRUE(ListMicrophones().empty());
  EXPECT_EQ(ErrorOf({}), "no microphone was found");
}

// PortAudio starts anew when its last user has gone: devices that came later are found.
TEST(MicrophoneTest, IsFoundLater) {
  {
    const NoMicrophone none;
    EXPECT_TRUE(ListMicrophones().empty());
  }
  const VirtualMicrophone microphone(Noise(16000, 1));
  EXPECT_EQ(ErrorOf({}), "no error");
}

// All that they say belongs to us.
TEST(MicrophoneTest, NothingElseIsOnStandardError) {
  const VirtualMicrophone microphone(Noise(16000, 1));
  testing::internal::CaptureStderr();
  AudioBlock block;
  OpenMicrophone({})->Read(kLong, &block);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace earshot::host
