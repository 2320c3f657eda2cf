// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// All recordings below a folder.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/audio/path_list.h"

namespace earshot::host {

struct FoundRecordings {
  // Sorted by path, byte by byte: files, links to files among them, that are recordings by the
  // endings of their names or, where these tell little, by how they begin; and, with an error,
  // folders that cannot be read and links that lead nowhere.
  std::vector<PathEntry> entries;
  // How many sound files there are that nothing here decodes, by ending, e.g. ".m4a 2, .wma 1";
  // empty: none.
  std::string undecoded;
};

// Hidden files and folders are passed over. Links to folders are followed, but no folder is entered
// twice; one that is there itself is entered as that.
FoundRecordings FindRecordings(const std::string& folder);

}  // namespace earshot::host
