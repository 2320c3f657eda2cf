// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SilenceWatch: whether a microphone is gone, since nothing says so but that no sound comes.
#pragma once

#include <chrono>

namespace earshot::host {

class SilenceWatch {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;
  using Duration = std::chrono::steady_clock::duration;

  // A device without sound for so long is gone; so it is told within a second. Some servers and
  // wireless microphones take their time until the first sound comes.
  static constexpr std::chrono::milliseconds kLongestSilence{900};
  static constexpr std::chrono::milliseconds kLongestStart{5000};
  // Where a look comes so much later than the one before, this program did not run. Perhaps
  // nothing did, because the computer slept or was very busy: watching begins anew.
  static constexpr std::chrono::milliseconds kLongestPause{100};

  // The device is opened.
  explicit SilenceWatch(TimePoint now) : looked_(now), since_(now) {}

  // For how long no sound has come although it should have; 0: all is well. `latest`: when some
  // came, the clock's epoch: never yet. To be called again and again, at least each kLongestPause.
  Duration Look(TimePoint now, TimePoint latest);

 private:
  TimePoint looked_;
  TimePoint since_;  // Since when it is watched without a long pause.
};

}  // namespace earshot::host
