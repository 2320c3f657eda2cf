// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LevelMeter: from samples to one LevelLine a second, as a board's mic-check application sends
// them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "earshot/base/span.h"

namespace earshot::host {

// What was heard since the line before, about one second. Levels in units of int16 samples.
struct LevelLine {
  std::optional<int64_t> time_ms;  // When, by the clock of whoever measured; empty: it has none.
  int64_t samples = 0;
  int64_t dropped = 0;       // Blocks of samples that were lost; of a computer's microphone, gaps.
  int64_t lost_samples = 0;  // In these gaps; a board does not count them.
  int32_t dc = 0;            // Mean.
  int32_t rms = 0;           // Root mean square around the mean.
  int32_t peak = 0;          // Largest magnitude, 0 to 32768.
  int64_t clipped = 0;       // Samples at either end of the range.
};

class LevelMeter {
 public:
  using Take = std::function<void(const LevelLine&)>;

  // A line after every `samples_per_line`.
  LevelMeter(int64_t samples_per_line, Take take)
      : samples_per_line_(samples_per_line), take_(std::move(take)) {}

  void Add(Span<const int16_t> samples);

  // One gap: so many samples were lost after those before.
  void AddLost(int64_t samples);

  // A line of what is left, if that is at least half of one, or all that there is.
  void Finish();

 private:
  void Emit();

  int64_t samples_per_line_;
  Take take_;
  bool has_emitted_ = false;
  // Of the line that is being measured.
  int64_t count_ = 0;
  int64_t sum_ = 0;
  int64_t square_sum_ = 0;
  int32_t peak_ = 0;
  int64_t clipped_ = 0;
  int64_t gaps_ = 0;
  int64_t lost_ = 0;
};

}  // namespace earshot::host
