// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "earshot/app/command_recognizer.h"
#include "earshot/app/spotter_settings.h"
#include "earshot/app/units.h"
#include "earshot/models/file_kind.h"
#include "earshot/models/json_object.h"
#include "earshot/models/label_names.h"
#include "earshot/models/manifest.h"

namespace earshot {
namespace {

using nlohmann::json;

constexpr auto kLongestStrideMs = static_cast<int32_t>(kSettingRanges.stride_ms.highest);
constexpr int32_t kStepMsOfVersion1 = 20;
constexpr int32_t kMostResults = 1000;

// The values of earshot.frontend.type.
constexpr char kMicrofrontend[] = "microfrontend";
constexpr char kLogMel[] = "log_mel";

// Takes note of each object's keys while it is parsed: of two that are equal the parser would keep
// the last one without a word.
class KeyCheck {
 public:
  explicit KeyCheck(std::string origin) : origin_(std::move(origin)) {}

  // Throws ManifestError. True: nothing is left out.
  bool operator()(int, json::parse_event_t event, const json& parsed) {
    if (event == json::parse_event_t::object_start) keys_.emplace_back();
    if (event == json::parse_event_t::object_end) keys_.pop_back();
    if (event == json::parse_event_t::key && !keys_.back().insert(parsed).second) {
      throw ManifestError(origin_, parsed, "the key twice in one object", "it once");
    }
    return true;
  }

