// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Refuses outputs that are inputs, before anything is opened for writing.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace earshot::host {

// A file and the words by which people know it: "--out", "the event list of --out".
struct NamedFile {
  std::string name;
  std::string path;
};

// Tells one input: a file, or "-" for standard input.
using AddInput = std::function<void(const std::string& path)>;

// Checks all files that a command is going to write (empty paths: none is) against each other,
// against standard output, and against all that it reads, which `inputs` tells; that is not asked
// where no output is there yet. Files are the same when they are the same on the disk, whatever
// their names. What is no regular file may be written and read at once.
//
// Throws UsageError: an output is an input, or two outputs are one file; InputError: an output is a
// directory, or the one that it should be in is not there or takes no files.
void CheckOutputs(const std::vector<NamedFile>& outputs,
                  const std::function<void(const AddInput& add)>& inputs);

}  // namespace earshot::host
