// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/streaming_files.h"

#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "tests/host/test_files.h"
#include "tests/support/streaming_model.h"

namespace earshot::host {

nlohmann::json StreamingManifest() {
  return nlohmann::json::parse(R"({
    "type": "micro", "version": 2, "wake_word": "yes", "model": "model.tflite",
    "micro": {"probability_cutoff": 0.4, "sliding_window_size": 1, "feature_step_size": 20},
    "earshot": {
      "labels": ["silence", "yes", "no"],
      "strides_per_inference": 2,
      "context_ms": 110,
      "clip_tail_ms": 100
    }
  })");
}

namespace {

std::string Write(const test::ModelBuilder& model, const std::string& path) {
  const AlignedBytes bytes = model.Build();
  WriteBytes(path, std::vector<uint8_t>(bytes.span().begin(), bytes.span().end()));
  return path;
}

}  // namespace

std::string WriteStreamingModel(const std::string& directory, const nlohmann::json& manifest) {
  if (!manifest.is_null()) WriteText(directory + "/manifest.json", manifest.dump());
  return Write(test::StreamingModel(), directory + "/model.tflite");
}

std::string WriteVoiceModel(const std::string& directory, double probability_cutoff) {
  const nlohmann::json manifest = {{"type", "micro"},
                                   {"version", 2},
                                   {"wake_word", "voice"},
                                   {"model", "voice.tflite"},
                                   {"micro",
                                    {{"probability_cutoff", probability_cutoff},
                                     {"sliding_window_size", 5},
                                     {"feature_step_size", 20}}}};
  WriteText(directory + "/voice.json", manifest.dump());
  return Write(test::StreamingWakeWord(), directory + "/voice.tflite");
}

}  // namespace earshot::host
