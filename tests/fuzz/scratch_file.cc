// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/scratch_file.h"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "tests/fuzz/fuzz_target.h"

namespace earshot::test {

ScratchFolder::ScratchFolder() {
  std::error_code error;
  std::string pattern = std::filesystem::is_directory("/dev/shm", error)
                            ? "/dev/shm"
                            : std::filesystem::temp_directory_path().string();
  pattern += "/earshot-fuzz-XXXXXX";
  Require(mkdtemp(pattern.data()) != nullptr, "there is a folder to write to");
  folder_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code error;
  std::filesystem::remove_all(folder_, error);
}

std::string ScratchFolder::Write(const std::string& name, Span<const uint8_t> bytes) const {
  std::string path = Path(name);
  std::FILE* file = std::fopen(path.c_str(), "wb");
  Require(file != nullptr, "the input's file can be opened");
  const size_t written = bytes.empty() ? 0 : std::fwrite(bytes.data(), 1, bytes.size(), file);
  Require(std::fclose(file) == 0 && written == bytes.size(), "the input's file can be written");
  return path;
}

}  // namespace earshot::test
