// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstring>

#include "firmware/families/cortex_m/semihosting.h"
#include "tests/on_device/test_file.h"

namespace earshot::test {
namespace {

constexpr size_t kPathBytes = 256;

const char* g_folder = "";

}  // namespace

void SetDataFolder(const char* folder) { g_folder = folder; }

TestFile::TestFile(const char* name) {
  char path[kPathBytes];
  const size_t folder_bytes = std::strlen(g_folder);
  const size_t name_bytes = std::strlen(name);
  if (folder_bytes + 1 + name_bytes + 1 > kPathBytes) return;
  std::memcpy(path, g_folder, folder_bytes);
  path[folder_bytes] = '/';
  std::memcpy(path + folder_bytes + 1, name, name_bytes + 1);
  handle_.number = semihosting::Open(path, semihosting::OpenMode::kRead);
  if (handle_.number < 0) return;
  const int length = semihosting::Length(handle_.number);
  opened_ = length >= 0;
  if (opened_) size_ = static_cast<size_t>(length);
}

TestFile::~TestFile() {
  if (opened_) semihosting::Close(handle_.number);
}

bool TestFile::Read(Span<uint8_t> bytes) {
  return bytes.empty() || semihosting::Read(handle_.number, bytes) == bytes.size();
}

bool TestFile::Seek(size_t position) { return semihosting::Seek(handle_.number, position); }

}  // namespace earshot::test
