// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/path_list.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "earshot/host/audio/folder_walk.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/files/byte_order_mark.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

void AddDirectory(const std::string& directory, std::vector<PathEntry>* entries) {
  FoundRecordings found = FindRecordings(directory);
  const std::string undecoded = found.undecoded.empty()
                                    ? ""
                                    : "sound files that nothing here decodes (" + found.undecoded +
                                          "); convert them, as with ffmpeg -i FILE converted.wav";
  if (found.entries.empty()) {
    const std::string what = undecoded.empty() ? "" : ", only " + undecoded;
    found.entries.push_back({directory, "no recordings in this directory" + what});
  } else if (!undecoded.empty()) {
    Warn(directory + ": passed over " + undecoded);
  }
  entries->insert(entries->end(), std::make_move_iterator(found.entries.begin()),
                  std::make_move_iterator(found.entries.end()));
}

void AddPath(const std::string& path, std::vector<PathEntry>* entries) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    AddDirectory(path, entries);
  } else if (!fs::exists(path, error)) {
    entries->push_back({path, "no such file"});
  } else {
    entries->push_back({path, ""});
  }
}

void AddLines(std::istream& list, const std::string& name, std::vector<PathEntry>* entries) {
  for (std::string line; std::getline(list, line);) {
    DropByteOrderMark(&line);  // Lists that were joined have several.
    if (line.find('\0') != std::string::npos) {
      entries->push_back({name,
                          "list of paths: found a byte of 0, wanted text in UTF-8 (not UTF-16), "
                          "one path a line"});
      return;
    }
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) AddPath(line, entries);
  }
}

// A list that cannot be read to its end is an error behind what it has told until then. That there
// is no memory for it is an exception, which streams keep to themselves unless they are asked.
void AddList(std::istream& list, const std::string& name, std::vector<PathEntry>* entries) {
  const auto fail = [&] {
    entries->push_back({name, std::string("list of paths: ") + std::strerror(errno)});
  };
  const std::ios::iostate before = list.exceptions();
  list.exceptions(std::ios::badbit);
  try {
    AddLines(list, name, entries);
    // C++'s standard input says "the end" where C's knows that it was an error.
    if (&list == &std::cin && std::ferror(stdin) != 0) fail();
  } catch (const std::ios::failure&) {
    fail();
  }
  list.clear();
  list.exceptions(before);
}

void AddListFile(const std::string& path, std::vector<PathEntry>* entries) {
  std::error_code error;
  std::ifstream list(path);
  if (!list || fs::is_directory(path, error)) {
    const std::string reason = list ? "is a directory" : std::strerror(errno);
    entries->push_back({path, "list of paths: " + reason});
    return;
  }
  AddList(list, path, entries);
}

}  // namespace

std::vector<PathEntry> ExpandPaths(const std::vector<std::string>& arguments,
                                   const std::vector<std::string>& lists,
                                   std::istream& standard_input) {
  std::vector<PathEntry> entries;
  for (const std::string& argument : arguments) {
    if (argument == "-") {
      AddList(standard_input, "standard input", &entries);
    } else {
      AddPath(argument, &entries);
    }
  }
  for (const std::string& list : lists) {
    if (list == "-") {
      AddList(standard_input, "standard input", &entries);
    } else {
      AddListFile(list, &entries);
    }
  }
  return entries;
}

}  // namespace earshot::host
