// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/file_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/golden.h"

namespace earshot {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Kind(const std::string& bytes, const std::string& path = "model.tflite") {
  return WhatItSeems({reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size()}, path);
}

std::string Bytes(const char* text, size_t size) { return {text, size}; }

TEST(FileKind, ModelsAndJsonAreNothingElse) {
  const std::vector<uint8_t> model =
      test::ReadBytes(test::SourcePath("models/tiny_conv_yes_no/model.tflite"));
  EXPECT_THAT(WhatItSeems(model, "model.onnx"), IsEmpty());
  EXPECT_THAT(Kind("\xEF\xBB\xBF {\"type\": \"micro\"}"), IsEmpty());
  EXPECT_THAT(Kind(Bytes("\x10\x00\x00\x00\x01\x02\x03", 7)), IsEmpty());
}

TEST(FileKind, WhatComesInPlaceOfAModel) {
  const struct {
    std::string bytes;
    const char* path;
    const char* kind;
  } cases[] = {
      {"", "m.tflite", "empty"},
      {"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 60264\n", "m.tflite",
       "Git LFS pointer"},
      {"/annex/objects/SHA256E-s60264--4d7a.tflite\n", "m.tflite", "git-annex"},
      {"\n<!DOCTYPE html>\n<html>", "m.tflite", "web page"},
      {"<HTML><body>404", "m.tflite", "web page"},
      {"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code>", "m.tflite", "XML"},
      {"404: Not Found", "m.tflite", "text"},
      {"alignas(8) const unsigned char g_model[] = {0x1c, 0x00", "m.cc", "source code"},
      {Bytes("\x1F\x8B\x08\x00", 4), "m.tflite.gz", "gzip: unpack"},
      {Bytes("PK\x03\x04\x14\x00", 6), "m.zip", "ZIP archive"},
      {Bytes("PK\x03\x04\x14\x00", 6), "m.keras", "Keras model: convert"},
      {Bytes("PK\x03\x04\x14\x00", 6), "m.pt", "PyTorch"},
      {Bytes("\x80\x02}q", 4), "m.pth", "PyTorch"},
      {Bytes("\x89HDF\r\n\x1A\n", 8), "m.h5", "HDF5"},
      {Bytes("\x08\x07\x12\x07pytorch", 11), "m.tflite", "ONNX"},
      {Bytes("\x08\x07\x12\x00", 4), "m.onnx", "ONNX"},
      {Bytes("\x08\x01\x12\x00", 4), "saved_model.pb", "SavedModel"},
      {Bytes("RIFF\x24\x00\x00\x00WAVE", 12), "a.wav", "sound file"},
      {Bytes("\xFF\xFE{\x00", 4), "m.json", "UTF-16"},
      {std::string(4096, '\xFF'), "m.slot", "empty, as erased flash is"},
      {std::string(4096, '\0'), "m.slot", "empty, as erased flash is"},
  };
  for (const auto& one : cases) {
    EXPECT_THAT(Kind(one.bytes, one.path), HasSubstr(one.kind)) << one.path << ": " << one.bytes;
  }
}

// Whatever the first bytes are, there is an answer.
TEST(FileKind, AnyBytes) {
  for (int byte = 0; byte < 256; ++byte) {
    for (size_t size = 1; size < 300; size += 37) {
      Kind(std::string(size, static_cast<char>(byte)), "m.pb");
    }
  }
}

}  // namespace
}  // namespace earshot
