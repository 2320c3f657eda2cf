// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "app/score_history.h"

namespace earshot {

ScoreHistory::ScoreHistory(size_t capacity, size_t label_count, Arena& arena) {
  uint32_t offset = 0;
  times_ = arena.Allocate<int64_t>(capacity, &offset);
  sums_ = arena.Allocate<uint32_t>(label_count, &offset);
  scores_ = arena.Allocate<uint8_t>(capacity * label_count, &offset);
}

void ScoreHistory::Push(int64_t time_ms, Span<const uint8_t> scores) {
  size_t slot = first_ + size_;
  if (slot >= times_.size()) slot -= times_.size();
  times_[slot] = time_ms;
  const Span<uint8_t> place = ScoresAt(slot);
  for (size_t i = 0; i < place.size(); ++i) {
    place[i] = scores[i];
    sums_[i] += scores[i];
  }
  ++size_;
}

void ScoreHistory::DropOldest() {
  const Span<const uint8_t> scores = ScoresAt(first_);
  for (size_t i = 0; i < scores.size(); ++i) sums_[i] -= scores[i];
  ++first_;
  if (first_ == times_.size()) first_ = 0;
  --size_;
}

void ScoreHistory::DropBefore(int64_t time_ms) {
  while (!empty() && oldest_ms() < time_ms) DropOldest();
}

void ScoreHistory::Clear() {
  for (uint32_t& sum : sums_) sum = 0;
  first_ = 0;
  size_ = 0;
}

}  // namespace earshot
