// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdio>
#include <string>

#include "tests/on_device/test_file.h"

namespace earshot::test {
namespace {

std::FILE* Stream(void* handle) { return static_cast<std::FILE*>(handle); }

}  // namespace

TestFile::TestFile(const char* name) {
  std::FILE* file =
      std::fopen((std::string(EARSHOT_ON_DEVICE_DATA_DIR) + "/" + name).c_str(), "rb");
  if (file == nullptr) return;
  handle_.stream = file;
  opened_ = std::fseek(file, 0, SEEK_END) == 0;
  const long end = std::ftell(file);
  size_ = end < 0 ? 0 : static_cast<size_t>(end);
  opened_ = opened_ && Seek(0);
}

TestFile::~TestFile() {
  if (handle_.stream != nullptr) std::fclose(Stream(handle_.stream));
}

bool TestFile::Read(Span<uint8_t> bytes) {
  return bytes.empty() ||
         std::fread(bytes.data(), 1, bytes.size(), Stream(handle_.stream)) == bytes.size();
}

bool TestFile::Seek(size_t position) {
  return std::fseek(Stream(handle_.stream), static_cast<long>(position), SEEK_SET) == 0;
}

}  // namespace earshot::test
