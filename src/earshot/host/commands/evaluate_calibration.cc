// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/evaluate_calibration.h"

#include <filesystem>

#include "earshot/host/commands/number_option.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/errors.h"
#include "earshot/host/files/output_file.h"
#include "earshot/models/manifest.h"
#include "earshot/models/model_files.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

constexpr size_t kSettingsTold = 5;
constexpr double kMost = 1e6;  // Of what a goal may allow.

}  // namespace

void AddCalibrationOptions(CommandLine& command, CalibrationOptions* options) {
  Option calibrate = command.AddFlag(
      "--calibrate", &options->wanted,
      "Search the recognizer's setting that finds the most words of the streams at no more false "
      "accepts per hour (streams and negatives together) than --max-fa-per-hour");
  // It searches for these.
  for (const char* searched : {"--threshold", "--average-window-ms", "--suppression-ms"}) {
    calibrate.Excludes(searched);
  }
  AddNumber(command, "--max-fa-per-hour", &options->goal.max_false_accepts_per_hour, "", 0, kMost)
      .TypeName("X")
      .ShowDefault()
      .Needs("--calibrate");
  AddNumber(command, "--max-delay-ms", &options->goal.max_delay_ms,
            "The same, but only settings whose median delay after a word's end is no longer", 0,
            kMost)
      .TypeName("X")
      .Needs("--calibrate");
  command
      .Add("--write-manifest", &options->write_manifest,
           "Write the model's manifest with the best setting, if it meets the goal")
      .TypeName("FILE")
      .Needs("--calibrate");
}

std::string ManifestToRewrite(const ModelChoice& choice) {
  std::error_code error;
  if (choice.labels.empty() && fs::exists(choice.model, error)) {
    const std::string path = FindModelFiles(choice.model, choice.manifest).manifest;
    if (!path.empty()) return ReadManifestText(path);
  }
  throw UsageError("--write-manifest: wanted a model file (--model) that has a manifest");
}

bool CalibrateModel(const ModelFigures& model, const CalibrationOptions& options,
                    const std::string& manifest, std::optional<int32_t> strides_per_inference,
                    size_t jobs) {
  if (!model.streams) throw UsageError("--calibrate: wanted a --stream that can be read");
  const std::vector<CalibratedSetting> settings =
      Calibrate(model.recognizer, *model.streams, model.negatives ? &*model.negatives : nullptr,
                options.goal, jobs, kSettingsTold);
  WriteStandardOutput("\n" + CalibrationText(settings, options.goal));
  if (settings.empty() || !settings[0].meets_goal) return false;
  if (options.write_manifest.empty()) return true;
  const std::string text = WithRecognizer(manifest, model.name, settings[0].recognizer,
                                          model.period_ms, strides_per_inference);
  WriteFile(options.write_manifest, text);
  return true;
}

}  // namespace earshot::host
