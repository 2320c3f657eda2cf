// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/evaluation/clip_figures.h"

#include <algorithm>
#include <map>

#include "host/evaluation/data_sets.h"
#include "host/evaluation/intervals.h"
#include "host/label_names.h"

namespace earshot::host {
namespace {

constexpr size_t kScoreValues = 256;

void CountConfusion(size_t label_count, ClipFigures* figures) {
  figures->confusion.assign(label_count, std::vector<size_t>(label_count));
  for (const ClipRecord& clip : figures->clips) {
    const size_t row = clip.target < 0 ? label_count : static_cast<size_t>(clip.target);
    if (row == figures->confusion.size()) figures->confusion.emplace_back(label_count);
    ++figures->confusion[row][clip.heard];
  }
}

// Everything that follows from the confusion matrix alone.
void MeasureConfusion(size_t label_count, ClipFigures* figures) {
  size_t right = 0;
  size_t with_target = 0;
  for (size_t label = 0; label < label_count; ++label) {
    const std::vector<size_t>& row = figures->confusion[label];
    size_t said = 0;
    size_t heard = 0;
    for (const size_t count : row) said += count;
    for (const std::vector<size_t>& other : figures->confusion) heard += other[label];
    figures->recall.push_back(Share(row[label], said));
    figures->precision.push_back(Share(row[label], heard));
    right += row[label];
    with_target += said;
  }
  figures->accuracy = Share(right, with_target);
  figures->balanced_accuracy = MeanOfShares(figures->recall);
}

Estimate MeasureAuc(size_t label, const std::vector<ClipRecord>& clips) {
  ScoreHistogram own(kScoreValues);
  ScoreHistogram others(kScoreValues);
  for (const ClipRecord& clip : clips) {
    ++(clip.target == static_cast<int>(label) ? own : others)[clip.scores[label]];
  }
  return AreaUnderRoc(own, others);
}

void MeasureOtherWords(const std::vector<bool>& is_keyword, ClipFigures* figures) {
  struct Count {
    size_t accepted = 0;
    size_t all = 0;
  };
  std::map<std::string, Count> words;
  Count sum;
  for (const ClipRecord& clip : figures->clips) {
    const bool is_other = clip.target < 0 || !is_keyword[static_cast<size_t>(clip.target)];
    if (!is_other || IsSilence(clip.word)) continue;
    const size_t accepted = is_keyword[clip.heard] ? 1 : 0;
    for (Count* count : {&words[clip.word], &sum}) {
      count->accepted += accepted;
      ++count->all;
    }
  }
  figures->other_words_accepted = Share(sum.accepted, sum.all);
  for (const auto& [word, count] : words) {
    figures->by_word.push_back({word, Share(count.accepted, count.all)});
  }
  std::stable_sort(
      figures->by_word.begin(), figures->by_word.end(),
      [](const OtherWord& a, const OtherWord& b) { return a.accepted.low > b.accepted.low; });
}

}  // namespace

ClipFigures MeasureClips(std::vector<ClipRecord> clips, const std::vector<bool>& is_keyword) {
  ClipFigures figures;
  figures.clips = std::move(clips);
  CountConfusion(is_keyword.size(), &figures);
  MeasureConfusion(is_keyword.size(), &figures);
  for (size_t label = 0; label < is_keyword.size(); ++label) {
    figures.auc.push_back(MeasureAuc(label, figures.clips));
  }
  MeasureOtherWords(is_keyword, &figures);
  return figures;
}

}  // namespace earshot::host
