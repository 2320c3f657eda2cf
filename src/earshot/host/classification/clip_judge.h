// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ClipJudge: one answer for a clip, from a model's many answers to it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/classification/results.h"
#include "earshot/host/models/label_names.h"

namespace earshot::host {

// How a clip is judged. Preconditions: 1 <= least_count <= average_count.
struct ClipRule {
  size_t average_count = 1;  // Answers in a row that are averaged.
  size_t least_count = 1;    // At the clip's beginning, so many are an average already.
  // Q0.8. A keyword counts only where its average is above this. Empty: where it is on top.
  std::optional<uint8_t> threshold;
};

// A clip mostly holds what no word is, so the loudest answer counts, not the usual one. Scores are
// averaged; among these averages, a keyword on top (and above the threshold, where there is one)
// wins over any other label on top, that (e.g. "unknown") over silence, and among equals the
// highest score. Where there is none of these, the answer is the highest background label of the
// average in which a keyword came closest to the threshold; without one, of the mean of all
// averages. Models without background labels answer nothing then.
class ClipJudge {
 public:
  // One kind for each label.
  ClipJudge(std::vector<LabelKind> kinds, const ClipRule& rule);

  // The scores of one inference, one for each label. While nobody speaks keywords do not count.
  void Add(Span<const uint8_t> scores, bool nobody_speaks = false);

  // Fewer answers than least_count: of these all. Precondition: Add() was called.
  ClipAnswer Answer() const;

 private:
  // The mean of the `count` answers whose sums these are, with the label on top.
  ClipAnswer Mean(const std::vector<uint64_t>& sums, size_t count) const;
  bool Passes(const ClipAnswer& answer) const;
  void Compare(ClipAnswer answer, bool nobody_speaks);
  // What is said of an average in which nothing counts.
  ClipAnswer WithoutKeyword(ClipAnswer answer) const;

  std::vector<LabelKind> kinds_;
  ClipRule rule_;
  std::vector<std::vector<uint8_t>> recent_;  // The last average_count answers, in turn.
  size_t added_ = 0;
  size_t averages_ = 0;
  std::vector<uint64_t> recent_sums_;   // Of each label's scores in recent_.
  std::vector<uint64_t> average_sums_;  // Of each label's averages.
  std::optional<ClipAnswer> best_;      // Empty: nothing but silence counted so far.
  std::optional<ClipAnswer> closest_;   // The highest keyword that was not above the threshold.
};

}  // namespace earshot::host
