// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/keyword_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>

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

void CheckTakesFeatures(const std::string& model) {
  if (ShippedChoice(model) == nullptr && !IsSlotFile(model)) return;
  throw UsageError(
      model +
      ": hears with the front end; --features goes with a .tflite file, or a manifest, "
      "of a model that takes those of other models");
}

// Whether it is a file of which nothing says what its outputs are called.
bool IsUnlabelled(const ModelChoice& choice) {
  if (!choice.manifest.empty() || ShippedChoice(choice.model) != nullptr) return false;
  const ModelFiles files = FindModelFiles(choice.model);
  return files.manifest.empty() && !files.is_slot;
}

// What a file is called, without a version at its end: "hey_jarvis" for "hey_jarvis_v0.1.tflite".
std::string LabelOfFile(const std::string& path) {
  std::string name = std::filesystem::path(path).stem().string();
  const size_t version = name.rfind("_v");
  if (version == std::string::npos || version == 0) return name;
  const std::string number = name.substr(version + 2);
  const bool is_version = !number.empty() && std::all_of(number.begin(), number.end(), [](char c) {
    return c == '.' || std::isdigit(static_cast<unsigned char>(c)) != 0;
  });
  return is_version ? name.substr(0, version) : name;
}

// Throws ModelError where a model without a chain takes what no front end gives.
void CheckFrontendCanFeed(const SpotterModel& model) {
  if (!model.features.empty() || !TakesOtherFeatures(model.model)) return;
  const int32_t input = Model::Indices(model.model.subgraph(0).inputs())[0];
  const TensorInfo tensor = model.model.tensor(0, static_cast<size_t>(input));
  throw ModelError(fmt::format(
      "{}: input: found float32 [{}], wanted int8, as the front end's features are. If other "
      "models "
      "make its features, name these: --features melspectrogram.tflite,embedding_model.tflite for "
      "a model of openWakeWord, earshot.features of a manifest for any",
      model.origin, fmt::join(tensor.shape.begin(), tensor.shape.end(), ",")));
}

// With the model's own labels, or still without any where the command line has some.
SpotterModel LoadAny(const ModelChoice& choice) {
  SpotterModelOptions options;
  options.strides_per_inference = choice.strides_per_inference;
  options.features = choice.features;
  if (!choice.features.empty()) CheckTakesFeatures(choice.model);
  if (!choice.labels.empty()) return LoadToBeLabelled(choice, options);
  if (!IsUnlabelled(choice)) return LoadChoice(choice.model, choice.manifest, options);
  SpotterModel model = LoadUnlabelledModel(choice.model, options);
  CheckFrontendCanFeed(model);
  const int32_t outputs = OutputCount(model.model);
  if (!model.features.empty() && outputs == 1) {
    model.labels = {LabelOfFile(choice.model)};
    model.config.label_count = 1;
    model.config.recognizer.background_labels = 0;
    return model;
  }
  throw UsageError(
      fmt::format("{}: give one with --manifest FILE, or the names of its {} outputs, in their "
                  "order, with --labels, e.g. --labels silence,unknown,yes,no",
                  NoManifestText(choice.model), outputs));
}

SpotterModel Load(const ModelChoice& choice) {
  SpotterModel model = LoadAny(choice);
  CheckFrontendCanFeed(model);
  return model;
}

}  // namespace

KeywordModel::KeywordModel(const ModelChoice& choice) : KeywordModel(choice, Voice::kAsItSays) {}

KeywordModel::KeywordModel(const ModelChoice& choice, Voice voice)
    : model_(Load(choice)), overrides_(choice.recognizer) {
  SpotterConfig& config = model_.config;
  if (!model_.features.empty()) UseChain();
  if (!choice.labels.empty()) UseLabels(choice);
  if (!choice.background.empty()) {
    config.recognizer.background_labels = ChosenBackground(labels(), choice.background);
  } else if (!model_.says_background_labels) {
    background_note_ = BackgroundByNameText(labels(), config.recognizer.background_labels);
  }
  Override(choice.recognizer, config.stride_ms * config.strides_per_inference, &config.recognizer);
  ModelChoice gate;
  gate.model = choice.voice.empty() ? model_.voice_model : choice.voice;
  if (gate.model.empty() || voice == Voice::kNone) return;
  voice_ = std::shared_ptr<const KeywordModel>(new KeywordModel(gate, Voice::kNone));
}

void KeywordModel::UseChain() {
  chain_ = std::make_unique<const ChainModels>(model_.features);
  SpotterConfig& config = model_.config;
  const int32_t stride_ms = chain_->stride_ms();
  if (config.stride_ms != 0 && config.stride_ms != stride_ms) {
    throw ModelError(fmt::format(
        "{}: micro.feature_step_size: found {}, wanted {} ms, from one time that the models of its "
        "features give some to the next",
        name(), config.stride_ms, stride_ms));
  }
  config.stride_ms = stride_ms;
  if (config.context_ms != 0) return;
  const Span<const int32_t> inputs = Model::Indices(model().subgraph(0).inputs());
  const int32_t count =
      inputs.empty() ? 0 : model().tensor(0, static_cast<size_t>(inputs[0])).count();
  config.context_ms = chain_->ContextMs(count / chain_->width());
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
