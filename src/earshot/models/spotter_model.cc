// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/spotter_model.h"

#include <filesystem>

#include "earshot/frontend/log_mel_tables.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/manifest.h"
#include "earshot/models/model_setup.h"
#include "earshot/models/runnable_model.h"

namespace earshot {
namespace {

// `file`: where the bytes come from, for errors.
void LoadBytes(const std::string& file, Span<const uint8_t> bytes, SpotterModel* model) {
  const std::string error = LoadRunnable(bytes, DeviceKernelsResolver(), &model->model);
  if (!error.empty()) throw ModelError(file + ": " + error);
}

// As openWakeWord announces words, but not again while the score stays up.
RecognizerConfig SingleAnswers() {
  RecognizerConfig recognizer;
  recognizer.average_window_ms = 0;
  recognizer.minimum_count = 1;
  recognizer.threshold = 128;
  recognizer.release_threshold = 96;
  return recognizer;
}

// What is the same for all that brings a whole configuration.
void Complete(const SpotterModelOptions& options, SpotterModel* model) {
  SpotterConfig& config = model->config;
  if (options.strides_per_inference) {
    config.strides_per_inference = *options.strides_per_inference;
    LimitMinimumCount(config.stride_ms * config.strides_per_inference, &config.recognizer);
  }
  if (config.context_ms == 0) config.context_ms = UsualContextMs(model->model, config);
}

void UseSlot(const ModelSlot& slot, const SpotterModelOptions& options, SpotterModel* model) {
  model->name = slot.name();
  for (size_t i = 0; i < slot.label_count(); ++i) model->labels.emplace_back(slot.label(i));
  model->config = slot.any_config();
  Complete(options, model);
}

// A path that leads from here to what a manifest names.
std::string FromFolderOf(const std::string& manifest, const std::string& file) {
  return (std::filesystem::path(manifest).parent_path() / file).string();
}

std::vector<FeatureStage> StagesOf(const Manifest& manifest, const std::string& origin) {
  std::vector<FeatureStage> stages = manifest.features;
  for (FeatureStage& stage : stages) stage.model = FromFolderOf(origin, stage.model);
  return stages;
}

void UseManifest(const Manifest& manifest, const std::string& origin,
                 const SpotterModelOptions& options, SpotterModel* model) {
  if (options.standard_frontend) {
    CheckNoStages(manifest, origin);
    CheckNoVoiceModel(manifest, origin);
    CheckStandardFrontend(manifest, origin);
  }
  model->features = options.features.empty() ? StagesOf(manifest, origin) : options.features;
  const FrontendTables* tables = &kStandardTables;
  if (manifest.frontend.type == FrontendType::kLogMel) {
    tables = &kLogMelTables;
  } else if (model->features.empty() && !IsStandardFrontend(manifest.frontend)) {
    model->tables = std::make_unique<DesignedTables>();
    ThrowUnlessOk(DesignFrontend(manifest.frontend, model->tables.get()), origin);
    tables = &model->tables->tables();
  }
  model->name = manifest.wake_word;
  model->labels = manifest.labels;
  model->config =
      model->features.empty()
          ? MakeModelConfig(model->model, manifest, *tables, options.strides_per_inference, origin)
          : MakeChainConfig(model->model, manifest, options.strides_per_inference, origin);
  model->clip = manifest.clip;
  if (!manifest.voice_model.empty()) {
    model->voice_model = FromFolderOf(origin, manifest.voice_model);
  }
  model->says_background_labels = manifest.says_background_labels;
}

}  // namespace

SpotterModel LoadSpotterModel(const std::string& path, const std::string& manifest,
                              const SpotterModelOptions& options) {
  const ModelFiles files = FindModelFiles(path, manifest);
  SpotterModel model;
  model.origin = path;
  model.file = ReadModelFile(files.model);
  ModelSlot slot;
  Span<const uint8_t> bytes;
  ThrowUnlessOk(FindModelBytes(model.file.span(), &slot, &bytes), files.model);
  LoadBytes(files.model, bytes, &model);
  if (slot.opened()) {
    UseSlot(slot, options, &model);
    return model;
  }
  if (files.manifest.empty()) throw ModelFileError(NoManifestText(files.model));
  UseManifest(LoadManifestOf(files, bytes), files.manifest, options, &model);
  return model;
}

SpotterModel LoadSpotterModel(const EmbeddedModel& embedded, const SpotterModelOptions& options) {
  SpotterModel model;
  model.origin = model.name = embedded.name;
  LoadBytes(model.origin, embedded.bytes, &model);
  model.labels.assign(embedded.labels.begin(), embedded.labels.end());
  model.config = embedded.config;
  model.clip = embedded.clip;
  Complete(options, &model);
  return model;
}

SpotterModel LoadUnlabelledModel(const std::string& path, const SpotterModelOptions& options) {
  SpotterModel model;
  model.origin = path;
  model.file = ReadModelFile(path);
  LoadBytes(path, model.file.span(), &model);
  model.says_background_labels = false;
  model.features = options.features;
  if (!model.features.empty()) {
    model.config.stride_ms = 0;
    model.config.strides_per_inference = options.strides_per_inference.value_or(1);
    model.config.recognizer = SingleAnswers();
    return model;
  }
  model.config.tables = &kStandardTables;
  model.config.strides_per_inference =
      UsualStrides(model.model, kStandardTables.filterbank.channels);
  Complete(options, &model);
  return model;
}

Status FindModelBytes(Span<const uint8_t> file, ModelSlot* slot, Span<const uint8_t>* model) {
  *model = file;
  if (!LooksLikeModelSlot(file)) return OkStatus();
  EARSHOT_RETURN_IF_ERROR(OpenAnySlot(file, slot));
  *model = slot->model_bytes();
  return OkStatus();
}

}  // namespace earshot
