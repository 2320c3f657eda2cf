// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Sound from a file or pipe, as if it were a microphone.
#pragma once

#include <atomic>
#include <memory>
#include <string>

#include "earshot/host/formats/sound_flaws.h"
#include "earshot/host/listening/audio_source.h"
#include "earshot/host/listening/listen_clock.h"

namespace earshot::host {

enum class PipeSpeed {
  kMax,       // As fast as it can be read and heard.
  kRealtime,  // No faster than it was recorded.
};

struct PipeChoice {
  std::string path = "-";  // "-" for standard input.
  PipeSpeed speed = PipeSpeed::kMax;
  int channel = 0;              // As in MicrophoneChoice.
  SoundFlaws* flaws = nullptr;  // Where behind the end is told what was missing; null: nowhere.
};

// Raw little-endian 16-bit samples, 16 kHz mono; what ReadSoundHeader() reads; or, where the path
// is that of a file, whatever AudioFile reads. Any rate and number of channels, converted as
// StreamConverter does it. Waits for the first bytes, until `stop` is true: then it returns null.
// Throws InputError: cannot be read, no sound, or there is no such channel.
std::unique_ptr<AudioSource> OpenPipe(const PipeChoice& choice, const std::atomic<bool>& stop,
                                      ListenClock* clock = &SystemListenClock());

}  // namespace earshot::host
