// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/label_names.h"

#include <cstddef>

namespace earshot::host {

bool IsSilence(const std::string& word) {
  return word == "silence" || word == "_silence_" || word == "_background_noise_";
}

std::vector<LabelKind> LabelKinds(const std::vector<std::string>& labels,
                                  uint32_t background_labels) {
  std::vector<LabelKind> kinds(labels.size(), LabelKind::kKeyword);
  for (size_t i = 0; i < labels.size() && i < 32; ++i) {
    if ((background_labels >> i & 1) == 0) continue;
    kinds[i] = IsSilence(labels[i]) ? LabelKind::kSilence : LabelKind::kOtherBackground;
  }
  return kinds;
}

}  // namespace earshot::host
