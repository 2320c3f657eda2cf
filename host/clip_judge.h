// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ClipJudge: one label for a clip, from a model's many answers to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/span.h"
#include "host/label_names.h"
#include "host/results.h"

namespace earshot::host {

// A clip mostly holds what no word is, so the loudest answer counts, not the usual one. Scores are
// averaged over `average_count` answers in a row; among these averages, a keyword on top wins over
// any other label on top, that (e.g. "unknown") over silence, and among equals the highest score.
// Where only silence is ever on top, the answer is the mean of all averages.
class ClipJudge {
 public:
  // One kind for each label. Precondition: average_count >= 1.
  ClipJudge(std::vector<LabelKind> kinds, size_t average_count);

  // The scores of one inference, one for each label.
  void Add(Span<const uint8_t> scores);

  // Fewer answers than `average_count`: of these all. Precondition: Add() was called.
  ClipAnswer Answer() const;

 private:
  // The mean of the `count` answers whose sums these are.
  ClipAnswer Mean(const std::vector<uint64_t>& sums, size_t count) const;
  void Compare(ClipAnswer answer);

  std::vector<LabelKind> kinds_;
  size_t average_count_;
  std::vector<std::vector<uint8_t>> recent_;  // The last average_count_ answers, in turn.
  size_t added_ = 0;
  std::vector<uint64_t> recent_sums_;   // Of each label's scores in recent_.
  std::vector<uint64_t> average_sums_;  // Of each label's averages.
  std::optional<ClipAnswer> best_;      // Empty: only silence was on top so far.
};

}  // namespace earshot::host
