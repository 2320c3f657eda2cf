// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LoadMeter: how much of its time the processor works, and whether it keeps up.
#pragma once

#include <cstdint>

namespace earshot {

class LoadMeter {
 public:
  // Around the work on each block of audio.
  void Begin();
  // `late`: the audio queue had filled up meanwhile, so one more block would have been lost.
  void End(bool late);

  // The share of time in work since the last call (or the start), in thousandths.
  uint32_t TakePermille();
  uint32_t blocks() const { return blocks_; }
  uint32_t late_blocks() const { return late_blocks_; }
  // The longest work on one block, in microseconds.
  uint32_t longest_us() const;

 private:
  uint32_t begin_ticks_ = 0;
  uint32_t busy_us_ = 0;  // Since the last TakePermille(); up to 71 minutes of work.
  uint32_t since_ms_ = 0;
  uint32_t longest_ticks_ = 0;
  uint32_t blocks_ = 0;
  uint32_t late_blocks_ = 0;
};

}  // namespace earshot
