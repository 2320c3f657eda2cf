// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ScoreHistory: the latest results of a model and, per label, the sum of their scores.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/runtime/arena.h"

namespace earshot {

// A ring of (age, one Q0.8 score per label). Results older than a window of time are dropped. The
// sums follow each change, so that an average costs one division however long the history is.
class ScoreHistory {
 public:
  // Unusable: to be assigned to.
  ScoreHistory() = default;

  // Takes its memory from `arena`: when that does not fit, the history is unusable. Preconditions:
  // both numbers are at least 1; capacity * 255 fits in uint32_t.
  ScoreHistory(size_t capacity, size_t label_count, uint16_t window_ms, Arena& arena);

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool full() const { return size_ == gaps_ms_.size(); }
  // The time from the oldest result to the newest. 0 when there is only one, or none.
  uint32_t span_ms() const { return span_ms_; }

  // Appends a result that comes `elapsed_ms` after the previous one; drops those that are now more
  // than window_ms older, and the oldest where there is no room. Precondition: one score per label.
  void Push(uint32_t elapsed_ms, Span<const uint8_t> scores);
  void Clear();

  // The mean score of a label, truncated; Q0.8. Precondition: not empty().
  uint8_t Average(size_t label) const {
    return static_cast<uint8_t>(sums_[label] / static_cast<uint32_t>(size_));
  }

 private:
  // Precondition: not empty().
  void DropOldest();
  Span<uint8_t> ScoresAt(size_t slot) const {
    return scores_.subspan(slot * sums_.size(), sums_.size());
  }

  Span<uint32_t> sums_;     // One per label.
  Span<uint16_t> gaps_ms_;  // One per slot: from the result before to this one.
  Span<uint8_t> scores_;    // Slot by slot.
  size_t first_ = 0;        // Slot of the oldest.
  size_t size_ = 0;
  uint32_t span_ms_ = 0;
  uint16_t window_ms_ = 0;
};

}  // namespace earshot
