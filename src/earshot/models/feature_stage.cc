// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/feature_stage.h"

namespace earshot {

std::vector<FeatureStage> OpenWakeWordStages(const std::string& mel_spectrogram,
                                             const std::string& embedding) {
  return {{mel_spectrogram, 1760, 1280, 0.1f, 2.0f}, {embedding, 76, 8, 1.0f, 0.0f}};
}

}  // namespace earshot
