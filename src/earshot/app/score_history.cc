// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/score_history.h"

namespace earshot {

ScoreHistory::ScoreHistory(size_t capacity, size_t label_count, uint16_t window_ms, Arena& arena)
    : window_ms_(window_ms) {
  uint32_t offset = 0;
  sums_ = arena.Allocate<uint32_t>(label_count, &offset);
  gaps_ms_ = arena.Allocate<uint16_t>(capacity, &offset);
  scores_ = arena.Allocate<uint8_t>(capacity * label_count, &offset);
}

void ScoreHistory::Push(uint32_t elapsed_ms, Span<const uint8_t> scores) {
  if (elapsed_ms > window_ms_) Clear();
  if (!empty()) span_ms_ += elapsed_ms;
  while (span_ms_ > window_ms_) DropOldest();
  if (full()) DropOldest();
  size_t slot = first_ + size_;
  if (slot >= gaps_ms_.size()) slot -= gaps_ms_.size();
  // Fits, or is never read: after a gap longer than the window this is the oldest result, and only
  // gaps between two results that are kept are read.
  gaps_ms_[slot] = static_cast<uint16_t>(elapsed_ms);
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
  if (first_ == gaps_ms_.size()) first_ = 0;
  --size_;
  span_ms_ = empty() ? 0 : span_ms_ - gaps_ms_[first_];
}

void ScoreHistory::Clear() {
  for (uint32_t& sum : sums_) sum = 0;
  first_ = 0;
  size_ = 0;
  span_ms_ = 0;
}

}  // namespace earshot
