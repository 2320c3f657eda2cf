// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Microphones of this computer, by way of PortAudio.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "earshot/host/listening/audio_source.h"

namespace earshot::host {

// A device with at least one input channel.
struct MicrophoneInfo {
  int index = 0;  // PortAudio's, for --device.
  std::string name;
  std::string host_api;  // E.g. "ALSA".
  int channels = 0;
  double native_rate_hz = 0;
  bool is_default = false;
};

// All there are, by index; perhaps none. Throws DeviceError when PortAudio does not work here.
std::vector<MicrophoneInfo> ListMicrophones();

struct MicrophoneChoice {
  std::string device;  // An index, or (a part of, whatever the case) its name; empty: the default.
  int channel = 0;     // From 1 on; 0: the mean of all.
};

// Opens it at 16 kHz where it can, else at its native rate with a resampler behind. Throws
// DeviceError: there is none such, several match, it cannot be opened, or has no such channel.
std::unique_ptr<AudioSource> OpenMicrophone(const MicrophoneChoice& choice);

}  // namespace earshot::host
