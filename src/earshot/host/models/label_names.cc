// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/label_names.h"

namespace earshot::host {

std::vector<LabelKind> LabelKinds(const std::vector<std::string>& labels,
                                  uint32_t background_labels) {
  std::vector<LabelKind> kinds(labels.size(), LabelKind::kKeyword);
  for (size_t i = 0; i < labels.size(); ++i) {
    if (!IsBackground(background_labels, i)) continue;
    kinds[i] = IsSilence(labels[i]) ? LabelKind::kSilence : LabelKind::kOtherBackground;
  }
  return kinds;
}

}  // namespace earshot::host
