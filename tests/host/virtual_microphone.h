// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Microphones without a sound card: ALSA's `file` plug-in, which PortAudio takes for a device.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tests/host/test_files.h"

namespace earshot::host {

// While it lives, ALSA knows no other devices, in this process and in programs that it starts.
// PortAudio must not be initialised when it begins or ends.
class AlsaDevices {
 public:
  // `config`: the whole configuration of ALSA, with at least a "default" that need not work: where
  // all that is there works and nothing is called so, PortAudio 19.6 fails an assertion.
  explicit AlsaDevices(const std::string& config);
  ~AlsaDevices();
  AlsaDevices(const AlsaDevices&) = delete;
  AlsaDevices& operator=(const AlsaDevices&) = delete;

 private:
  TempDir dir_;
  std::string old_path_;
};

// A computer without any.
class NoMicrophone {
 private:
  AlsaDevices devices_{"pcm.default { type hw card 31 }\n"};
};

// A microphone, the default, that hears `samples` from its opening on, as fast as they are taken:
// nothing slows PortAudio down. Past their end it hears the last ones over and over. It knows no
// other rate, but any number of channels.
class VirtualMicrophone {
 public:
  static constexpr char kName[] = "default";

  // `samples`: interleaved.
  explicit VirtualMicrophone(const std::vector<int16_t>& samples, int rate_hz = 16000,
                             int channels = 1);

 private:
  TempDir dir_;
  AlsaDevices devices_;
};

}  // namespace earshot::host
