// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/models/manifest_text.h"

namespace earshot::test {

using nlohmann::json;

json FullManifest() {
  return json::parse(R"({
    "type": "micro",
    "wake_word": "yes",
    "author": "Somebody",
    "model": "model.tflite",
    "trained_languages": ["en", "de"],
    "version": 2,
    "micro": {
      "probability_cutoff": 0.9,
      "sliding_window_size": 7,
      "feature_step_size": 10,
      "tensor_arena_size": 12345
    },
    "earshot": {
      "labels": ["noise", "yes", "no", "other"],
      "frontend": {
        "sample_rate_hz": 16000,
        "window_ms": 30,
        "stride_ms": 10,
        "channels": 40,
        "lower_hz": 125,
        "upper_hz": 7500,
        "noise_reduction": {
          "smoothing_bits": 10, "even": 0.025, "odd": 0.06, "min_signal_remaining": 0.05
        },
        "pcan": {"enabled": true, "strength": 0.95, "offset": 80, "gain_bits": 21},
        "log": {"enabled": true, "scale_shift": 6}
      },
      "recognizer": {
        "average_window_ms": 500,
        "threshold": 0.7,
        "release_threshold": 0.4,
        "suppression_ms": 700,
        "minimum_count": 2,
        "background_labels": ["noise", "other"],
        "warm_up_ms": 900
      },
      "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    }
  })");
}

json MicroManifest() {
  return json::parse(R"({
    "type": "micro",
    "wake_word": "Okay House",
    "author": "Somebody",
    "website": "https://example.com/",
    "model": "okay_house.tflite",
    "trained_languages": ["en"],
    "version": 2,
    "micro": {
      "probability_cutoff": 0.97,
      "feature_step_size": 10,
      "sliding_window_size": 5,
      "tensor_arena_size": 22860,
      "minimum_esphome_version": "2024.7.0"
    }
  })");
}

std::string With(json manifest, const std::string& pointer, const json& value) {
  manifest[json::json_pointer(pointer)] = value;
  return manifest.dump();
}

std::string Without(json manifest, const std::string& pointer) {
  const json::json_pointer place(pointer);
  manifest[place.parent_pointer()].erase(place.back());
  return manifest.dump();
}

}  // namespace earshot::test
