// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/mixing/bad_files.h"

#include "host/standard_output.h"

namespace earshot::host {

void BadFiles::Tell(const std::string& path, const std::string& error) {
  if (paths_.insert(path).second) Warn(path + ": " + error);
}

}  // namespace earshot::host
