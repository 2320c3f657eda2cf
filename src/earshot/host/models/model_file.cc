// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/model_file.h"

#include <fmt/format.h>

#include <filesystem>

#include "earshot/host/errors.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/model_files.h"
#include "earshot/models/runnable_model.h"
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

const EmbeddedModel* FindShippedModel(const std::string& name) {
  for (const EmbeddedModel* model : ShippedModels()) {
    if (name == model->name) return model;
  }
  return nullptr;
}

void WithName(const std::string& name, const std::function<void()>& work) {
  try {
    work();
  } catch (const earshot::ModelError& error) {
    throw ModelError(name + ": " + error.what());
  }
}

AlignedBytes ReadModelBytes(const std::string& choice) {
  std::error_code error;
  if (!std::filesystem::exists(choice, error)) {
    if (const EmbeddedModel* shipped = FindShippedModel(choice); shipped != nullptr) {
      return AlignedBytes(shipped->bytes);
    }
    for (const char* ending : {".json", ".tflite"}) {
      if (!std::filesystem::exists(choice + ending, error)) continue;
      throw ModelError(fmt::format("{0}: no such file; is {0}{1} meant?", choice, ending));
    }
    if (error) throw ModelError(choice + ": " + error.message());
    throw ModelError(choice + ": no such file, and no shipped model of this name (" +
                     ShippedNames() + ")");
  }
  try {
    return ReadModelFile(IsManifestFile(choice) ? FindModelFiles(choice).model : choice);
  } catch (const ModelFileError& file) {
    throw ModelError(file.what());
  } catch (const ManifestError& manifest) {
    throw ModelError(manifest.what());
  }
}

void LoadModel(const std::string& name, Span<const uint8_t> bytes, Model* model) {
  const std::string error = LoadRunnable(bytes, AllKernelsResolver(), model);
  if (!error.empty()) throw ModelError(name + ": " + error);
}

Status MakeRunner(const Model& model, const OperatorResolver& resolver, ModelRunner* runner) {
  return CreateInEnoughMemory(
      [&](Span<uint8_t> arena) {
        runner->interpreter = Interpreter(model, resolver, arena);
        return runner->interpreter.AllocateTensors();
      },
      &runner->arena);
}

}  // namespace earshot::host
