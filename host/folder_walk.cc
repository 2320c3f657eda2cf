// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/folder_walk.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <deque>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

// Sound, or films with sound, that libsndfile does not decode, or not without a header.
constexpr std::array<std::string_view, 26> kUndecoded = {
    ".3gp", ".aac",  ".ac3",  ".amr", ".ape", ".asf", ".dsf",  ".m4a", ".m4b",
    ".mka", ".mkv",  ".mov",  ".mp4", ".mpc", ".pcm", ".ra",   ".raw", ".spx",
    ".tta", ".weba", ".webm", ".wma", ".wv",  ".dts", ".eac3", ".awb"};

bool IsHidden(const fs::path& path) {
  const std::string name = path.filename().string();
  return !name.empty() && name[0] == '.';
}

std::string LoweredExtension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return extension;
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
    for (const auto& [extension, count] : undecoded_) {
      found_.undecoded +=
          fmt::format("{}{} {}", found_.undecoded.empty() ? "" : ", ", extension, count);
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
    } else if (IsRecordingName(path)) {
      found_.entries.push_back({path, ""});
    } else {
      const std::string extension = LoweredExtension(item.path());
      if (std::count(kUndecoded.begin(), kUndecoded.end(), extension) > 0) ++undecoded_[extension];
    }
  }

  // What may be a recording or a folder of them, but cannot be told; or, if there is no error, what
  // is neither, as a socket.
  void TakeUnknown(const fs::path& path, const std::string& text, bool is_error) {
    const bool may_be = path.extension().empty() || IsRecordingName(path.string());
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
