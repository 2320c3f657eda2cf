// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Sound from a file or pipe, as if it were a microphone.
#pragma once

#include <memory>
#include <string>

#include "host/listening/audio_source.h"

namespace earshot::host {

enum class PipeSpeed {
  kMax,       // As fast as it can be read and heard.
  kRealtime,  // No faster than it was recorded.
};

// `path`: "-" for standard input. Raw little-endian 16-bit samples, 16 kHz mono, or a WAV file by its
// header, of any rate and number of channels; `channel` as in MicrophoneChoice. Throws InputError:
// cannot be read, no samples in a format that is known, or there is no such channel.
std::unique_ptr<AudioSource> OpenPipe(const std::string& path, PipeSpeed speed, int channel);

}  // namespace earshot::host
