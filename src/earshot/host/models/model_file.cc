// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/model_file.h"

#include <fmt/format.h>

#include <filesystem>

#include "earshot/host/errors.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/model_files.h"
#include "earshot/models/shipped_models.h"

namespace earshot::host {
namespace {

std::string ShippedNames() {
  std::string names;
  for (const EmbeddedModel* model : ShippedModels()) {
    names += names.empty() ? "" : ", ";
    names += model->name;
  }
  return names;
}

}  // namespace

const EmbeddedModel* ShippedChoice(const std::string& choice) {
  std::error_code error;
  if (std::filesystem::exists(choice, error)) return nullptr;
  const EmbeddedModel* shipped = FindShippedModel(choice.c_str());
  if (shipped != nullptr) return shipped;
  for (const char* ending : {".json", ".tflite"}) {
    if (!std::filesystem::exists(choice + ending, error)) continue;
    throw ModelError(fmt::format("{0}: no such file; is {0}{1} meant?", choice, ending));
  }
  if (error) throw ModelError(choice + ": " + error.message());
  throw ModelError(choice + ": no such file, and no shipped model of this name (" + ShippedNames() +
                   ")");
}

void CheckTakesManifest(const std::string& choice) {
  if (ShippedChoice(choice) != nullptr) {
    throw UsageError(choice + ": is a shipped model; --manifest and --labels go with a model file");
  }
  if (IsSlotFile(choice)) {
    throw UsageError(choice + ": is a model slot; --manifest and --labels go with a .tflite file");
  }
}

SpotterModel LoadChoice(const std::string& choice, const std::string& manifest,
                        const SpotterModelOptions& options) {
  if (!manifest.empty()) CheckTakesManifest(choice);
  const EmbeddedModel* shipped = ShippedChoice(choice);
  return shipped != nullptr ? LoadSpotterModel(*shipped, options)
                            : LoadSpotterModel(choice, manifest, options);
}

AlignedBytes ReadModelBytes(const std::string& choice) {
  const EmbeddedModel* shipped = ShippedChoice(choice);
  if (shipped != nullptr) return AlignedBytes(shipped->bytes);
  return ReadModelFile(FindModelFiles(choice).model);
}

Status MakeRunner(const std::string& name, const Model& model, const OperatorResolver& resolver,
                  ModelRunner* runner) {
  const auto create = [&](Span<uint8_t> arena) {
    runner->interpreter = Interpreter(model, resolver, arena);
    return runner->interpreter.AllocateTensors();
  };
  EARSHOT_RETURN_IF_ERROR(CreateInEnoughMemory(name, create, &runner->arena));
  runner->packed = PackedBlock(&runner->interpreter);
  return OkStatus();
}

}  // namespace earshot::host
