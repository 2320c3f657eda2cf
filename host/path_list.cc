// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/path_list.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string_view>

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

// What libsndfile 1.2 reads and knows from the contents, so no headerless formats.
constexpr std::array<std::string_view, 24> kExtensions = {
    ".aif",  ".aifc", ".aiff", ".au",  ".avr", ".caf",  ".flac", ".htk",
    ".iff",  ".mp3",  ".nist", ".oga", ".ogg", ".opus", ".paf",  ".pvf",
    ".rf64", ".sd2",  ".sds",  ".snd", ".sph", ".voc",  ".w64",  ".wav"};

bool IsHidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return !name.empty() && name[0] == '.';
}

void AddDirectory(const std::string& directory, std::vector<PathEntry>* entries) {
  std::vector<PathEntry> found;
  std::error_code error;
  fs::recursive_directory_iterator item(directory, error);
  for (; !error && item != fs::recursive_directory_iterator(); item.increment(error)) {
    std::error_code unreadable;  // A broken link is no file.
    if (IsHidden(item->path())) {
      if (item->is_directory(unreadable)) item.disable_recursion_pending();
    } else if (item->is_regular_file(unreadable) && IsRecordingName(item->path().string())) {
      found.push_back({item->path().string(), ""});
    }
  }
  if (error) found.push_back({directory, error.message()});
  if (found.empty()) found.push_back({directory, "no recordings in this directory"});
  std::sort(found.begin(), found.end(),
            [](const PathEntry& a, const PathEntry& b) { return a.path < b.path; });
  entries->insert(entries->end(), std::make_move_iterator(found.begin()),
                  std::make_move_iterator(found.end()));
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

void AddLines(std::istream& list, std::vector<PathEntry>* entries) {
  for (std::string line; std::getline(list, line);) {
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
    AddLines(list, entries);
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

bool IsRecordingName(const std::string& name) {
  std::string extension = fs::path(name).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

}  // namespace earshot::host