 private:
  std::string origin_;
  std::vector<std::set<std::string>> keys_;  // Of the objects that are open.
};

json ParseJson(const std::string& text, const std::string& origin) {
  try {
    return json::parse(text, KeyCheck(origin));
  } catch (const json::parse_error& error) {
    const Span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(text.data()), text.size());
    const std::string kind = text.empty() ? "" : WhatItSeems(bytes, origin);
    if (!kind.empty() && kind != "text") throw ManifestError(origin, "", kind, "JSON");
    const size_t end = std::min(error.byte, text.size());
    const auto line =
        1 + std::count(text.begin(), text.begin() + static_cast<ptrdiff_t>(end), '\n');
    throw ManifestError(origin, "", fmt::format("something else in line {}", line), "JSON");
  } catch (const json::exception& error) {
    throw ManifestError(origin, "", error.what(), "JSON");
  }
}

// A probability as Q0.8. 1, which Q0.8 cannot hold, becomes the next lower value.
uint8_t ToQ8(double probability) {
  return static_cast<uint8_t>(std::min(std::lround(probability * kQ8One), 255L));
}

std::string RequiredText(JsonObject& object, const std::string& key) {
  std::string text = object.Text(key);
  if (text.empty()) throw object.Error(key, "a text that is not empty");
  return text;
}

// How many results are averaged. Version 1 has another name for it than version 2, and either is
// seen in the other.
int32_t ReadWindow(JsonObject& micro, int32_t version) {
  std::string key = "sliding_window_size";
  std::string other = "sliding_window_average_size";
  if (version == 1) std::swap(key, other);
  if (!micro.has(key) && micro.has(other)) std::swap(key, other);
  const int32_t size = micro.Integer(key, {1, kMostResults});
  if (micro.has(other)) micro.Integer(other, {size, size});  // Both are there: to be the same.
  return size;
}

Manifest::Micro ReadMicro(JsonObject& micro, int32_t version) {
  Manifest::Micro result;
  result.probability_cutoff = micro.Number("probability_cutoff", {1 / kQ8One, 1});
  result.sliding_window_size = ReadWindow(micro, version);
  // All models of version 1 have the same.
  const std::optional<int32_t> usual_step =
      version == 1 ? std::optional(kStepMsOfVersion1) : std::nullopt;
  result.feature_step_size = micro.Integer("feature_step_size", {1, kLongestStrideMs}, usual_step);
  result.tensor_arena_size = micro.Integer("tensor_arena_size", {0, INT32_MAX}, 0);
  return result;
}

std::vector<std::string> ReadLabels(JsonObject& object, const std::string& wake_word) {
  std::vector<std::string> labels = object.Texts("labels", {{wake_word}});
  if (labels.empty() || labels.size() > CommandRecognizer::kMaxLabels) {
    throw object.Error("labels", fmt::format("1 to {} labels", CommandRecognizer::kMaxLabels));
  }
  for (std::string& label : labels) label = WithoutBlanks(label);
  const std::string wrong = WrongWithLabels(labels);
  if (!wrong.empty()) throw object.Error("labels", wrong);
  return labels;
}

// Reads a setting whose `key`, as in "earshot.recognizer.suppression_ms", is one of the object's,
// unless that has been done already, by somebody who knows more rules about it.
void ReadSetting(JsonObject& object, const std::string& key, SettingRange range, int32_t* value) {
  const size_t dot = key.rfind('.');
  const std::string name = key.substr(dot + 1);
  if (object.path() != key.substr(0, dot) || object.has_read(name)) return;
  *value = object.Integer(
      name, {static_cast<int32_t>(range.lowest), static_cast<int32_t>(range.highest)}, *value);
}

// Those of other types, scores and labels, have their rules elsewhere.
template <typename T>
void ReadSetting(JsonObject&, const std::string&, SettingRange, T*) {}

std::vector<FeatureStage> ReadStages(JsonObject& object) {
  constexpr double kMostNumber = 1e6;
  std::vector<FeatureStage> stages;
  for (JsonObject& stage : object.Objects("features")) {
    FeatureStage& read = stages.emplace_back();
    read.model = RequiredText(stage, "model");
    read.frame = stage.Integer("frame", {1, kMostStageRows});
    read.hop = stage.Integer("hop", {1, kMostStageRows});
    const auto real = [&](const char* key, float value) {
      return static_cast<float>(stage.Number(key, {-kMostNumber, kMostNumber}, value));
    };
    read.scale = real("scale", read.scale);
    read.offset = real("offset", read.offset);
    stage.RejectOtherKeys();
  }
  if (object.has("features") && stages.empty()) throw object.Error("features", "one model or more");
  return stages;
}

// Empty: there is none.
std::string ReadVoiceModel(JsonObject& earshot) {
  const bool is_there = earshot.has("vad");
  JsonObject vad = earshot.Object("vad");
  std::string model = is_there ? RequiredText(vad, "model") : "";
  vad.RejectOtherKeys();
  return model;
}

// Ranges here keep out nonsense; which combinations a front end can be made for,
// earshot/frontend/design knows.
void ReadFrontend(JsonObject object, Manifest* manifest) {
  FrontendConfig& config = manifest->frontend;
  const int32_t step_ms = manifest->micro.feature_step_size;
  manifest->spotter.stride_ms = object.Integer("stride_ms", {1, kLongestStrideMs}, step_ms);
  if (manifest->spotter.stride_ms != step_ms) {
    throw object.Error("stride_ms", fmt::format("{}, as micro.feature_step_size", step_ms));
  }
  if (!manifest->features.empty()) return object.RejectOtherKeys();  // It is not asked.

  const std::string type = object.Text("type", kMicrofrontend);
  if (type != kMicrofrontend && type != kLogMel) {
    throw object.Error("type", fmt::format("\"{}\" or \"{}\"", kMicrofrontend, kLogMel));
  }
  if (type == kLogMel) config = LogMelConfig();

  // What feeds a front end, on hosts and devices, brings this rate and no other.
  config.sample_rate_hz = object.Integer(
      "sample_rate_hz", {config.sample_rate_hz, config.sample_rate_hz}, config.sample_rate_hz);
  if (config.type == FrontendType::kLogMel) {  // It has nothing else that could be chosen.
    object.RejectOtherKeys();
    return;
  }
  config.window_ms = object.Integer("window_ms", {1, 1000}, config.window_ms);
  config.channels = object.Integer("channels", {1, 1000}, config.channels);
  const double highest_hz = config.sample_rate_hz / 2.0;
  const auto real = [](JsonObject& from, const char* key, Range<double> range, float* value) {
    *value = static_cast<float>(from.Number(key, range, *value));
  };
  real(object, "lower_hz", {0, highest_hz}, &config.lower_hz);
  real(object, "upper_hz", {config.lower_hz, highest_hz}, &config.upper_hz);

  JsonObject noise = object.Object("noise_reduction");
  FrontendConfig::NoiseReduction& noise_reduction = config.noise_reduction;
  noise_reduction.smoothing_bits =
      noise.Integer("smoothing_bits", {0, 31}, noise_reduction.smoothing_bits);
  real(noise, "even", {0, 1}, &noise_reduction.even_smoothing);
  real(noise, "odd", {0, 1}, &noise_reduction.odd_smoothing);
  real(noise, "min_signal_remaining", {0, 1}, &noise_reduction.min_signal_remaining);
  noise.RejectOtherKeys();

  JsonObject pcan = object.Object("pcan");
  config.pcan.enabled = pcan.Flag("enabled", config.pcan.enabled);
  real(pcan, "strength", {0, 1}, &config.pcan.strength);
  real(pcan, "offset", {0, 1e6}, &config.pcan.offset);
  config.pcan.gain_bits = pcan.Integer("gain_bits", {0, 31}, config.pcan.gain_bits);
  pcan.RejectOtherKeys();

  JsonObject log = object.Object("log");
  config.log.enabled = log.Flag("enabled", config.log.enabled);
  config.log.scale_shift = log.Integer("scale_shift", {0, 31}, config.log.scale_shift);
  log.RejectOtherKeys();
  object.RejectOtherKeys();
}

// The bits of RecognizerConfig::background_labels.
uint32_t ReadBackgroundLabels(JsonObject& object, const std::vector<std::string>& labels) {
  const bool given = object.has("background_labels");
  const std::vector<std::string> names =
      object.Texts("background_labels", std::vector<std::string>());
  const BackgroundLabels background =
      given ? BackgroundOf(labels, names) : BackgroundByName(labels);
  if (!background.wrong.empty()) throw object.Error("background_labels", background.wrong);
  return background.bits;
}

// What the object does not say is as "micro" says.
void ReadRecognizer(JsonObject object, JsonObject& micro, Manifest* manifest) {
  RecognizerConfig& config = manifest->spotter.recognizer;
  manifest->averages_results = !object.has("average_window_ms") && !object.has("minimum_count");
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, slot, key, ...) \
  ReadSetting(object, key, {lowest, highest}, &config.name);
#include "earshot/app/spotter_settings.inc"
  if (manifest->averages_results) {
    config = RecognizerAt(manifest->spotter.stride_ms * manifest->spotter.strides_per_inference,
                          *manifest);
    const int64_t most_ms = kSettingRanges.average_window_ms.highest;
    if (config.average_window_ms > most_ms) {
      throw micro.Error("sliding_window_size", fmt::format("a window of at most {} ms", most_ms));
    }
  }
  const double threshold =
      object.Number("threshold", {1 / kQ8One, 1}, manifest->micro.probability_cutoff);
  config.threshold = ToQ8(threshold);
  // Three quarters, as 150 of 200 in RecognizerConfig's defaults.
  config.release_threshold = ToQ8(object.Number("release_threshold", {1 / kQ8One, threshold},
                                                std::max(0.75 * threshold, 1 / kQ8One)));
  manifest->says_background_labels = object.has("background_labels");
  config.background_labels = ReadBackgroundLabels(object, manifest->labels);
  object.RejectOtherKeys();
}

