// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/label_names.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>

namespace earshot {
namespace {

constexpr char kBlanks[] = " \t\r\n\v\f";
constexpr char kAround[] = " \t\r\n\v\f_";

// Keys of names for the absence of words.
constexpr const char* kSilence[] = {
    "silence",                              // Speech Commands, micro_speech.
    "backgroundnoise", "backgroundnoises",  // Speech Commands' folder, Teachable Machine.
    "noise",           "noises",            // Edge Impulse.
    "background",      "nospeech",         "nonspeech", "nosound",
};

// Keys of names for sounds and words that are no keywords.
constexpr const char* kOther[] = {
    "unknown",                      // Speech Commands, micro_speech, Edge Impulse.
    "unknownword", "unknownwords",  //
    "other",       "others",       "otherword",
    "otherwords",  "negative",     "negatives",  // Collections for microWakeWord and openWakeWord.
    "none",        "nothing",                    //
    "nokeyword",   "nonkeyword",   "notkeyword",
    "nowakeword",  "nonwakeword",  "notwakeword",
};

std::string Without(const std::string& text, const char* around) {
  const size_t begin = text.find_first_not_of(around);
  if (begin == std::string::npos) return "";
  return text.substr(begin, text.find_last_not_of(around) + 1 - begin);
}

// A letter's small form. For the alphabets whose letters take two bytes in UTF-8 and whose small
// letters follow by a rule: Latin-1, Latin Extended-A, Greek, Cyrillic.
uint32_t SmallLetter(uint32_t code) {
  if (code >= 'A' && code <= 'Z') return code + 0x20;
  if (code >= 0xC0 && code <= 0xDE && code != 0xD7) return code + 0x20;
  if ((code >= 0x100 && code <= 0x137) || (code >= 0x14A && code <= 0x177)) return code | 1u;
  if ((code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17E)) return code + code % 2;
  if (code >= 0x391 && code <= 0x3A9) return code + 0x20;
  if (code >= 0x410 && code <= 0x42F) return code + 0x20;
  if (code >= 0x400 && code <= 0x40F) return code + 0x50;
  return code;
}

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80; }

std::string SmallLetters(const std::string& text) {
  std::string small;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0xC2 && byte <= 0xDF && i + 1 < text.size() && IsContinuation(text[i + 1])) {
      const uint32_t code =
          SmallLetter((byte & 0x1Fu) << 6 | (static_cast<unsigned char>(text[++i]) & 0x3Fu));
      small += static_cast<char>(0xC0 | code >> 6);
      small += static_cast<char>(0x80 | (code & 0x3Fu));
    } else {
      small += byte < 0x80 ? static_cast<char>(SmallLetter(byte)) : text[i];
    }
  }
  return small;
}

template <size_t count>
bool IsOneOf(const char* const (&keys)[count], const std::string& name) {
  const std::string key = NameKey(name);
  return std::any_of(std::begin(keys), std::end(keys),
                     [&key](const char* one) { return key == one; });
}

void CheckThatOneIsLeft(const std::vector<std::string>& labels, BackgroundLabels* background) {
  if (labels.empty() || labels.size() > kMostBackgroundLabels) return;
  const auto all = static_cast<uint32_t>((uint64_t{1} << labels.size()) - 1);
  if (background->bits == all) background->wrong = "at least one label that is not background";
}

}  // namespace

std::string WithoutBlanks(const std::string& text) { return Without(text, kBlanks); }

std::string NameKey(const std::string& name) {
  const std::string inner = Without(name, kAround);
  // Nothing but underscores is a name as well.
  if (inner.empty()) return WithoutBlanks(name);
  std::string key = SmallLetters(inner);
  const char first = key[0];
  key.erase(std::remove_if(key.begin(), key.end(),
                           [](char c) { return c == '-' || std::strchr(kAround, c) != nullptr; }),
            key.end());
  // A sign at the beginning is none between two parts: "-1" is not "1".
  return first == '-' ? first + key : key;
}

bool IsSameName(const std::string& a, const std::string& b) { return NameKey(a) == NameKey(b); }

std::optional<size_t> FindLabel(const std::vector<std::string>& labels, const std::string& name) {
  const std::string key = NameKey(name);
  const auto found = std::find_if(labels.begin(), labels.end(), [&key](const std::string& label) {
    return NameKey(label) == key;
  });
  if (found == labels.end()) return {};
  return static_cast<size_t>(found - labels.begin());
}

bool IsSilence(const std::string& name) { return IsOneOf(kSilence, name); }

bool IsBackgroundName(const std::string& name) { return IsSilence(name) || IsOneOf(kOther, name); }

std::string WrongWithLabels(const std::vector<std::string>& labels) {
  std::map<std::string, std::string> by_key;
  for (const std::string& label : labels) {
    if (WithoutBlanks(label).empty()) return "labels that are not empty";
    const auto [first, is_new] = by_key.emplace(NameKey(label), label);
    if (is_new) continue;
    if (first->second == label) {
      return fmt::format("each label once, but \"{}\" comes twice", label);
    }
    return fmt::format("each label once, but \"{}\" and \"{}\" are one name", first->second, label);
  }
  return "";
}

BackgroundLabels BackgroundByName(const std::vector<std::string>& labels) {
  BackgroundLabels background;
  if (labels.size() == 1) return background;
  for (size_t i = 0; i < std::min(labels.size(), kMostBackgroundLabels); ++i) {
    if (IsBackgroundName(labels[i])) background.bits |= 1u << i;
  }
  CheckThatOneIsLeft(labels, &background);
  return background;
}

BackgroundLabels BackgroundOf(const std::vector<std::string>& labels,
                              const std::vector<std::string>& names) {
  BackgroundLabels background;
  for (const std::string& name : names) {
    const std::optional<size_t> label = FindLabel(labels, name);
    if (!label || *label >= kMostBackgroundLabels) {
      background.wrong = fmt::format("some of the first {} labels; \"{}\" is none of them",
                                     kMostBackgroundLabels, name);
      return background;
    }
    background.bits |= 1u << *label;
  }
  CheckThatOneIsLeft(labels, &background);
  return background;
}

bool IsBackground(uint32_t bits, size_t label) {
  return label < kMostBackgroundLabels && (bits >> label & 1u) != 0;
}

std::vector<std::string> NamesOfBackground(const std::vector<std::string>& labels, uint32_t bits) {
  std::vector<std::string> names;
  for (size_t i = 0; i < labels.size(); ++i) {
    if (IsBackground(bits, i)) names.push_back(labels[i]);
  }
  return names;
}

}  // namespace earshot
