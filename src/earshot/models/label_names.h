// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Names: the one rule by which names of labels and of words are compared, wherever they come from
// (labels, manifests, folders, lists), and what some names say by themselves. For hosts only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace earshot {

// How many of a model's first labels can be background: RecognizerConfig::background_labels has a
// bit for each.
constexpr size_t kMostBackgroundLabels = 32;

// The text without blanks (space, tab, line ends) around it.
std::string WithoutBlanks(const std::string& text);

// Whether two names are one: without case, without blanks and underscores around them, and with
// blanks, "_" and "-" inside them left out. So "_Silence_" is "silence", and "okay nabu",
// "okay_nabu" and "OkayNabu" are one. Case is known of Latin, Greek and Cyrillic letters.
bool IsSameName(const std::string& a, const std::string& b);

// What IsSameName() compares: equal for names that are one.
std::string NameKey(const std::string& name);

// The first label of this name.
std::optional<size_t> FindLabel(const std::vector<std::string>& labels, const std::string& name);

// Whether a name stands for the absence of words: "silence", "_background_noise_", "noise" ...
bool IsSilence(const std::string& name);

// Whether a name stands for whatever is no keyword: IsSilence(), "unknown", "other", "negative" ...
bool IsBackgroundName(const std::string& name);

// What the labels should be and are not: not empty, each name once. Empty: nothing is wrong.
std::string WrongWithLabels(const std::vector<std::string>& labels);

// Bits as in RecognizerConfig::background_labels.
struct BackgroundLabels {
  uint32_t bits = 0;
  std::string wrong;  // What the choice should be and is not; empty: nothing is wrong.
};

// The labels that are background by their names. The only label of a model never is: it is what the
// model is for.
BackgroundLabels BackgroundByName(const std::vector<std::string>& labels);

// The labels of these names. Wrong: a name that is none of the labels that can be background.
// Wrong for both: no label is left that is not background.
BackgroundLabels BackgroundOf(const std::vector<std::string>& labels,
                              const std::vector<std::string>& names);

// Whether a label stands for the absence of keywords; `bits` as above.
bool IsBackground(uint32_t bits, size_t label);

// The labels that are background, as they are written.
std::vector<std::string> NamesOfBackground(const std::vector<std::string>& labels, uint32_t bits);

}  // namespace earshot
