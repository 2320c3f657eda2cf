// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LevelMeter: from samples to one LevelLine a second, as a board's mic-check application sends
// them.
#pragma once

#include <cstdint>
#include <functional>

#include "earshot/base/span.h"
#include "earshot/host/mic_check/microphone_judge.h"

namespace earshot::host {

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
