// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/files/output_check.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>
#include <tuple>

#include "earshot/host/errors.h"
#include "earshot/host/files/output_file.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

// What makes a file itself: device, inode, and the name of one that is not there yet, which has the
// numbers of its directory.
using Identity = std::tuple<dev_t, ino_t, std::string>;

Identity IdentityOf(const struct stat& status) { return {status.st_dev, status.st_ino, ""}; }

// Names of the program's own open files, standard output among them.
bool MeansOpenFile(const std::string& path) {
  return path.rfind("/dev/", 0) == 0 || path.rfind("/proc/", 0) == 0;
}

// The directory in which a file is or will be.
std::string DirectoryOf(const std::string& path) {
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

class Outputs {
 public:
  Outputs() {
    struct stat status = {};
    if (fstat(STDOUT_FILENO, &status) == 0 && S_ISREG(status.st_mode)) {
      outputs_[IdentityOf(status)] = {"standard output", ""};
    }
  }

  void Add(const NamedFile& output) {
    struct stat status = {};
    const bool exists = stat(output.path.c_str(), &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
      throw InputError(output.path + ": " + std::strerror(EISDIR));
    }
    if (exists && !S_ISREG(status.st_mode)) return;
    exist_ = exist_ || exists;
    const auto [other, is_new] =
        outputs_.insert({exists ? IdentityOf(status) : IdentityToBe(output), output});
    if (is_new) return;
    // Who calls standard output by its name means it; but only one output can be there.
    if (MeansOpenFile(output.path) && other->second.path.empty()) {
      other->second = output;
      return;
    }
    throw UsageError(fmt::format("{}: {} is the file of {} as well; give each a file of its own",
                                 output.name, output.path, other->second.name));
  }

  bool exist() const { return exist_; }

  void CheckInput(const std::string& path) const {
    struct stat status = {};
    const bool exists =
        (path == "-" ? fstat(STDIN_FILENO, &status) : stat(path.c_str(), &status)) == 0;
    if (!exists || !S_ISREG(status.st_mode)) return;
    const auto output = outputs_.find(IdentityOf(status));
    if (output == outputs_.end() || output->second.path.empty()) return;
    throw UsageError(fmt::format("{}: {} is read as well ({}) and would be lost; give another file",
                                 output->second.name, output->second.path,
                                 path == "-" ? "standard input" : path));
  }

 private:
  static Identity IdentityToBe(const NamedFile& output) {
    const std::string target = BehindLinks(output.path);
    const std::string directory = DirectoryOf(target);
    struct stat status = {};
    if (stat(directory.c_str(), &status) != 0) {
      throw InputError(fmt::format("{}: {}: {}", output.path, directory, std::strerror(errno)));
    }
    if (!S_ISDIR(status.st_mode)) {
      throw InputError(fmt::format("{}: {} is not a directory", output.path, directory));
    }
    if (access(directory.c_str(), W_OK) != 0) {
      throw InputError(fmt::format("{}: {}: {}", output.path, directory, std::strerror(errno)));
    }
    return {status.st_dev, status.st_ino, fs::path(target).filename().string()};
  }

  std::map<Identity, NamedFile> outputs_;
  bool exist_ = false;
};

}  // namespace

void CheckOutputs(const std::vector<NamedFile>& outputs,
                  const std::function<void(const AddInput& add)>& inputs) {
  Outputs all;
  for (const NamedFile& output : outputs) {
    if (!output.path.empty()) all.Add(output);
  }
  if (all.exist()) inputs([&all](const std::string& path) { all.CheckInput(path); });
}

}  // namespace earshot::host
