// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/model_setup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "earshot/app/spotter_settings.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/models/receptive_field.h"

namespace earshot {
namespace {

constexpr auto kMostStrides = static_cast<int32_t>(kSettingRanges.strides_per_inference.highest);
constexpr auto kMaxContextMs = static_cast<int32_t>(kSettingRanges.context_ms.highest);

// Frames of the model's input; 0: it has no input.
int32_t InputFrames(const Model& model, int32_t channels) {
  const Span<const int32_t> inputs = Model::Indices(model.subgraph(0).inputs());
  if (inputs.empty()) return 0;
  return model.tensor(0, static_cast<size_t>(inputs[0])).count() / channels;
}

void CheckLabels(const Model& model, const Manifest& manifest, const std::string& origin) {
  const int32_t outputs = OutputCount(model);
  const size_t labels = manifest.labels.size();
  if (outputs <= 0 || labels == static_cast<size_t>(outputs)) return;
  throw ManifestError(origin, "earshot.labels",
                      fmt::format("{} ({})", labels, fmt::join(manifest.labels, ", ")),
                      fmt::format("{}, one for each output of the model", outputs));
}

int32_t WindowMs(const Model& model, const SpotterConfig& config) {
  const FrontendTables& tables = *config.tables;
  const auto frame_ms = static_cast<int32_t>(tables.window.size() * 1000) / tables.sample_rate_hz;
  const int32_t frames = InputFrames(model, tables.filterbank.channels);
  return frame_ms + std::max(frames - 1, 0) * config.stride_ms;
}

void CheckContext(const Model& model, const Manifest& manifest, const FrontendTables& tables,
                  const std::string& origin) {
  if (model.remembers()) return;
  const int32_t frames = InputFrames(model, tables.filterbank.channels);
  const int64_t input_ms =
      manifest.frontend.window_ms + int64_t{std::max(frames - 1, 0)} * manifest.spotter.stride_ms;
  if (manifest.spotter.context_ms <= input_ms) return;
  throw ManifestError(origin, "earshot.context_ms", fmt::format("{}", manifest.spotter.context_ms),
                      fmt::format("at most {}: the model remembers nothing, so this is all that "
                                  "its input holds",
                                  input_ms));
}

// `strides`: from one answer to the next in a clip, which are at every stride, or as often as a
// model that remembers can be asked.
void CheckClipAverage(const Manifest& manifest, int32_t strides, const std::string& origin) {
  const int32_t average_ms = manifest.clip.average_ms;
  const int64_t period_ms = int64_t{manifest.spotter.stride_ms} * strides;
  if (average_ms == 0 || average_ms >= period_ms) return;
  throw ManifestError(
      origin, "earshot.clip_average_ms", fmt::format("{}", average_ms),
      fmt::format("0, or at least {}, from one answer to the next in a clip", period_ms));
}

}  // namespace

int32_t UsualStrides(const Model& model, int32_t channels) {
  if (!model.remembers()) return 1;
  return std::clamp(InputFrames(model, channels), 1, kMostStrides);
}

int32_t OutputCount(const Model& model) {
  const Span<const int32_t> outputs = Model::Indices(model.subgraph(0).outputs());
  return outputs.empty() ? 0 : model.tensor(0, static_cast<size_t>(outputs[0])).count();
}

bool TakesOtherFeatures(const Model& model) {
  const Span<const int32_t> inputs = Model::Indices(model.subgraph(0).inputs());
  return inputs.size() == 1 &&
         model.tensor(0, static_cast<size_t>(inputs[0])).type == TensorType::FLOAT32;
}

bool IsAlwaysCertain(const Model& model) {
  if (OutputCount(model) != 1) return false;
  const int32_t score = Model::Indices(model.subgraph(0).outputs())[0];
  for (size_t i = 0; i < model.operator_count(0); ++i) {
    const schema::Operator& op = model.op(0, i);
    if (model.operator_code(op) != BuiltinOperator::SOFTMAX) continue;
    const Span<const int32_t> outputs = Model::Indices(op.outputs());
    if (!outputs.empty() && outputs[0] == score) return true;
  }
  return false;
}

int32_t UsualContextMs(const Model& model, const SpotterConfig& config) {
  if (!model.remembers()) return 0;
  const int32_t window_ms = WindowMs(model, config);
  const int32_t period_ms = config.stride_ms * config.strides_per_inference;
  const int32_t graph_ms = ReceptiveFieldMs(model, window_ms, period_ms);
  if (graph_ms != 0) return graph_ms;
  return std::min(window_ms + config.recognizer.average_window_ms, kMaxContextMs);
}

void LimitMinimumCount(int32_t period_ms, RecognizerConfig* config) {
  config->minimum_count =
      std::min(config->minimum_count, config->average_window_ms / period_ms + 1);
}

int32_t ContextMs(const Model& model, const SpotterConfig& config) {
  return config.context_ms != 0 ? config.context_ms : WindowMs(model, config);
}

SpotterConfig MakeModelConfig(const Model& model, const Manifest& manifest,
                              const FrontendTables& tables,
                              std::optional<int32_t> strides_per_inference,
                              const std::string& origin) {
  if (!strides_per_inference && !manifest.says_strides_per_inference) {
    strides_per_inference = UsualStrides(model, tables.filterbank.channels);
  }
  SpotterConfig config = MakeSpotterConfig(manifest, tables, strides_per_inference);
  if (config.context_ms == 0) config.context_ms = UsualContextMs(model, config);
  CheckLabels(model, manifest, origin);
  CheckContext(model, manifest, tables, origin);
  CheckClipAverage(manifest, model.remembers() ? config.strides_per_inference : 1, origin);
  return config;
}

SpotterConfig MakeChainConfig(const Model& model, const Manifest& manifest,
                              std::optional<int32_t> strides_per_inference,
                              const std::string& origin) {
  SpotterConfig config = MakeSpotterConfig(manifest, kStandardTables, strides_per_inference);
  config.tables = nullptr;
  CheckLabels(model, manifest, origin);
  CheckClipAverage(manifest, config.strides_per_inference, origin);
  return config;
}

}  // namespace earshot
