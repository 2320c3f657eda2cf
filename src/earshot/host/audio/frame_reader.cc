// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/frame_reader.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "earshot/host/audio/library_reader.h"
#include "earshot/host/audio/linear_reader.h"
#include "earshot/host/audio/parts_reader.h"
#include "earshot/host/errors.h"
#include "earshot/host/formats/stream_parts.h"

namespace earshot::host {
namespace {

OpenedFile Open(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (!error && std::filesystem::is_directory(status)) throw InputError("is a directory");
  OpenedFile file = OpenFile(path);
  if (file != nullptr) return file;
  throw InputError(errno == ENOENT ? "no such file" : std::strerror(errno));
}

}  // namespace

std::unique_ptr<FrameReader> OpenFrames(const std::string& path) {
  OpenedFile file = Open(path);
  SoundHeader header =
      ReadSoundHeader([&file](Span<uint8_t> bytes) { return ReadBytes(file.get(), bytes); });
  if (header.linear) return std::make_unique<LinearReader>(std::move(file), std::move(header));
  if (header.taken.empty() && header.kind.name.empty()) throw InputError("the file is empty");
  return OpenFramesAgain(path, header);
}

std::unique_ptr<FrameReader> OpenFramesAgain(const std::string& path, const SoundHeader& header) {
  const std::string file = path == "-" ? "/dev/stdin" : path;
  std::error_code error;
  if (std::filesystem::is_regular_file(file, error)) {
    const auto bytes = static_cast<int64_t>(std::filesystem::file_size(file));
    std::vector<StreamPart> parts = FindStreamParts(Open(file).get(), bytes, header.kind.name);
    const bool has_hole = parts[0].is_behind_hole;
    if (parts.size() > 1 || has_hole)
      return std::make_unique<PartsReader>(file, header, std::move(parts));
    return std::make_unique<LibraryReader>(file, header, parts[0]);
  }
  const SoundKind& kind = header.kind;
  if (kind.name.empty()) throw InputError("no sound of a format that is known");
  if (!kind.is_sound) throw InputError("no sound: " + kind.name);
  throw InputError(kind.name +
                   ", which cannot be read from a pipe; convert it, as with ffmpeg -i - -f s16le "
                   "-ar 16000 -ac 1 -");
}

}  // namespace earshot::host
