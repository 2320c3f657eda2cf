// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mixing/bad_files.h"

#include "earshot/host/console/standard_output.h"

namespace earshot::host {

void BadFiles::Tell(const std::string& path, const std::string& error) {
  if (paths_.insert(path).second) Warn(path + ": " + error);
}

void BadFiles::Tell(const std::string& path, const SoundFlaws& flaws) {
  if (!flaws.note.empty() && noted_paths_.insert(path).second) Warn(path + ": " + flaws.note);
  if (!flaws.error.empty()) Tell(path, flaws.error);
}

}  // namespace earshot::host
