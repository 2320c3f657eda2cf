// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// For functions that read files: an input as a file, which never reaches a disk where that can be.
#pragma once

#include <string>

#include "earshot/base/span.h"

namespace earshot::test {

// A folder of this process alone, in memory if the system has such a place; gone with the object.
class ScratchFolder {
 public:
  // Ends the program where there can be none.
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  // The path of a file in it.
  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  // Writes it, in place of what is there, and returns its path.
  std::string Write(const std::string& name, Span<const uint8_t> bytes) const;

 private:
  std::string folder_;
};

}  // namespace earshot::test
