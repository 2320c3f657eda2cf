// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Labels by what they tell about a recording. How names are compared, and what some say by
// themselves: earshot/models/label_names.h.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "earshot/models/label_names.h"

namespace earshot::host {

// In ascending order of how much they tell about a recording.
enum class LabelKind {
  kSilence,          // Its name says so.
  kOtherBackground,  // Something that is no keyword, e.g. "unknown".
  kKeyword,
};

// `background_labels`: as in RecognizerConfig.
std::vector<LabelKind> LabelKinds(const std::vector<std::string>& labels,
                                  uint32_t background_labels);

}  // namespace earshot::host
