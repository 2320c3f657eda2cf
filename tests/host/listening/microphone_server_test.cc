// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A microphone behind a PulseAudio server of our own, in real time: the way of most computers, and
// one that can be cut.

#include <gtest/gtest.h>

#include <optional>

#include "earshot/host/errors.h"
#include "earshot/host/listening/microphone.h"
#include "tests/host/pulse_server.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

constexpr std::chrono::milliseconds kMinute(60000);

class MicrophoneServerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!PulseServer::Missing().empty()) GTEST_SKIP() << PulseServer::Missing();
    server_.emplace();
  }

  std::optional<PulseServer> server_;
};

TEST_F(MicrophoneServerTest, HearsBitForBitInRealTime) {
  const std::unique_ptr<AudioSource> source = OpenMicrophone({});
  std::vector<int16_t> played = Noise(16000, 1);
  for (int16_t& sample : played) sample = static_cast<int16_t>(sample | 1);  // None is 0.
  server_->Play(played);
  std::vector<int16_t> heard;
  for (AudioBlock block; heard.size() < played.size();) {
    source->Read(kMinute, &block);
    EXPECT_EQ(block.lost_samples, 0);
    for (const int16_t sample : block.samples) {
      if (sample != 0 || !heard.empty()) heard.push_back(sample);
    }
  }
  heard.resize(played.size());
  EXPECT_EQ(heard, played);
}

// And when it is back, the microphone is.
TEST_F(MicrophoneServerTest, ServerDies) {
  std::unique_ptr<AudioSource> source = OpenMicrophone({});
  AudioBlock block;
  source->Read(kMinute, &block);
  EXPECT_FALSE(block.samples.empty());
  server_->Kill();
  try {
    for (;;) source->Read(kMinute, &block);
  } catch (const DeviceError& error) {
    EXPECT_EQ(std::string(error.what()).substr(0, 14), "default: gone:");
  }
  source.reset();
  EXPECT_THROW(OpenMicrophone({}), DeviceError);
  server_->Start();
  source = OpenMicrophone({});
  source->Read(kMinute, &block);
  EXPECT_FALSE(block.samples.empty());
}

}  // namespace
}  // namespace earshot::host
