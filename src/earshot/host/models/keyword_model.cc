// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/keyword_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "earshot/host/errors.h"
#include "earshot/host/models/label_list.h"
#include "earshot/host/models/model_file.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/label_names.h"
#include "earshot/models/model_files.h"
#include "earshot/models/model_setup.h"

namespace earshot::host {
namespace {

// What --background says where no label is.
constexpr char kNoBackground[] = "none";

// The bits for what --background names. Throws UsageError.
uint32_t ChosenBackground(const std::vector<std::string>& labels,
                          const std::vector<std::string>& given) {
  const std::vector<std::string> names = NamesOf(given);
  const bool is_none =
      names.size() == 1 && IsSameName(names[0], kNoBackground) && !FindLabel(labels, names[0]);
  const BackgroundLabels background = is_none ? BackgroundLabels() : BackgroundOf(labels, names);
  if (background.wrong.empty()) return background.bits;
  throw UsageError(fmt::format("--background: found {}, wanted {} (labels: {})",
                               fmt::join(names, ","), background.wrong, fmt::join(labels, ", ")));
}

// What is to be said about labels that were known by their names; empty: nothing.
std::string BackgroundByNameText(const std::vector<std::string>& labels, uint32_t bits) {
  if (labels.size() < 2) return "";
  const std::vector<std::string> background = NamesOfBackground(labels, bits);
  std::string text = background.empty()
                         ? "no label is background by its name; --background A,B says which are"
                         : fmt::format("background by name: {}; --background A,B says it otherwise",
                                       fmt::join(background, ", "));
  for (size_t i = kMostBackgroundLabels; i < labels.size(); ++i) {
    if (!IsBackgroundName(labels[i])) continue;
    text += fmt::format("; \"{}\" cannot be, for only the first {} labels can", labels[i],
                        kMostBackgroundLabels);
  }
  return text;
}

uint8_t ToQ8(double probability) {
  return static_cast<uint8_t>(std::clamp(std::lround(probability * 256), 1L, 255L));
}

void Override(const RecognizerOverrides& overrides, int32_t period_ms, RecognizerConfig* config) {
  if (overrides.threshold) {
    const double share = static_cast<double>(config->release_threshold) / config->threshold;
    config->threshold = ToQ8(*overrides.threshold);
    config->release_threshold = ToQ8(share * config->threshold / 256);
  }
  if (overrides.average_window_ms) {
    config->average_window_ms = *overrides.average_window_ms;
    LimitMinimumCount(period_ms, config);
  }
  if (overrides.suppression_ms) config->suppression_ms = *overrides.suppression_ms;
}

// A .tflite file, its manifest left aside.
SpotterModel LoadToBeLabelled(const ModelChoice& choice, const SpotterModelOptions& options) {
  CheckTakesManifest(choice.model);
  if (!IsManifestFile(choice.model)) return LoadUnlabelledModel(choice.model, options);
  throw UsageError(choice.model +
                   ": is a manifest; --labels goes with a .tflite file, in place of a manifest");
}

// Whether it is a file of which nothing says what its outputs are called.
bool IsUnlabelled(const ModelChoice& choice) {
  if (!choice.manifest.empty() || ShippedChoice(choice.model) != nullptr) return false;
  const ModelFiles files = FindModelFiles(choice.model);
  return files.manifest.empty() && !files.is_slot;
}

// With the model's own labels, or still without any where the command line has some.
SpotterModel Load(const ModelChoice& choice) {
  SpotterModelOptions options;
  options.strides_per_inference = choice.strides_per_inference;
  if (!choice.labels.empty()) return LoadToBeLabelled(choice, options);
  if (!IsUnlabelled(choice)) return LoadChoice(choice.model, choice.manifest, options);
  throw UsageError(fmt::format(
      "{}: give one with --manifest FILE, or the names of its {} outputs, in their "
      "order, with --labels, e.g. --labels silence,unknown,yes,no",
      NoManifestText(choice.model), OutputCount(LoadUnlabelledModel(choice.model, options).model)));
}

}  // namespace

KeywordModel::KeywordModel(const ModelChoice& choice)
    : model_(Load(choice)), overrides_(choice.recognizer) {
  SpotterConfig& config = model_.config;
  if (!choice.labels.empty()) UseLabels(choice);
  if (!choice.background.empty()) {
    config.recognizer.background_labels = ChosenBackground(labels(), choice.background);
  } else if (!model_.says_background_labels) {
    background_note_ = BackgroundByNameText(labels(), config.recognizer.background_labels);
  }
  Override(choice.recognizer, config.stride_ms * config.strides_per_inference, &config.recognizer);
  if (choice.voice.empty()) return;
  ModelChoice voice;
  voice.model = choice.voice;
  voice_ = std::make_shared<const KeywordModel>(voice);
}

void KeywordModel::UseLabels(const ModelChoice& choice) {
  model_.labels = LabelsOf(choice.labels);
  if (const int32_t outputs = OutputCount(model());
      outputs > 0 && labels().size() != static_cast<size_t>(outputs)) {
    throw ModelError(fmt::format("--labels: found {} ({}), wanted {}, one for each output of {}",
                                 labels().size(), fmt::join(labels(), ", "), outputs, name()));
  }
  model_.config.label_count = static_cast<int32_t>(labels().size());
  if (!choice.background.empty()) return;
  const BackgroundLabels background = BackgroundByName(labels());
  if (!background.wrong.empty()) {
    throw UsageError(
        fmt::format("--labels: found {}, wanted {}", fmt::join(labels(), ","), background.wrong));
  }
  model_.config.recognizer.background_labels = background.bits;
}

AlignedBytes EnoughMemory(const std::string& name,
                          const std::function<Status(Span<uint8_t>)>& create) {
  AlignedBytes memory;
  ThrowUnlessOk(CreateInEnoughMemory(name, create, &memory), name);
  return memory;
}

}  // namespace earshot::host
