// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/virtual_microphone.h"

#include <cstdlib>
#include <fstream>

namespace earshot::host {
namespace {

constexpr char kConfigPath[] = "ALSA_CONFIG_PATH";

// The plug-in reads bytes as they lie in memory.
std::string WriteRaw(const std::string& path, const std::vector<int16_t>& samples) {
  std::ofstream file(path, std::ios::binary);
  file.write(reinterpret_cast<const char*>(samples.data()),
             static_cast<std::streamsize>(samples.size() * sizeof(samples[0])));
  return path;
}

std::string Config(const std::string& path, int rate_hz, int channels) {
  return "pcm.default { type plug rate_converter \"none\" slave { pcm recording format S16_LE "
         "rate " +
         std::to_string(rate_hz) + " channels " + std::to_string(channels) +
         " } }\n"
         "pcm.recording { type file slave.pcm nothing file /dev/null format raw infile \"" +
         path +
         "\" }\n"
         "pcm.nothing { type null }\n";
}

}  // namespace

AlsaDevices::AlsaDevices(const std::string& config) {
  const char* old_path = std::getenv(kConfigPath);
  if (old_path != nullptr) old_path_ = old_path;
  WriteText(dir_.Path("alsa.conf"), config);
  setenv(kConfigPath, dir_.Path("alsa.conf").c_str(), 1);
}

AlsaDevices::~AlsaDevices() {
  if (old_path_.empty()) {
    unsetenv(kConfigPath);
  } else {
    setenv(kConfigPath, old_path_.c_str(), 1);
  }
}

VirtualMicrophone::VirtualMicrophone(const std::vector<int16_t>& samples, int rate_hz, int channels)
    : devices_(Config(WriteRaw(dir_.Path("samples"), samples), rate_hz, channels)) {}

}  // namespace earshot::host
