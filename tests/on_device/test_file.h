// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TestFile: one file of the test data, wherever tests run. On hosts it is read with stdio, on
// emulated boards through semihosting; the build links one or the other.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot::test {

class TestFile {
 public:
  // Opens a file of the data folder for reading.
  explicit TestFile(const char* name);
  ~TestFile();
  TestFile(const TestFile&) = delete;
  TestFile& operator=(const TestFile&) = delete;

  bool opened() const { return opened_; }
  // In bytes; 0 unless opened().
  size_t size() const { return size_; }
  // Fills `bytes` from where the last reading ended; false: the file ends before.
  bool Read(Span<uint8_t> bytes);
  // Where the next reading begins, from the beginning of the file.
  bool Seek(size_t position);

 private:
  union Handle {
    void* stream;
    int number;
  } handle_ = {};
  size_t size_ = 0;
  bool opened_ = false;
};

// Where files are; the text stays with the caller. On hosts the build says it.
void SetDataFolder(const char* folder);

}  // namespace earshot::test
