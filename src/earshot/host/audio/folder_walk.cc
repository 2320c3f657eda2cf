// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/folder_walk.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <map>
#include <set>
#include <utility>

#include "earshot/host/audio/linear_reader.h"
#include "earshot/host/formats/sound_endings.h"
#include "earshot/host/formats/sound_kinds.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

bool IsHidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return !name.empty() && name[0] == '.';
}

SoundKind KindOfFile(const std::string& path) {
  const OpenedFile file(std::fopen(path.c_str(), "rbe"));
  std::vector<uint8_t> bytes(kKindBytes);
  bytes.resize(file == nullptr ? 0 : std::fread(bytes.data(), 1, bytes.size(), file.get()));
  return KindOf(bytes);
}

class Walk {
 public:
  FoundRecordings Run(const std::string& folder) {
    Enter(folder);
    while (!links_.empty()) {  // Behind all that is there itself.
      const std::string link = links_.front();
      links_.pop_front();
      Enter(link);
    }
    std::sort(found_.entries.begin(), found_.entries.end(),
              [](const PathEntry& a, const PathEntry& b) { return a.path < b.path; });
    for (const auto& [ending, count] : undecoded_) {
      found_.undecoded +=
          fmt::format("{}{} {}", found_.undecoded.empty() ? "" : ", ", ending, count);
    }
    return std::move(found_);
  }

 private:
  void Enter(const std::string& top) {
    std::vector<std::string> folders = {top};
    while (!folders.empty()) {
      const std::string folder = folders.back();
      folders.pop_back();
      struct stat status = {};
      if (stat(folder.c_str(), &status) == 0 &&
          !entered_.emplace(status.st_dev, status.st_ino).second) {
        continue;
      }
      std::error_code error;
      fs::directory_iterator item(folder, error);
      for (; !error && item != fs::directory_iterator(); item.increment(error)) {
        Take(*item, &folders);
      }
      if (error) found_.entries.push_back({folder, error.message()});
    }
    std::sort(links_.begin(), links_.end());
  }

  void Take(const fs::directory_entry& item, std::vector<std::string>* folders) {
    if (IsHidden(item.path())) return;
    const std::string path = item.path().string();
    std::error_code error;
    const bool is_link = item.is_symlink(error);
    const fs::file_status status = item.status(error);
    if (fs::is_directory(status)) {
      if (is_link) {
        links_.push_back(path);
      } else {
        folders->push_back(path);
      }
    } else if (!fs::is_regular_file(status)) {
      const bool is_lost = is_link && status.type() == fs::file_type::not_found;
      TakeUnknown(item.path(), is_lost ? "a link to what is not there" : error.message(),
                  is_lost || error);
    } else {
      TakeFile(path);
    }
  }

  void TakeFile(const std::string& path) {
    SoundEnding ending = SoundEndingOf(path);
    if (ending == SoundEnding::kMaybeSound) {
      const SoundKind kind = KindOfFile(path);
      if (!kind.is_sound) return;
      ending = kind.is_decoded ? SoundEnding::kRecording : SoundEnding::kUndecoded;
    }
    if (ending == SoundEnding::kRecording) found_.entries.push_back({path, ""});
    if (ending == SoundEnding::kUndecoded) ++undecoded_[LoweredEnding(path)];
  }

  // What may be a recording or a folder of them, but cannot be told; or, if there is no error, what
  // is neither, as a socket.
  void TakeUnknown(const fs::path& path, const std::string& text, bool is_error) {
    const bool may_be =
        path.extension().empty() || SoundEndingOf(path.string()) == SoundEnding::kRecording;
    if (is_error && may_be) found_.entries.push_back({path.string(), text});
  }

  FoundRecordings found_;
  std::map<std::string, int> undecoded_;
  std::set<std::pair<dev_t, ino_t>> entered_;
  std::deque<std::string> links_;  // To folders.
};

}  // namespace

FoundRecordings FindRecordings(const std::string& folder) { return Walk().Run(folder); }

}  // namespace earshot::host
