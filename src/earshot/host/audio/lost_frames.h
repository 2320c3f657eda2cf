// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LostFrames: how much the operating system has dropped, where it only says that it has.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace earshot::host {

// By the device's clock: PortAudio flags a block before which input was dropped, and says when the
// block's first frame was recorded. Between blocks without the flag nothing counts as lost, however
// inexact their times are. For callbacks: no allocation, no lock.
class LostFrames {
 public:
  explicit LostFrames(double rate_hz) : rate_hz_(rate_hz) {}

  // Of each block: its frames, the time of the first in seconds, and whether input was dropped
  // before it. Returns how many frames that were: by the times, at least one, and where the times
  // make no sense (some systems leave them 0), as many as this block has.
  int64_t Before(int64_t frames, double time_s, bool dropped) {
    const double expected_s = next_s_;
    next_s_ = time_s + static_cast<double>(frames) / rate_hz_;
    if (!dropped) return 0;
    const double lost_s = time_s - expected_s;
    if (!(time_s > 0 && expected_s > 0 && lost_s > -kMostError && lost_s < kLongestGap)) {
      return std::max<int64_t>(1, frames);
    }
    return std::max<int64_t>(1, std::llround(lost_s * rate_hz_));
  }

 private:
  // A gap may seem negative by as much as the times are off. None is longer than a day.
  static constexpr double kMostError = 1;
  static constexpr double kLongestGap = 86400;

  double rate_hz_;
  double next_s_ = 0;  // When the next block should begin; 0: there was none yet.
};

}  // namespace earshot::host
