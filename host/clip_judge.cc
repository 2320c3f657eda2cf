// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/clip_judge.h"

#include <algorithm>
#include <utility>

namespace earshot::host {

ClipJudge::ClipJudge(std::vector<LabelKind> kinds, size_t average_count)
    : kinds_(std::move(kinds)),
      average_count_(average_count),
      recent_(average_count, std::vector<uint8_t>(kinds_.size())),
      recent_sums_(kinds_.size()),
      average_sums_(kinds_.size()) {}

ClipAnswer ClipJudge::Mean(const std::vector<uint64_t>& sums, size_t count) const {
  ClipAnswer mean;
  for (const uint64_t sum : sums) {
    mean.scores.push_back(static_cast<uint8_t>((sum + count / 2) / count));
  }
  const auto top = std::max_element(mean.scores.begin(), mean.scores.end());
  mean.label = static_cast<size_t>(top - mean.scores.begin());
  return mean;
}

void ClipJudge::Compare(ClipAnswer answer) {
  const auto rank = [this](const ClipAnswer& one) {
    return std::pair(kinds_[one.label], one.scores[one.label]);
  };
  if (kinds_[answer.label] == LabelKind::kSilence) return;
  if (!best_ || rank(answer) > rank(*best_)) best_ = std::move(answer);
}

void ClipJudge::Add(Span<const uint8_t> scores) {
  std::vector<uint8_t>& oldest = recent_[added_ % average_count_];
  for (size_t i = 0; i < kinds_.size(); ++i) {
    recent_sums_[i] += scores[i];
    recent_sums_[i] -= oldest[i];
    oldest[i] = scores[i];
  }
  if (++added_ < average_count_) return;
  ClipAnswer average = Mean(recent_sums_, average_count_);
  for (size_t i = 0; i < kinds_.size(); ++i) average_sums_[i] += average.scores[i];
  Compare(std::move(average));
}

ClipAnswer ClipJudge::Answer() const {
  if (added_ < average_count_) return Mean(recent_sums_, added_);
  return best_ ? *best_ : Mean(average_sums_, added_ - average_count_ + 1);
}

}  // namespace earshot::host
