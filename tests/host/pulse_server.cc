// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/pulse_server.h"

#include <signal.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace earshot::host {
namespace {

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

}  // namespace

std::string PulseServer::Missing() {
  const bool is_there = OnPath("pulseaudio") && OnPath("pacat") && AlsaKnowsPulse();
  return is_there ? "" : "needs the packages pulseaudio, pulseaudio-utils and libasound2-plugins";
}

PulseServer::PulseServer()
    : alsa_("pcm.default { type pulse server \"unix:" + dir_.Path("socket") +
            "\" device \"sink.monitor\" }\n") {
  setenv("PULSE_COOKIE", dir_.Path("cookie").c_str(), 1);  // We are a client of it, too.
  Start();
}

PulseServer::~PulseServer() {
  Kill();
  unsetenv("PULSE_COOKIE");
}

void PulseServer::Kill() {
  if (pid_ > 0) kill(pid_, SIGKILL);
  pid_ = 0;
}

void PulseServer::Start() {
  for (const char* left : {"socket", "pid"}) std::filesystem::remove(dir_.Path(left));
  Run("pulseaudio -n --daemonize=yes --exit-idle-time=-1 --use-pid-file=yes --disable-shm "
      "--log-target=file:" +
      dir_.Path("log") +
      " -L 'module-native-protocol-unix auth-anonymous=1 socket=" + dir_.Path("socket") +
      "' -L 'module-null-sink sink_name=sink rate=16000 channels=1 format=s16le norewinds=1'");
  std::ifstream(dir_.Path("pid")) >> pid_;
  if (pid_ <= 0) throw std::runtime_error("pulseaudio does not start");
}

void PulseServer::Play(const std::vector<int16_t>& samples) {
  std::ofstream(dir_.Path("raw"), std::ios::binary)
      .write(reinterpret_cast<const char*>(samples.data()),
             static_cast<std::streamsize>(2 * samples.size()));
  Run("pacat --server=unix:" + dir_.Path("socket") +
      " --playback --device=sink --raw --format=s16le --rate=16000 --channels=1 "
      "--latency-msec=1000 " +
      dir_.Path("raw") + " &");
}

// Where nothing of the user's own configuration is found, or changed.
void PulseServer::Run(const std::string& command) {
  const std::string environment = "HOME=" + dir_.path() + " XDG_CONFIG_HOME=" + dir_.path() +
                                  " XDG_RUNTIME_DIR=" + dir_.path() +
                                  " PULSE_RUNTIME_PATH=" + dir_.path() + " ";
  const std::string quiet = " < /dev/null > " + dir_.Path("output") + " 2>&1";
  const bool background = command.back() == '&';
  const std::string words = command.substr(0, command.size() - (background ? 1 : 0));
  if (std::system((environment + words + quiet + (background ? " &" : "")).c_str()) != 0) {
    throw std::runtime_error(command);
  }
}

}  // namespace earshot::host
