// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/classification/clip_judge.h"

#include <algorithm>
#include <utility>

namespace earshot::host {

ClipJudge::ClipJudge(std::vector<LabelKind> kinds, const ClipRule& rule)
    : kinds_(std::move(kinds)),
      rule_(rule),
      recent_(rule.average_count, std::vector<uint8_t>(kinds_.size())),
      recent_sums_(kinds_.size()),
      average_sums_(kinds_.size()) {}

// Where there is a threshold it is compared with what the recognizer of streams would compare: a
// truncated mean.
ClipAnswer ClipJudge::Mean(const std::vector<uint64_t>& sums, size_t count) const {
  const uint64_t rounding = rule_.threshold ? 0 : count / 2;
  ClipAnswer mean;
  for (const uint64_t sum : sums) {
    mean.scores.push_back(static_cast<uint8_t>((sum + rounding) / count));
  }
  const auto top = std::max_element(mean.scores.begin(), mean.scores.end());
  mean.label = static_cast<size_t>(top - mean.scores.begin());
  mean.score = *top;
  return mean;
}

bool ClipJudge::Passes(const ClipAnswer& answer) const {
  return kinds_[*answer.label] != LabelKind::kKeyword || !rule_.threshold ||
         answer.score > *rule_.threshold;
}

void ClipJudge::Compare(ClipAnswer answer, bool nobody_speaks) {
  const auto rank = [this](const ClipAnswer& one) {
    return std::pair(kinds_[*one.label], one.score);
  };
  if (kinds_[*answer.label] == LabelKind::kSilence) return;
  const bool may_count = !nobody_speaks || kinds_[*answer.label] != LabelKind::kKeyword;
  std::optional<ClipAnswer>& best = may_count && Passes(answer) ? best_ : closest_;
  if (!best || rank(answer) > rank(*best)) best = std::move(answer);
}

void ClipJudge::Add(Span<const uint8_t> scores, bool nobody_speaks) {
  std::vector<uint8_t>& oldest = recent_[added_ % rule_.average_count];
  for (size_t i = 0; i < kinds_.size(); ++i) {
    recent_sums_[i] += scores[i];
    recent_sums_[i] -= oldest[i];
    oldest[i] = scores[i];
  }
  if (++added_ < rule_.least_count) return;
  ClipAnswer average = Mean(recent_sums_, std::min(added_, rule_.average_count));
  ++averages_;
  for (size_t i = 0; i < kinds_.size(); ++i) average_sums_[i] += average.scores[i];
  Compare(std::move(average), nobody_speaks);
}

ClipAnswer ClipJudge::WithoutKeyword(ClipAnswer answer) const {
  answer.label.reset();
  answer.score = *std::max_element(answer.scores.begin(), answer.scores.end());
  for (size_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i] == LabelKind::kKeyword) continue;
    if (answer.label && answer.scores[i] <= answer.scores[*answer.label]) continue;
    answer.label = i;
    answer.score = answer.scores[i];
  }
  return answer;
}

ClipAnswer ClipJudge::Answer() const {
  if (averages_ > 0 && best_) return *best_;
  if (averages_ > 0 && closest_) return WithoutKeyword(*closest_);
  ClipAnswer mean = averages_ > 0 ? Mean(average_sums_, averages_) : Mean(recent_sums_, added_);
  return Passes(mean) ? mean : WithoutKeyword(std::move(mean));
}

}  // namespace earshot::host
