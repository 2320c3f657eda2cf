// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A microphone behind a PulseAudio server of our own, in real time: the way of most computers, and
// one that can be cut.

#include <gtest/gtest.h>
#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>

#include "host/errors.h"
#include "host/listening/microphone.h"
#include "tests/host/test_files.h"
#include "tests/host/virtual_microphone.h"

namespace earshot::host {
namespace {

constexpr std::chrono::milliseconds kLong(60000);

bool OnPath(const std::string& program) {
  return std::system(("command -v " + program + " > /dev/null").c_str()) == 0;
}

// ALSA's plug-in, which comes in a package of its own.
bool AlsaKnowsPulse() {
  const std::filesystem::path libraries = "/usr/lib";
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(libraries, error)) {
    if (std::filesystem::exists(entry.path() / "alsa-lib/libasound_module_pcm_pulse.so", error)) {
      return true;
    }
  }
  return std::filesystem::exists(libraries / "alsa-lib/libasound_module_pcm_pulse.so", error);
}

// The server, whose one sink is what ALSA's default microphone hears. It keeps all it has in a
// folder of its own, and needs neither root nor systemd, D-Bus or a sound card.
class MicrophoneServerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!OnPath("pulseaudio") || !OnPath("pacat") || !AlsaKnowsPulse()) {
      GTEST_SKIP() << "needs the packages pulseaudio, pulseaudio-utils and libasound2-plugins";
    }
    alsa_.emplace("pcm.default { type pulse server \"unix:" + dir_.Path("socket") +
                  "\" device \"sink.monitor\" }\n");
    setenv("PULSE_COOKIE", dir_.Path("cookie").c_str(), 1);  // We are a client of it, too.
    Start();
  }
  void TearDown() override {
    Kill();
    unsetenv("PULSE_COOKIE");
  }

  // Returns when it serves.
  void Start() {
    for (const char* left : {"socket", "pid"}) std::filesystem::remove(dir_.Path(left));
    Run("pulseaudio -n --daemonize=yes --exit-idle-time=-1 --use-pid-file=yes --disable-shm "
        "--log-target=file:" +
        dir_.Path("log") +
        " -L 'module-native-protocol-unix auth-anonymous=1 socket=" + dir_.Path("socket") +
        "' -L 'module-null-sink sink_name=sink rate=16000 channels=1 format=s16le norewinds=1'");
    std::ifstream(dir_.Path("pid")) >> pid_;
    ASSERT_GT(pid_, 0);
  }

  void Kill() {
    if (pid_ > 0) kill(pid_, SIGKILL);
    pid_ = 0;
  }

  // Plays to its end, in the background.
  void Play(const std::vector<int16_t>& samples) {
    std::ofstream(dir_.Path("raw"), std::ios::binary)
        .write(reinterpret_cast<const char*>(samples.data()),
               static_cast<std::streamsize>(2 * samples.size()));
    Run("pacat --server=unix:" + dir_.Path("socket") +
        " --playback --device=sink --raw --format=s16le --rate=16000 --channels=1 "
        "--latency-msec=1000 " +
        dir_.Path("raw") + " &");
  }

 private:
  // Where nothing of the user's own configuration is found, or changed.
  void Run(const std::string& command) {
    const std::string environment = "HOME=" + dir_.path() + " XDG_CONFIG_HOME=" + dir_.path() +
                                    " XDG_RUNTIME_DIR=" + dir_.path() +
                                    " PULSE_RUNTIME_PATH=" + dir_.path() + " ";
    const std::string quiet = " < /dev/null > " + dir_.Path("output") + " 2>&1";
    const bool background = command.back() == '&';
    const std::string words = command.substr(0, command.size() - (background ? 1 : 0));
    ASSERT_EQ(std::system((environment + words + quiet + (background ? " &" : "")).c_str()), 0);
  }

  TempDir dir_;
  std::optional<AlsaDevices> alsa_;
  pid_t pid_ = 0;
};

TEST_F(MicrophoneServerTest, HearsBitForBitInRealTime) {
  const std::unique_ptr<AudioSource> source = OpenMicrophone({});
  std::vector<int16_t> played = Noise(16000, 1);
  for (int16_t& sample : played) sample = static_cast<int16_t>(sample | 1);  // None is 0.
  Play(played);
  std::vector<int16_t> heard;
  for (AudioBlock block; heard.size() < played.size();) {
    source->Read(kLong, &block);
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
  source->Read(kLong, &block);
  EXPECT_FALSE(block.samples.empty());
  Kill();
  try {
    for (;;) source->Read(kLong, &block);
  } catch (const DeviceError& error) {
    EXPECT_EQ(std::string(error.what()).substr(0, 14), "default: gone:");
  }
  source.reset();
  EXPECT_THROW(OpenMicrophone({}), DeviceError);
  Start();
  source = OpenMicrophone({});
  source->Read(kLong, &block);
  EXPECT_FALSE(block.samples.empty());
}

}  // namespace
}  // namespace earshot::host
