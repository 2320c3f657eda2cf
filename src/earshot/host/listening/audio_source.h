// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AudioSource: sound as it comes in, from a microphone or a pipe.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace earshot::host {

// What came in since the block before. All counts are at 16 kHz.
struct AudioBlock {
  using Clock = std::chrono::steady_clock;

  int64_t lost_samples = 0;      // That should have come before these: the program was too slow.
  std::vector<int16_t> samples;  // 16 kHz, mono.
  Clock::time_point arrival;     // When the last of them was there.
};

class AudioSource {
 public:
  enum class State {
    kOpen,
    kEnd,  // There is no more. Microphones never end.
  };

  virtual ~AudioSource() = default;

  // For people, what it is and what is done to its samples, e.g. "USB Microphone (ALSA), 48000 Hz,
  // channel 1 of 2, resampled to 16000 Hz".
  virtual const std::string& description() const = 0;

  // Waits until there are samples or `longest` has passed and replaces `*block`; it may be empty.
  // Throws InputError: a file or pipe cannot be read. Throws DeviceError: the device is gone; the
  // source is of no more use, and whoever wants to go on opens another.
  virtual State Read(std::chrono::milliseconds longest, AudioBlock* block) = 0;
};

}  // namespace earshot::host
