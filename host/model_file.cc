// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/model_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "host/errors.h"
#include "models/shipped_models.h"

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

AlignedBytes ReadModelBytes(const std::string& choice) {
  std::error_code error;
  if (!std::filesystem::exists(choice, error)) {
    if (const EmbeddedModel* shipped = FindShippedModel(choice); shipped != nullptr) {
      return AlignedBytes(shipped->bytes);
    }
    throw ModelError(choice + ": no such file, and no shipped model of this name (" +
                     ShippedNames() + ")");
  }
  if (std::filesystem::is_directory(choice, error)) throw ModelError(choice + ": is a directory");
  std::ifstream file(choice, std::ios::binary | std::ios::ate);
  if (!file) throw ModelError(choice + ": " + std::strerror(errno));
  const std::streamoff size = file.tellg();
  if (size < 0) throw ModelError(choice + ": is not a regular file");
  AlignedBytes bytes(static_cast<size_t>(size));
  void* begin = bytes.span().data();
  file.seekg(0).read(static_cast<char*>(begin), static_cast<std::streamsize>(bytes.span().size()));
  if (!file) throw ModelError(choice + ": cannot be read");
  return bytes;
}

Status MakeRunner(const Model& model, const OperatorResolver& resolver, ModelRunner* runner) {
  size_t bytes = 0;
  for (;;) {
    runner->arena = AlignedBytes(bytes);
    runner->interpreter = Interpreter(model, resolver, runner->arena.span());
    const Status status = runner->interpreter.AllocateTensors();
    // A wish that is not larger than what there was would go on for ever.
    const bool grows = status.code == StatusCode::kArenaTooSmall &&
                       static_cast<int64_t>(status.wanted) > static_cast<int64_t>(bytes);
    if (!grows) return status;
    bytes = static_cast<size_t>(status.wanted);
  }
}

}  // namespace earshot::host
