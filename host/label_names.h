// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the names of labels, and of the words in data sets, say by themselves.
#pragma once

#include <cstddef>
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

// Whether a label stands for the absence of keywords. `background_labels`: bit i: label i does
// (RecognizerConfig::background_labels).
bool IsBackground(uint32_t background_labels, size_t label);

std::vector<LabelKind> LabelKinds(const std::vector<std::string>& labels,
                                  uint32_t background_labels);

}  // namespace earshot::host
