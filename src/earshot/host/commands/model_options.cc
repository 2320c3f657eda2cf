// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/model_options.h"

#include <fmt/format.h>

#include <cstdint>

#include "earshot/app/spotter_settings.h"
#include "earshot/app/units.h"
#include "earshot/host/commands/memory_option.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/errors.h"
#include "earshot/models/feature_stage.h"
#include "earshot/models/manifest.h"
#include "earshot/models/model_setup.h"

namespace earshot::host {

namespace {

constexpr char kModelHelp[] =
    "A .tflite file, its manifest, a packed slot, or the name of a shipped model";
constexpr char kManifestHelp[] =
    "The model's manifest, if it is neither NAME.json nor manifest.json beside the model";

// What --features names, two of them; more can be said in a manifest.
std::string TakeStages(const std::string& text, std::vector<FeatureStage>* stages) {
  const size_t comma = text.find(',');
  const bool is_pair = comma != std::string::npos && text.find(',', comma + 1) == std::string::npos;
  if (!is_pair || comma == 0 || comma + 1 == text.size()) {
    return fmt::format(
        "found \"{}\", wanted two files with a comma between them: openWakeWord's mel spectrogram "
        "and embedding (other chains are said in a manifest, by earshot.features)",
        text);
  }
  *stages = OpenWakeWordStages(text.substr(0, comma), text.substr(comma + 1));
  return "";
}

// All but --model and --manifest.
void AddOtherOptions(CommandLine& command, ModelChoice* choice) {
  std::vector<FeatureStage>* const stages = &choice->features;
  command
      .Add(
          "--features", [stages](const std::string& text) { return TakeStages(text, stages); },
          "For wake words of openWakeWord: its two models that make their features, "
          "melspectrogram.tflite (of 1760 samples, every 1280) and embedding_model.tflite (of 76 "
          "rows of that, every 8); in place of the manifest's")
      .TypeName("MEL,EMBEDDING");
  command
      .Add("--labels", &choice->labels,
           "Names of the model's outputs, in its order, for a model without a manifest; or "
           "a text file of them, one a line")
      .TypeName("A,B")
      .OneValueEach()
      .Excludes("--manifest");
  command
      .Add("--background", &choice->background,
           "The labels that stand for no keyword, or none; otherwise as the manifest says, "
           "or those that their names tell, as silence and unknown")
      .TypeName("A,B")
      .OneValueEach();
  AddNumber(command, "--strides-per-inference", &choice->strides_per_inference,
            "Ask the model only every N strides, as a slower device may; the manifest's number "
            "otherwise",
            1, kSettingRanges.strides_per_inference.highest)
      .TypeName("N");
  AddMaxMemory(command);
}

}  // namespace

void AddModelOptions(CommandLine& command, ModelChoice* choice) {
  command.Add("--model", &choice->model, kModelHelp).TypeName("MODEL").ShowDefault();
  command.Add("--manifest", &choice->manifest, kManifestHelp).TypeName("FILE");
  AddOtherOptions(command, choice);
}

void AddSeveralModels(CommandLine& command, SeveralModels* models) {
  command.Add("--model", &models->models, std::string(kModelHelp) + "; again for each further")
      .TypeName("MODEL")
      .OneValueEach();
  command
      .Add("--manifest", &models->manifests,
           std::string(kManifestHelp) + "; with several models, one for each")
      .TypeName("FILE")
      .OneValueEach();
  AddOtherOptions(command, &models->common);
}

void AddRecognizerOptions(CommandLine& command, RecognizerOverrides* overrides) {
  AddNumber(
      command, "--threshold", &overrides->threshold,
      "Announce words whose average score is above this, 0 to 1, and take clips in which none "
      "is for nothing; the manifest's number otherwise",
      1 / kQ8One, 1)
      .TypeName("X");
  AddNumber(command, "--average-window-ms", &overrides->average_window_ms,
            "Average the scores of so many ms; the manifest's number otherwise", 0,
            kSettingRanges.average_window_ms.highest)
      .TypeName("MS");
  AddNumber(command, "--suppression-ms", &overrides->suppression_ms,
            "Announce the same word again only after so many ms; the manifest's number otherwise",
            0, INT32_MAX)
      .TypeName("MS");
}

void AddVoiceOption(CommandLine& command, ModelChoice* choice) {
  command
      .Add("--vad", &choice->voice,
           "A model of voice activity, as --model: words are announced, and count in clips, only "
           "while its own score is above its threshold; the manifest's (earshot.vad) otherwise")
      .TypeName("MODEL");
}

void AddNoTailOption(CommandLine& command, bool* no_tail) {
  command.AddFlag(
      "--no-tail", no_tail,
      "Stop at the end of the sound; otherwise silence is heard behind it for as long as "
      "the model needs, so that a word at the very end is announced");
}

std::vector<ModelChoice> ChoicesOf(const std::string& command, const SeveralModels& models) {
  std::vector<ModelChoice> choices;
  for (const std::string& model : models.models) {
    choices.push_back(models.common);
    choices.back().model = model;
  }
  if (choices.empty()) choices.push_back(models.common);
  const size_t manifests = models.manifests.size();
  if (manifests != 0 && manifests != choices.size()) {
    throw UsageError(
        fmt::format("{}: --manifest: found {} of them, wanted one for each --model, in "
                    "their order: {}",
                    command, manifests, choices.size()));
  }
  for (size_t i = 0; i < manifests; ++i) choices[i].manifest = models.manifests[i];
  if (choices.size() > 1 && !models.common.labels.empty()) {
    throw UsageError(command + ": --labels goes with one --model");
  }
  return choices;
}

std::vector<KeywordModel> LoadModels(const std::string& command, const SeveralModels& models) {
  std::vector<KeywordModel> loaded;
  for (const ModelChoice& choice : ChoicesOf(command, models)) loaded.emplace_back(choice);
  return loaded;
}

void TellLabels(const KeywordModel& model) {
  if (IsAlwaysCertain(model.model())) {
    Warn(model.name() +
         ": its only output is a softmax's, which is 1 whatever is heard: it tells nothing apart");
  }
  if (!model.background_note().empty()) Warn(model.name() + ": " + model.background_note());
}

ModelFiles FilesOf(const std::string& model, const std::string& manifest) {
  try {
    return FindModelFiles(model, manifest);
  } catch (const std::runtime_error&) {
    return {model, manifest};  // What is wrong with them is told when they are loaded.
  }
}

}  // namespace earshot::host
