// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FeatureStage: one model of a chain that makes the features for another model, in place of the
// front end. For hosts only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace earshot {

// A stage hears rows of numbers: of the first one a row is a sample, of every other one what the
// stage before gives for a moment.
struct FeatureStage {
  std::string model;    // Path of a .tflite file.
  int32_t frame = 1;    // Rows that the model sees at once, in the order of time.
  int32_t hop = 1;      // New ones among them, from one inference to the next.
  float scale = 1.0f;   // What the model gives is multiplied by this, ...
  float offset = 0.0f;  // ... and then this is added.
};

// Of frame and hop.
constexpr int32_t kMostStageRows = 1000000;

// The two stages before every head of openWakeWord: a mel spectrogram (of 1,760 samples, every
// 1,280 of them, eight rows of 32 bands, in tenths of a decibel and 2 more) and a speech embedding
// (of 76 of these rows, every eight of them, 96 numbers). Source: dscripka/openWakeWord.
std::vector<FeatureStage> OpenWakeWordStages(const std::string& mel_spectrogram,
                                             const std::string& embedding);

}  // namespace earshot
