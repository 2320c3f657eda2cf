// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/clip_figures.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/evaluation/intervals.h"
#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

constexpr size_t kScoreValues = 256;

// Whether there is a row and a column for nothing: the model can answer so, or is asked about words
// that it has no label for.
bool HasNothing(const std::vector<ClipRecord>& clips, const std::vector<bool>& is_keyword) {
  const bool has_background = std::count(is_keyword.begin(), is_keyword.end(), false) > 0;
  return !has_background || std::any_of(clips.begin(), clips.end(), [](const ClipRecord& clip) {
    return clip.target < 0 || clip.heard < 0;
  });
}

void CountConfusion(const std::vector<bool>& is_keyword, ClipFigures* figures) {
  const size_t label_count = is_keyword.size();
  const size_t size = label_count + (HasNothing(figures->clips, is_keyword) ? 1 : 0);
  figures->confusion.assign(size, std::vector<size_t>(size));
  const auto index = [label_count](int label) {
    return label < 0 ? label_count : static_cast<size_t>(label);
  };
  for (const ClipRecord& clip : figures->clips) {
    ++figures->confusion[index(clip.target)][index(clip.heard)];
  }
}

// Everything that follows from the confusion matrix and from which answers are right.
void MeasureConfusion(const std::vector<bool>& is_keyword, ClipFigures* figures) {
  std::vector<size_t> right(figures->confusion.size());
  for (const ClipRecord& clip : figures->clips) {
    const size_t row = clip.target < 0 ? is_keyword.size() : static_cast<size_t>(clip.target);
    if (IsRight(clip, is_keyword)) ++right[row];
  }
  std::vector<Estimate> recalls;
  std::vector<Estimate> precisions;
  size_t all_right = 0;
  for (size_t i = 0; i < figures->confusion.size(); ++i) {
    const std::vector<size_t>& row = figures->confusion[i];
    size_t heard = 0;
    for (const std::vector<size_t>& other : figures->confusion) heard += other[i];
    recalls.push_back(Share(right[i], std::accumulate(row.begin(), row.end(), size_t{0})));
    precisions.push_back(Share(row[i], heard));
    all_right += right[i];
  }
  figures->accuracy = Share(all_right, figures->clips.size());
  figures->balanced_accuracy = MeanOfShares(recalls);
  if (recalls.size() > is_keyword.size()) {
    figures->nothing_recall = recalls.back();
    figures->nothing_precision = precisions.back();
    recalls.pop_back();
    precisions.pop_back();
  }
  figures->recall = std::move(recalls);
  figures->precision = std::move(precisions);
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
    const size_t accepted = clip.heard >= 0 && is_keyword[static_cast<size_t>(clip.heard)] ? 1 : 0;
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
  CountConfusion(is_keyword, &figures);
  MeasureConfusion(is_keyword, &figures);
  for (size_t label = 0; label < is_keyword.size(); ++label) {
    figures.auc.push_back(MeasureAuc(label, figures.clips));
  }
  MeasureOtherWords(is_keyword, &figures);
  return figures;
}

}  // namespace earshot::host
