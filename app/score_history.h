// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ScoreHistory: the latest results of a model and, per label, the sum of their scores.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/span.h"
#include "runtime/arena.h"

namespace earshot {

// A ring of (time, one Q0.8 score per label). The sums follow each change, so that an average costs
// one division however long the history is.
class ScoreHistory {
 public:
  // Unusable: to be assigned to.
  ScoreHistory() = default;

  // Takes its memory from `arena`: when that does not fit, the history is unusable. Preconditions:
  // both numbers are at least 1; capacity * 255 fits in uint32_t.
  ScoreHistory(size_t capacity, size_t label_count, Arena& arena);

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool full() const { return size_ == times_.size(); }
  // Precondition: not empty().
  int64_t oldest_ms() const { return times_[first_]; }

  // Precondition: not full(); one score per label.
  void Push(int64_t time_ms, Span<const uint8_t> scores);
  // Precondition: not empty().
  void DropOldest();
  // Drops results from the oldest on until one is not before `time_ms`.
  void DropBefore(int64_t time_ms);
  void Clear();

  // The mean score of a label, truncated; Q0.8. Precondition: not empty().
  uint8_t Average(size_t label) const {
    return static_cast<uint8_t>(sums_[label] / static_cast<uint32_t>(size_));
  }

 private:
  Span<uint8_t> ScoresAt(size_t slot) const {
    return scores_.subspan(slot * sums_.size(), sums_.size());
  }

  Span<int64_t> times_;   // One per slot.
  Span<uint32_t> sums_;   // One per label.
  Span<uint8_t> scores_;  // Slot by slot.
  size_t first_ = 0;      // Slot of the oldest.
  size_t size_ = 0;
};

}  // namespace earshot
