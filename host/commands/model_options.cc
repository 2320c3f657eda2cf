// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/commands/model_options.h"

#include <cstdint>

#include "host/commands/number_option.h"
#include "host/errors.h"
#include "host/standard_output.h"
#include "models/manifest.h"

namespace earshot::host {

void AddModelOptions(CLI::App* app, ModelChoice* choice) {
  app->add_option("--model", choice->model, "A .tflite file, or the name of a shipped model")
      ->type_name("MODEL")
      ->capture_default_str();
  AddManifestOptions(app, choice);
}

void AddManifestOptions(CLI::App* app, ModelChoice* choice) {
  CLI::Option* manifest =
      app->add_option("--manifest", choice->manifest,
                      "The model's manifest, if it is not manifest.json beside the model")
          ->type_name("FILE");
  app->add_option("--labels", choice->labels,
                  "Names of the model's outputs, in its order, for a model without a manifest; or "
                  "a text file of them, one a line")
      ->type_name("A,B")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->excludes(manifest);
  app->add_option("--background", choice->background,
                  "The labels that stand for no keyword, or none; otherwise as the manifest says, "
                  "or those that their names tell, as silence and unknown")
      ->type_name("A,B")
      ->delimiter(',')
      ->allow_extra_args(false);
  AddNumber(app, "--strides-per-inference", &choice->strides_per_inference,
            "Ask the model only every N strides, as a slower device may; the manifest's number "
            "otherwise",
            1, kMostStridesPerInference)
      ->type_name("N");
}

void AddSeveralModels(CLI::App* app, std::vector<std::string>* models) {
  app->add_option("--model", *models,
                  "A .tflite file, or the name of a shipped model; again for each further model")
      ->type_name("MODEL")
      ->allow_extra_args(false);
}

void AddRecognizerOptions(CLI::App* app, RecognizerOverrides* overrides) {
  AddNumber(app, "--threshold", &overrides->threshold,
            "Announce words whose average score is above this, 0 to 1; the manifest's number "
            "otherwise",
            1 / 256.0, 1)
      ->type_name("X");
  AddNumber(app, "--average-window-ms", &overrides->average_window_ms,
            "Average the scores of so many ms; the manifest's number otherwise", 0,
            CommandRecognizer::kMaxAverageWindowMs)
      ->type_name("MS");
  AddNumber(app, "--suppression-ms", &overrides->suppression_ms,
            "Announce the same word again only after so many ms; the manifest's number otherwise",
            0, INT32_MAX)
      ->type_name("MS");
}

std::vector<KeywordModel> LoadModels(const std::string& command,
                                     const std::vector<std::string>& names,
                                     const ModelChoice& common) {
  if (names.size() > 1 && !(common.manifest.empty() && common.labels.empty())) {
    throw UsageError(command + ": --manifest and --labels go with one --model");
  }
  std::vector<KeywordModel> models;
  for (const std::string& name : names) {
    ModelChoice choice = common;
    choice.model = name;
    models.emplace_back(choice);
  }
  if (models.empty()) models.emplace_back(common);
  return models;
}

void TellBackground(const KeywordModel& model) {
  if (!model.background_note().empty()) Warn(model.name() + ": " + model.background_note());
}

}  // namespace earshot::host
