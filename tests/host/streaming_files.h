// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model that remembers, as files: tests/support/streaming_model.h with a manifest.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace earshot::host {

// The manifest of test::StreamingModel(): labels "silence", "yes", "no", 2 strides per inference,
// 110 ms of context and a clip tail of 100 ms.
nlohmann::json StreamingManifest();

// Writes `directory`/model.tflite and, unless it is null, `directory`/manifest.json; returns the
// model's path.
std::string WriteStreamingModel(const std::string& directory, const nlohmann::json& manifest);

// Writes test::StreamingWakeWord(), which hears sound of any kind, with a manifest of this cutoff;
// returns its path.
std::string WriteVoiceModel(const std::string& directory, double probability_cutoff);

}  // namespace earshot::host
