// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the names of labels, and of the words in data sets, say by themselves.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace earshot::host {

// Whether a word is a name for the absence of words.
bool IsSilence(const std::string& word);

// In ascending order of how much they tell about a recording.
enum class LabelKind {
  kSilence,          // Its name says so.
  kOtherBackground,  // Something that is no keyword, e.g. "unknown".
  kKeyword,
};

// `background_labels`: bit i: label i is no keyword (RecognizerConfig::background_labels).
std::vector<LabelKind> LabelKinds(const std::vector<std::string>& labels,
                                  uint32_t background_labels);

}  // namespace earshot::host
