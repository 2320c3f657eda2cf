// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// From what stands on the command line to the recordings that are meant.
#pragma once

#include <istream>
#include <string>
#include <vector>

namespace earshot::host {

// One recording to read, or the reason why there is none.
struct PathEntry {
  std::string path;
  std::string error;  // Empty: none.
};

// The recordings of `arguments`, in their order:
//   a file       itself, whatever its name;
//   a directory  all recordings below it, sorted by path, byte by byte, as FindRecordings() finds
//                them (earshot/host/audio/folder_walk.h);
//   -            the paths that `standard_input` lists.
// Then those in `lists`, files that list paths. A list holds one path per line, relative to the
// current directory; empty lines are passed over, as are a carriage return at the end of a line and
// a byte-order mark at its beginning.
//
// What does not exist, cannot be read, or is a directory without recordings gives an entry with an
// error.
std::vector<PathEntry> ExpandPaths(const std::vector<std::string>& arguments,
                                   const std::vector<std::string>& lists,
                                   std::istream& standard_input);

}  // namespace earshot::host
