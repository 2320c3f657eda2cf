// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/model_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "earshot/models/enough_memory.h"
#include "earshot/models/file_kind.h"
#include "earshot/models/slot/slot_layout.h"

namespace earshot {
namespace {

namespace fs = std::filesystem;

constexpr char kManifestName[] = "manifest.json";

bool Exists(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

// Also if it is a link to nothing.
bool IsThere(const fs::path& path) {
  std::error_code error;
  return fs::exists(fs::symlink_status(path, error));
}

// What is behind the last slash, of a path of any system or an address.
std::string LastPart(std::string path) {
  if (path.find("://") != std::string::npos) path = path.substr(0, path.find_first_of("?#"));
  const size_t slash = path.find_last_of("/\\");
  return slash == std::string::npos ? path : path.substr(slash + 1);
}

// Where the model file lies that a manifest names.
std::string FindModelOf(const Manifest& manifest, const std::string& manifest_path) {
  const fs::path folder = fs::path(manifest_path).parent_path();
  const std::string name = LastPart(manifest.model);
  const fs::path as_it_says = folder / manifest.model;
  if (Exists(as_it_says)) return as_it_says.lexically_normal().string();
  if (!name.empty() && Exists(folder / name)) return (folder / name).string();
  // Renamed together with its manifest: the hash will tell whether it is the one.
  fs::path of_this_name = manifest_path;
  of_this_name.replace_extension(".tflite");
  if (!manifest.sha256.empty() && Exists(of_this_name)) return of_this_name.string();
  throw ManifestError(manifest_path, "model", fmt::format("\"{}\"", manifest.model),
                      fmt::format("a file beside the manifest: there is no {}",
                                  (folder / (name.empty() ? "model.tflite" : name)).string()));
}

std::string ModelOf(const std::string& manifest_path) {
  const Manifest manifest = LoadManifest(manifest_path);
  std::string model = FindModelOf(manifest, manifest_path);
  if (!IsSlotFile(model)) return model;
  throw ManifestError(manifest_path, "model",
                      fmt::format("\"{}\", a packed slot, which has its labels and settings itself",
                                  manifest.model),
                      "a .tflite file");
}

// The first bytes of a file, as many as there are.
std::string HeadOf(const std::string& path, size_t bytes) {
  std::ifstream file(path, std::ios::binary);
  std::string head(bytes, '\0');
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<size_t>(file.gcount()));
  return head;
}

bool IsSameFile(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::equivalent(a, b, error);
}

}  // namespace

bool IsManifestFile(const std::string& path) {
  std::string extension = fs::path(path).extension().string();
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (extension == ".json") return true;
  if (!Exists(path)) return false;
  const std::string head = HeadOf(path, 16);
  const size_t first = head.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return first != std::string::npos && head[first] == '{';
}

bool LooksLikeModelSlot(Span<const uint8_t> bytes) {
  return bytes.size() >= sizeof(kSlotMagic) &&
         std::equal(std::begin(kSlotMagic), std::end(kSlotMagic), bytes.begin());
}

bool IsSlotFile(const std::string& path) {
  if (!Exists(path)) return false;
  const std::string head = HeadOf(path, sizeof(kSlotMagic));
  return LooksLikeModelSlot({reinterpret_cast<const uint8_t*>(head.data()), head.size()});
}

ModelFiles FindModelFiles(const std::string& model, const std::string& manifest) {
  if (IsManifestFile(model)) {
    if (!manifest.empty()) {
      throw ModelFileError(
          fmt::format("{}: is a manifest itself; wanted a .tflite file to go with "
                      "{}",
                      model, manifest));
    }
    return {ModelOf(model), model};
  }
  if (IsSlotFile(model)) {
    if (manifest.empty()) return {model, "", true};
    throw ModelFileError(fmt::format(
        "{}: is a model slot, which has its labels and settings itself; wanted a .tflite "
        "file to go with {}",
        model, manifest));
  }
  if (!manifest.empty()) return {model, manifest};
  fs::path of_this_name = model;
  of_this_name.replace_extension(".json");
  for (const fs::path& name : {of_this_name, fs::path(model).parent_path() / kManifestName}) {
    if (!IsThere(name)) continue;
    if (!Exists(name)) {
      throw ManifestError(name.string(), "", "no file: a directory, or a link to what is not there",
                          "the model's manifest");
    }
    return {model, name.string()};
  }
  return {model, ""};
}

std::string NoManifestText(const std::string& model) {
  const std::string name = fs::path(model).stem().string() + ".json";
  return fmt::format("{}: no manifest beside the model ({} or {})", model, name, kManifestName);
}

AlignedBytes ReadModelFile(const std::string& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    const bool is_saved_model = Exists(fs::path(path) / "saved_model.pb");
    throw ModelFileError(path + (is_saved_model ? ": is a SavedModel of TensorFlow: convert it to "
                                                  ".tflite (int8), with TensorFlow's "
                                                  "TFLiteConverter"
                                                : ": is a directory"));
  }
  if (fs::exists(path, error) && !fs::is_regular_file(path, error)) {
    throw ModelFileError(path + ": is a pipe or device; wanted a .tflite file");
  }
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) throw ModelFileError(path + ": " + std::strerror(errno));
  const std::streamoff size = file.tellg();
  if (size > INT32_MAX) {
    throw ModelFileError(
        fmt::format("{}: has {} bytes, a model has at most {}", path, size, INT32_MAX));
  }
  if (const std::string wrong = WrongWithMemory(static_cast<uint64_t>(size)); !wrong.empty()) {
    throw ModelFileError(path + ": " + wrong);
  }
  AlignedBytes bytes(static_cast<size_t>(size));
  void* begin = bytes.span().data();
  file.seekg(0).read(static_cast<char*>(begin), static_cast<std::streamsize>(bytes.span().size()));
  if (!file) throw ModelFileError(path + ": cannot be read");
  const std::string kind = WhatItSeems(bytes.span(), path);
  if (kind.empty()) return bytes;
  throw ModelFileError(fmt::format("{}: is {}; wanted a .tflite file", path, kind));
}

Manifest LoadManifestOf(const ModelFiles& files, Span<const uint8_t> bytes) {
  Manifest manifest = LoadManifest(files.manifest);
  CheckModelHash(bytes, manifest.sha256, files.manifest);
  const std::string named = LastPart(manifest.model);
  const std::string given = fs::path(files.model).filename().string();
  const fs::path beside = fs::path(files.manifest).parent_path() / named;
  if (!manifest.sha256.empty() || named == given || IsSameFile(beside.string(), files.model)) {
    return manifest;
  }
  throw ManifestError(files.manifest, "model", fmt::format("\"{}\"", manifest.model),
                      fmt::format("\"{}\", the model that it is to go with", given));
}

}  // namespace earshot
