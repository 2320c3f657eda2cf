// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/unmatched_words.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <numeric>
#include <tuple>

#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

constexpr size_t kMostNamed = 8;

struct Word {
  std::string spelling;
  size_t count = 0;
  size_t distance = std::numeric_limits<size_t>::max();  // To the keyword spelled most like it.
};

// How many bytes have to be put in, taken out or changed to make one text of the other.
size_t Distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < b.size(); ++j) {
      const size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

std::string Text(const std::string& what, const std::vector<std::string>& words,
                 const std::vector<std::string>& labels, const std::vector<bool>& is_keyword) {
  std::map<std::string, Word> by_key;
  for (const std::string& word : words) {
    Word& one = by_key[NameKey(word)];
    if (one.count++ == 0) one.spelling = word;
  }
  std::vector<std::string> missing;
  for (size_t i = 0; i < labels.size(); ++i) {
    const bool is_missing = by_key.erase(NameKey(labels[i])) == 0;
    if (is_missing && is_keyword[i]) missing.push_back(labels[i]);
  }
  if (missing.empty()) return "";

  std::vector<Word> others;
  for (const auto& [key, word] : by_key) {
    if (IsBackgroundName(word.spelling)) continue;
    others.push_back(word);
    for (const std::string& label : missing) {
      others.back().distance = std::min(others.back().distance, Distance(key, NameKey(label)));
    }
  }
  std::stable_sort(others.begin(), others.end(), [](const Word& a, const Word& b) {
    return std::tuple(a.distance, b.count) < std::tuple(b.distance, a.count);
  });
  std::string text = fmt::format("no {} of {}", what, fmt::join(missing, ", "));
  for (size_t i = 0; i < std::min(others.size(), kMostNamed); ++i) {
    text += fmt::format("{}{} ({})", i == 0 ? "; words there that are no label: " : ", ",
                        others[i].spelling, others[i].count);
  }
  if (others.size() > kMostNamed) {
    text += fmt::format(" and {} more", others.size() - kMostNamed);
  }
  return text;
}

}  // namespace

std::vector<std::string> UnmatchedTexts(const std::vector<std::string>& labels,
                                        const std::vector<bool>& is_keyword,
                                        const EvaluationData& data) {
  std::vector<std::string> clips;
  for (const LabelledClip& clip : data.clips) clips.push_back(clip.word);
  std::vector<std::string> said;
  for (const LabelledStream& stream : data.streams) {
    for (const SaidWord& word : stream.words) said.push_back(word.word);
  }
  std::vector<std::string> texts;
  if (!data.clips.empty()) texts.push_back(Text("clips", clips, labels, is_keyword));
  if (!data.streams.empty()) texts.push_back(Text("words in streams", said, labels, is_keyword));
  texts.erase(std::remove(texts.begin(), texts.end(), ""), texts.end());
  return texts;
}

}  // namespace earshot::host
