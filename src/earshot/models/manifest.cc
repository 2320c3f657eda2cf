// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/manifest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "earshot/models/sha256.h"

namespace earshot {
namespace {

struct KeyAndNumber {
  const char* key;
  float value;  // Holds every integer here exactly.
};

std::vector<KeyAndNumber> Numbers(const FrontendConfig& config) {
  const auto real = [](int32_t value) { return static_cast<float>(value); };
  return {{"sample_rate_hz", real(config.sample_rate_hz)},
          {"window_ms", real(config.window_ms)},
          {"channels", real(config.channels)},
          {"lower_hz", config.lower_hz},
          {"upper_hz", config.upper_hz},
          {"noise_reduction.smoothing_bits", real(config.noise_reduction.smoothing_bits)},
          {"noise_reduction.even", config.noise_reduction.even_smoothing},
          {"noise_reduction.odd", config.noise_reduction.odd_smoothing},
          {"noise_reduction.min_signal_remaining", config.noise_reduction.min_signal_remaining},
          {"pcan.enabled", real(config.pcan.enabled ? 1 : 0)},
          {"pcan.strength", config.pcan.strength},
          {"pcan.offset", config.pcan.offset},
          {"pcan.gain_bits", real(config.pcan.gain_bits)},
          {"log.enabled", real(config.log.enabled ? 1 : 0)},
          {"log.scale_shift", real(config.log.scale_shift)}};
}

}  // namespace

ManifestError::ManifestError(const std::string& file, const std::string& key,
                             const std::string& found, const std::string& wanted)
    : ModelFileError(fmt::format("{}: {}{}found {}, wanted {}", file, key, key.empty() ? "" : ": ",
                                 found, wanted)),
      file_(file),
      key_(key),
      found_(found),
      wanted_(wanted) {}

std::string ReadManifestText(const std::string& path) {
  constexpr size_t kMostBytes = size_t{1} << 24;
  constexpr char kWanted[] = "a manifest";
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) {
    throw ManifestError(path, "", "a directory", kWanted);
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) throw ManifestError(path, "", std::strerror(errno), kWanted);
  // A device may have no end.
  std::string text(kMostBytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(file.gcount()));
  if (file.bad()) throw ManifestError(path, "", "nothing that can be read", kWanted);
  if (text.size() < kMostBytes) return text;
  throw ManifestError(path, "", fmt::format("{} bytes or more", kMostBytes), kWanted);
}

Manifest LoadManifest(const std::string& path) {
  return ParseManifest(ReadManifestText(path), path);
}

void CheckModelHash(Span<const uint8_t> bytes, const std::string& sha256,
                    const std::string& origin) {
  if (sha256.empty()) return;
  const std::string actual = Sha256(bytes);
  if (actual != sha256) {
    throw ManifestError(origin, "earshot.sha256", sha256, actual + ", the model file's");
  }
}

bool IsStandardFrontend(const FrontendConfig& config) {
  if (config.type != FrontendType::kMicrofrontend) return false;
  const std::vector<KeyAndNumber> found = Numbers(config);
  const std::vector<KeyAndNumber> wanted = Numbers(FrontendConfig());
  return std::equal(found.begin(), found.end(), wanted.begin(),
                    [](const auto& a, const auto& b) { return a.value == b.value; });
}

void CheckStandardFrontend(const Manifest& manifest, const std::string& origin) {
  if (manifest.frontend.type == FrontendType::kLogMel) return;  // It is always the same.
  const std::vector<KeyAndNumber> found = Numbers(manifest.frontend);
  const std::vector<KeyAndNumber> wanted = Numbers(FrontendConfig());
  for (size_t i = 0; i < wanted.size(); ++i) {
    if (found[i].value == wanted[i].value) continue;
    throw ManifestError(origin, fmt::format("earshot.frontend.{}", wanted[i].key),
                        fmt::format("{}", found[i].value),
                        fmt::format("{}, the standard front end's", wanted[i].value));
  }
}

void CheckNoStages(const Manifest& manifest, const std::string& origin) {
  if (manifest.features.empty()) return;
  throw ManifestError(origin, "earshot.features",
                      fmt::format("{} models", manifest.features.size()),
                      "none: images and slots have the front end before their model");
}

void CheckNoVoiceModel(const Manifest& manifest, const std::string& origin) {
  if (manifest.voice_model.empty()) return;
  throw ManifestError(origin, "earshot.vad.model", manifest.voice_model,
                      "none: images and slots hold one model");
}

RecognizerConfig RecognizerAt(int32_t period_ms, const Manifest& manifest) {
  RecognizerConfig recognizer = manifest.spotter.recognizer;
  if (manifest.averages_results) {
    // n results span n - 1 periods.
    const int64_t span_ms = int64_t{manifest.micro.sliding_window_size - 1} * period_ms;
    recognizer.average_window_ms = static_cast<int32_t>(std::min<int64_t>(span_ms, INT32_MAX));
    recognizer.minimum_count = manifest.micro.sliding_window_size;
  }
  return recognizer;
}

SpotterConfig MakeSpotterConfig(const Manifest& manifest, const FrontendTables& tables,
                                std::optional<int32_t> strides_per_inference) {
  SpotterConfig config = manifest.spotter;
  config.tables = &tables;
  config.label_count = static_cast<int32_t>(manifest.labels.size());
  if (strides_per_inference) config.strides_per_inference = *strides_per_inference;
  config.recognizer = RecognizerAt(config.stride_ms * config.strides_per_inference, manifest);
  return config;
}

}  // namespace earshot
