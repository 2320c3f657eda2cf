// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/spotter_model.h"

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
  model->config = slot.config();
  Complete(options, model);
}

void UseManifest(const Manifest& manifest, const std::string& origin,
                 const SpotterModelOptions& options, SpotterModel* model) {
  if (options.standard_frontend) CheckStandardFrontend(manifest, origin);
  const FrontendTables* tables = &kStandardTables;
  if (!IsStandardFrontend(manifest.frontend)) {
    model->tables = std::make_unique<DesignedTables>();
    ThrowUnlessOk(DesignFrontend(manifest.frontend, model->tables.get()), origin);
    tables = &model->tables->tables();
  }
  model->name = manifest.wake_word;
  model->labels = manifest.labels;
  model->config =
      MakeModelConfig(model->model, manifest, *tables, options.strides_per_inference, origin);
  model->clip = manifest.clip;
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
  model.config.tables = &kStandardTables;
  model.config.strides_per_inference =
      UsualStrides(model.model, kStandardTables.filterbank.channels);
  model.says_background_labels = false;
  Complete(options, &model);
  return model;
}

Status FindModelBytes(Span<const uint8_t> file, ModelSlot* slot, Span<const uint8_t>* model) {
  *model = file;
  if (!LooksLikeModelSlot(file)) return OkStatus();
  EARSHOT_RETURN_IF_ERROR(OpenModelSlot(file, slot));
  *model = slot->model_bytes();
  return OkStatus();
}

}  // namespace earshot
