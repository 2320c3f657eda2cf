// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/model_file.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "host/errors.h"

namespace earshot::host {

AlignedBytes ReadModelBytes(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw ModelError(path + ": is a directory");
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw ModelError(path + ": " + std::strerror(errno));
  const std::streamoff size = file.tellg();
  if (size < 0) throw ModelError(path + ": is not a regular file");
  AlignedBytes bytes(static_cast<size_t>(size));
  void* begin = bytes.span().data();
  file.seekg(0).read(static_cast<char*>(begin), static_cast<std::streamsize>(bytes.span().size()));
  if (!file) throw ModelError(path + ": cannot be read");
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
