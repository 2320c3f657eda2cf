// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// BadFiles: what could not be read, told once each.
#pragma once

#include <set>
#include <string>

#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {

class BadFiles {
 public:
  // One line on standard error, unless this path was told before.
  void Tell(const std::string& path, const std::string& error);

  // The same of what a recording lacks that is used all the same; what is only a note does not
  // count.
  void Tell(const std::string& path, const SoundFlaws& flaws);

  size_t count() const { return paths_.size(); }
  const std::set<std::string>& paths() const { return paths_; }

 private:
  std::set<std::string> paths_;
  std::set<std::string> noted_paths_;
};

}  // namespace earshot::host
