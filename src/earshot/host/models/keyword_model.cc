// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/keyword_model.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>

#include "earshot/frontend/design/design_frontend.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/host/errors.h"
#include "earshot/host/models/label_list.h"
#include "earshot/host/models/model_file.h"
#include "earshot/host/models/slot_report.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/label_names.h"
#include "earshot/models/manifest.h"
#include "earshot/models/model_files.h"
#include "earshot/models/model_setup.h"
#include "earshot/models/shipped_models.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

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
    config->minimum_count =
        std::min(config->minimum_count, config->average_window_ms / period_ms + 1);
  }
  if (overrides.suppression_ms) config->suppression_ms = *overrides.suppression_ms;
}

// The memory in which `create` succeeded. Throws ModelError, with the model's name.
AlignedBytes EnoughMemory(const std::string& name,
                          const std::function<Status(Span<uint8_t>)>& create) {
  AlignedBytes memory;
  WithName(name, [&] { ThrowUnlessOk(CreateInEnoughMemory(create, &memory), name); });
  return memory;
}

}  // namespace

KeywordModel::KeywordModel(const ModelChoice& choice)
    : name_(choice.model), overrides_(choice.recognizer) {
  std::error_code error;
  const EmbeddedModel* shipped =
      fs::exists(choice.model, error) ? nullptr : FindShippedModel(choice.model);
  if (shipped == nullptr) {
    UseFile(choice);
  } else if (choice.manifest.empty() && choice.labels.empty()) {
    UseShipped(*shipped);
  } else {
    throw UsageError(choice.model +
                     ": is a shipped model; --manifest and --labels go with a model file");
  }
  if (choice.strides_per_inference) config_.strides_per_inference = *choice.strides_per_inference;
  if (!choice.background.empty()) {
    config_.recognizer.background_labels = ChosenBackground(labels_, choice.background);
    background_note_.clear();
  }
  if (config_.context_ms == 0) config_.context_ms = UsualContextMs(model_, config_);
  Override(choice.recognizer, config_.stride_ms * config_.strides_per_inference,
           &config_.recognizer);
}

KeywordModel::~KeywordModel() = default;
KeywordModel::KeywordModel(KeywordModel&&) noexcept = default;
KeywordModel& KeywordModel::operator=(KeywordModel&&) noexcept = default;

void KeywordModel::UseShipped(const EmbeddedModel& shipped) {
  ThrowUnlessOk(Model::Load(shipped.bytes, &model_), name_);
  labels_.assign(shipped.labels.begin(), shipped.labels.end());
  config_ = shipped.config;
  clip_ = shipped.clip;
}

void KeywordModel::UseFile(const ModelChoice& choice) {
  if (!choice.labels.empty() && IsManifestFile(choice.model)) {
    throw UsageError(choice.model +
                     ": is a manifest; --labels goes with a .tflite file, in place of a manifest");
  }
  bytes_ = ReadModelBytes(choice.model);
  if (LooksLikeModelSlot(bytes_.span())) {
    throw ModelError(choice.model +
                     ": is a model slot, packed for a device; wanted the .tflite file in it");
  }
  LoadModel(choice.model, bytes_.span(), &model_);
  if (!choice.labels.empty()) return UseLabels(choice);
  try {
    const ModelFiles files = FindModelFiles(choice.model, choice.manifest);
    if (!files.manifest.empty()) return UseManifest(files, choice);
  } catch (const ManifestError& error) {
    throw ModelError(error.what());
  } catch (const ModelFileError& error) {
    throw ModelError(error.what());
  }
  throw UsageError(
      fmt::format("{}: give one with --manifest FILE, or the names of its {} outputs, in their "
                  "order, with --labels, e.g. --labels silence,unknown,yes,no",
                  NoManifestText(choice.model), OutputCount(model_)));
}

// Throws ManifestError.
void KeywordModel::UseManifest(const ModelFiles& files, const ModelChoice& choice) {
  const Manifest manifest = LoadManifestOf(files, bytes_.span());
  labels_ = manifest.labels;
  tables_ = std::make_unique<DesignedTables>();
  ThrowUnlessOk(DesignFrontend(manifest.frontend, tables_.get()), files.manifest);
  config_ = MakeModelConfig(model_, manifest, tables_->tables(), choice.strides_per_inference,
                            files.manifest);
  clip_ = manifest.clip;
  if (!manifest.says_background_labels) {
    background_note_ = BackgroundByNameText(labels_, config_.recognizer.background_labels);
  }
}

void KeywordModel::UseLabels(const ModelChoice& choice) {
  labels_ = LabelsOf(choice.labels);
  if (const int32_t outputs = OutputCount(model_);
      outputs > 0 && labels_.size() != static_cast<size_t>(outputs)) {
    throw ModelError(fmt::format("--labels: found {} ({}), wanted {}, one for each output of {}",
                                 labels_.size(), fmt::join(labels_, ", "), outputs, choice.model));
  }
  config_.tables = &kStandardTables;
  config_.strides_per_inference = UsualStrides(model_, kStandardTables.filterbank.channels);
  config_.label_count = static_cast<int32_t>(labels_.size());
  if (!choice.background.empty()) return;
  const BackgroundLabels background = BackgroundByName(labels_);
  if (!background.wrong.empty()) {
    throw UsageError(
        fmt::format("--labels: found {}, wanted {}", fmt::join(labels_, ","), background.wrong));
  }
  config_.recognizer.background_labels = background.bits;
  background_note_ = BackgroundByNameText(labels_, background.bits);
}

Spotter MakeSpotter(const KeywordModel& model, const SpotterConfig& config) {
  Spotter spotter;
  spotter.memory = EnoughMemory(model.name(), [&](Span<uint8_t> memory) {
    return KeywordSpotter::Create(model.model(), AllKernelsResolver(), config, memory,
                                  &spotter.spotter);
  });
  return spotter;
}

Detector MakeDetector(const KeywordModel& model, const SpotterConfig& config) {
  Detector detector;
  detector.memory = EnoughMemory(model.name(), [&](Span<uint8_t> memory) {
    return KeywordDetector::Create(model.model(), AllKernelsResolver(), config, 0, memory,
                                   &detector.detector);
  });
  return detector;
}

}  // namespace earshot::host
