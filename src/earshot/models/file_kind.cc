// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/file_kind.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iterator>

namespace earshot {
namespace {

constexpr size_t kHeadBytes = 1024;  // Tells enough.

constexpr char kConvert[] = ": convert it to .tflite (int8), with TensorFlow's TFLiteConverter";
constexpr char kUnpack[] = ": unpack it";
constexpr char kSound[] = "a sound file";

struct Kind {
  std::string begins;  // Bytes at `offset`.
  size_t offset;
  std::string text;
};

// `head` has small letters and no blanks at its beginning.
std::string KindOfText(const std::string& head) {
  const auto begins = [&head](const char* text) { return head.rfind(text, 0) == 0; };
  const auto holds = [&head](const char* text) { return head.find(text) != std::string::npos; };
  if (begins("version https://git-lfs") || begins("version https://hawser")) {
    return "a Git LFS pointer, not the file itself: fetch it with `git lfs pull`";
  }
  if (holds("/annex/objects/")) {
    return "a git-annex pointer, not the file itself: fetch it with `git annex get`";
  }
  if (begins("<!doctype html") || begins("<html") || begins("<head") || begins("<!--")) {
    return "a web page: download the file itself (where a site shows files, by \"raw\")";
  }
  if (begins("<")) return "XML, as servers answer when they do not have a file";
  if (begins("{") || begins("[")) return "";
  if (holds("unsigned char") || holds("alignas") || holds("uint8_t") || holds("#include")) {
    return "source code: wanted is the .tflite file that it was made of";
  }
  return "text";
}

bool IsText(const std::string& head) {
  return std::none_of(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f';
  });
}

std::string Small(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// As flash is before anything is written to it.
bool IsErased(const std::string& head) {
  return (head[0] == '\xFF' || head[0] == '\0') &&
         std::all_of(head.begin(), head.end(), [&head](char c) { return c == head[0]; });
}

std::string KindOfBytes(const std::string& head, const std::string& extension) {
  if (IsErased(head)) return "empty, as erased flash is: no model has been written";
  const Kind kinds[] = {
      {std::string("\x1F\x8B"), 0, std::string("packed by gzip") + kUnpack},
      {"PK\x03\x04", 0, std::string("a ZIP archive") + kUnpack},
      {"BZh", 0, std::string("packed by bzip2") + kUnpack},
      {"\xFD"
       "7zXZ",
       0, std::string("packed by xz") + kUnpack},
      {"7z\xBC\xAF", 0, std::string("a 7z archive") + kUnpack},
      {"\x28\xB5\x2F\xFD", 0, std::string("packed by zstd") + kUnpack},
      {"Rar!", 0, std::string("a RAR archive") + kUnpack},
      {"ustar", 257, std::string("a tar archive") + kUnpack},
      {"\x89HDF", 0, std::string("an HDF5 file, as Keras writes models") + kConvert},
      {"RIFF", 0, kSound},
      {"RIFX", 0, kSound},
      {"fLaC", 0, kSound},
      {"OggS", 0, kSound},
      {"ID3", 0, kSound},
      {"\xFF\xFE", 0, "text in UTF-16"},
      {"\xFE\xFF", 0, "text in UTF-16"},
      {"\x7F"
       "ELF",
       0, "a program or object file"},
      {"%PDF", 0, "a PDF document"},
      {"\x89PNG", 0, "a picture"},
  };
  const bool is_zip = head.rfind("PK\x03\x04", 0) == 0;
  if (is_zip && extension == ".keras") return std::string("a Keras model") + kConvert;
  const bool is_pickle = head.size() > 1 && head[0] == '\x80' && head[1] >= 2 && head[1] <= 5;
  if (is_pickle ||
      (is_zip && (extension == ".pt" || extension == ".pth" || extension == ".ckpt"))) {
    return "a model of PyTorch or another pickle: export it and convert it to .tflite (int8)";
  }
  for (const Kind& kind : kinds) {
    if (head.compare(std::min(kind.offset, head.size()), kind.begins.size(), kind.begins) == 0) {
      return kind.text;
    }
  }
  const std::string small = Small(head);
  const bool is_protobuf = head[0] == '\x08' || head[0] == '\x0A';
  if (extension == ".onnx" || (head[0] == '\x08' && (small.find("onnx") != std::string::npos ||
                                                     small.find("torch") != std::string::npos))) {
    return "an ONNX model: convert it to .tflite (int8)";
  }
  if (extension == ".pb" && is_protobuf) {
    return std::string("a graph or SavedModel of TensorFlow") + kConvert;
  }
  return "";
}

}  // namespace

std::string WhatItSeems(Span<const uint8_t> bytes, const std::string& path) {
  if (bytes.empty()) return "empty";
  const std::string head(bytes.begin(), bytes.begin() + std::min(bytes.size(), kHeadBytes));
  if (head.compare(std::min<size_t>(4, head.size()), 3, "TFL") == 0) return "";
  const std::string extension = Small(std::filesystem::path(path).extension().string());
  std::string kind = KindOfBytes(head, extension);
  if (!kind.empty()) return kind;
  const std::string mark = "\xEF\xBB\xBF";
  const size_t begin =
      head.find_first_not_of(" \t\r\n", head.rfind(mark, 0) == 0 ? mark.size() : 0);
  if (begin == std::string::npos) return "text without anything but blanks";
  return IsText(head) ? KindOfText(Small(head.substr(begin))) : "";
}

}  // namespace earshot