void ReadSpotterSettings(JsonObject& object, Manifest* manifest) {
  SpotterConfig& config = manifest->spotter;
  ClipConfig& clip = manifest->clip;
  manifest->says_strides_per_inference = object.has("strides_per_inference");
  // 0, which nobody has to write, is how the struct says that nothing is said.
  config.context_ms =
      object.Integer("context_ms", {1, static_cast<int32_t>(kSettingRanges.context_ms.highest)}, 0);
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, lowest, highest, unit, slot, key, ...) \
  ReadSetting(object, key, {lowest, highest}, &config.name);
#define EARSHOT_CLIP_SETTING(type, name, fallback, lowest, highest, unit, slot, key, ...) \
  ReadSetting(object, key, {lowest, highest}, &clip.name);
#include "earshot/app/spotter_settings.inc"
}

std::string ReadSha256(JsonObject& object) {
  std::string sha256 = object.Text("sha256", "");
  const bool complete =
      sha256.size() == 64 && sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  if (object.has("sha256") && !complete) {
    throw object.Error("sha256", "64 hexadecimal digits, in lower case");
  }
  return sha256;
}

}  // namespace

Manifest ParseManifest(const std::string& text, const std::string& origin) {
  const json document = ParseJson(text, origin);
  JsonObject root(document, origin, "");
  if (!root.has("type") && !root.has("wake_word") && !root.has("micro")) {
    throw ManifestError(origin, "", "JSON without \"type\", \"wake_word\" and \"micro\"",
                        "the manifest of a model");
  }
  Manifest manifest;
  if (root.Text("type") != "micro") throw root.Error("type", "\"micro\"");
  manifest.version = root.Integer("version", {1, 2});
  manifest.wake_word = RequiredText(root, "wake_word");
  manifest.author = root.Text("author", "");
  manifest.model = RequiredText(root, "model");
  manifest.trained_languages = root.is_text("trained_languages")
                                   ? std::vector<std::string>{root.Text("trained_languages")}
                                   // ESPHome takes one alone.
                                   : root.Texts("trained_languages", std::vector<std::string>());
  JsonObject micro = root.Object("micro");
  manifest.micro = ReadMicro(micro, manifest.version);

  JsonObject earshot = root.Object("earshot");
  manifest.labels = ReadLabels(earshot, manifest.wake_word);
  manifest.features = ReadStages(earshot);
  ReadFrontend(earshot.Object("frontend"), &manifest);
  ReadSpotterSettings(earshot, &manifest);
  ReadRecognizer(earshot.Object("recognizer"), micro, &manifest);
  manifest.sha256 = ReadSha256(earshot);
  manifest.voice_model = ReadVoiceModel(earshot);
  earshot.RejectOtherKeys();
  return manifest;
}

}  // namespace earshot
