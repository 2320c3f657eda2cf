// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/word_picker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "earshot/host/errors.h"
#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

constexpr uint32_t kWords = 3;  // What Random is for; see there.

// The words that there are, for an error.
std::string WordsText(const std::map<std::string, std::string>& spellings) {
  constexpr size_t kMostNamed = 10;
  std::string text;
  size_t named = 0;
  for (const auto& word : spellings) {
    if (named == kMostNamed) return text + fmt::format(" and {} more", spellings.size() - named);
    text += (named++ == 0 ? "; there are: " : ", ") + word.second;
  }
  return text;
}

}  // namespace

WordPicker::WordPicker(std::vector<LabelledClip> clips, const std::vector<std::string>& keywords,
                       double keyword_share, uint64_t seed)
    : keywords_(keywords),
      share_ppm_(std::llround(keyword_share * static_cast<double>(kMillion))),
      random_(seed, kWords) {
  std::map<std::string, std::vector<LabelledClip>> by_label;
  std::map<std::string, std::string> spellings;  // Of words, as they came first.
  std::vector<LabelledClip> others;
  for (LabelledClip& clip : clips) {
    const std::optional<size_t> keyword = FindLabel(keywords, clip.word);
    if (keyword) {
      clip.word = keywords[*keyword];
    } else if (IsSilence(clip.word)) {
      continue;
    } else {
      clip.word = spellings.emplace(NameKey(clip.word), clip.word).first->second;
    }
    if (keywords.empty() || keyword) {
      by_label[clip.word].push_back(std::move(clip));
    } else {
      others.push_back(std::move(clip));
    }
  }
  if (keywords.empty()) {
    for (const auto& label : by_label) keywords_.push_back(label.first);
  }
  for (const std::string& keyword : keywords_) {
    if (by_label[keyword].empty()) {
      throw InputError(
          fmt::format("--words: no clips of the keyword \"{}\"{}", keyword, WordsText(spellings)));
    }
    decks_.emplace_back(std::move(by_label[keyword]));
  }
  others_ = Deck<LabelledClip>(std::move(others));
  if (decks_.empty()) throw InputError("--words: no clips of words");
}

bool WordPicker::IsKeyword(const std::string& label) const {
  return std::find(keywords_.begin(), keywords_.end(), label) != keywords_.end();
}

void WordPicker::EachOnce() {
  each_once_ = true;
  for (Deck<LabelledClip>& deck : decks_) {
    for (size_t left = deck.size(); left > 0; --left) order_.push_back(deck.Draw(&random_));
  }
  const auto keyword_clips = static_cast<int64_t>(order_.size());
  const auto all_others = static_cast<int64_t>(others_.size());
  const int64_t wanted =
      share_ppm_ == 0 ? all_others : keyword_clips * (kMillion - share_ppm_) / share_ppm_;
  for (int64_t left = std::min(wanted, all_others); left > 0; --left) {
    order_.push_back(others_.Draw(&random_));
  }
  random_.Shuffle(&order_);
}

Deck<LabelledClip>* WordPicker::PickDeck() {
  std::vector<Deck<LabelledClip>*> filled;
  for (Deck<LabelledClip>& deck : decks_) {
    if (!deck.empty()) filled.push_back(&deck);
  }
  const bool wants_keyword = random_.Between(1, kMillion) <= share_ppm_;
  if (filled.empty() || (!wants_keyword && !others_.empty())) {
    return others_.empty() ? nullptr : &others_;
  }
  return filled[static_cast<size_t>(random_.Below(filled.size()))];
}

bool WordPicker::Next(LabelledClip* clip) {
  if (each_once_) {
    if (order_.empty()) return false;
    *clip = std::move(order_.back());
    order_.pop_back();
    return true;
  }
  last_ = PickDeck();
  if (last_ == nullptr) return false;
  *clip = last_->Draw(&random_);
  return true;
}

void WordPicker::DropLast() {
  if (last_ != nullptr) last_->Drop();
}

}  // namespace earshot::host
