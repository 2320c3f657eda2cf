// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/detection_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <utility>

#include "earshot/app/units.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/errors.h"

extern char** environ;

namespace earshot::host {
namespace {

constexpr char kOption[] = "--on-detect";
// Far more than words that a command takes its time for; one that never ends shall not fill the
// computer.
constexpr size_t kMostAtOnce = 32;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n'; }

bool IsProgram(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_regular_file(path, error) && access(path.c_str(), X_OK) == 0;
}

// The file that is run by this name; empty: none.
std::string FindProgram(const std::string& name) {
  if (name.find('/') != std::string::npos) return IsProgram(name) ? name : "";
  const char* path = std::getenv("PATH");
  std::istringstream directories(path != nullptr ? path : "");
  for (std::string directory; std::getline(directories, directory, ':');) {
    std::string candidate = (directory.empty() ? "." : directory) + "/" + name;
    if (IsProgram(candidate)) return candidate;
  }
  return "";
}

// The program's environment without what is said of a word.
std::vector<std::string> OtherVariables() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    const std::string name = text.substr(0, text.find('='));
    bool is_ours = false;
    for (const char* ours : {"LABEL", "SCORE", "START_S", "END_S", "TIME_S", "MODEL"}) {
      is_ours = is_ours || name == std::string("EARSHOT_") + ours;
    }
    if (!is_ours) variables.push_back(text);
  }
  return variables;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

// How a command is started: nothing to read, its results to standard error, and signals as usual.
class SpawnSettings {
 public:
  SpawnSettings() {
    posix_spawn_file_actions_init(&files_);
    posix_spawn_file_actions_addopen(&files_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files_, StandardErrorFile(), STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&files_, STDERR_FILENO, STDOUT_FILENO);
    posix_spawnattr_init(&attributes_);
    sigset_t usual;
    sigemptyset(&usual);
    for (const int ignored : {SIGPIPE, SIGXFSZ}) sigaddset(&usual, ignored);  // By the program.
    posix_spawnattr_setsigdefault(&attributes_, &usual);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&files_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  // Answers with an errno.
  int Spawn(const std::string& program, std::vector<std::string> words,
            std::vector<std::string> variables, pid_t* child) const {
    return posix_spawn(child, program.c_str(), &files_, &attributes_, Pointers(words).data(),
                       Pointers(variables).data());
  }

 private:
  posix_spawn_file_actions_t files_;
  posix_spawnattr_t attributes_;
};

class DetectionCommand : public PartialListenOutput {
 public:
  DetectionCommand(const std::string& command, std::function<void(const std::string&)> notify)
      : words_(SplitCommand(command)), variables_(OtherVariables()), notify_(std::move(notify)) {
    if (words_.empty()) throw UsageError(std::string(kOption) + ": no command");
    program_ = FindProgram(words_[0]);
    if (program_.empty()) {
      throw UsageError(fmt::format("{}: {}: no such program", kOption, words_[0]));
    }
  }

  void Start(const std::string&, const std::vector<const KeywordModel*>& models) override {
    models_ = models;
  }

  void Word(const HeardWord& word) override {
    Reap();
    if (children_.size() < kMostAtOnce) {
      Spawn(word);
      was_busy_ = false;
    } else if (!std::exchange(was_busy_, true)) {
      notify_(fmt::format("{}: {} commands still run: none is started until one of them has ended",
                          kOption, kMostAtOnce));
    }
  }

  void Tick(const ListenTotals&) override { Reap(); }
  // Commands that still run are left alone.
  void Finish(const ListenTotals&) override { Reap(); }

 private:
  void Spawn(const HeardWord& word) {
    pid_t child = 0;
    const int error = settings_.Spawn(program_, words_, Variables(word), &child);
    if (error == 0) {
      children_.push_back(child);
    } else if (!std::exchange(has_failed_, true)) {
      notify_(fmt::format("{}: {}: {}", kOption, program_, std::strerror(error)));
    }
  }

  std::vector<std::string> Variables(const HeardWord& word) const {
    const Detection& detection = word.detection;
    const KeywordModel& model = *models_[word.model];
    std::vector<std::string> variables = variables_;
    const auto add = [&variables](const char* name, const std::string& value) {
      variables.push_back(fmt::format("EARSHOT_{}={}", name, value));
    };
    const auto seconds = [](int64_t ms) {
      return fmt::format("{:.3f}", static_cast<double>(ms) / 1000);
    };
    add("LABEL", model.labels()[static_cast<size_t>(detection.label)]);
    add("SCORE", fmt::format("{:.3f}", ScoreOf(detection.score)));
    add("START_S", seconds(detection.start_ms));
    add("END_S", seconds(detection.end_ms));
    add("TIME_S", seconds(detection.time_ms));
    add("MODEL", model.name());
    return variables;
  }

  // Takes leave of those that have come to an end.
  void Reap() {
    const auto has_ended = [](pid_t child) { return waitpid(child, nullptr, WNOHANG) != 0; };
    children_.erase(std::remove_if(children_.begin(), children_.end(), has_ended), children_.end());
  }

  const std::vector<std::string> words_;
  const std::vector<std::string> variables_;
  const std::function<void(const std::string&)> notify_;
  const SpawnSettings settings_;
  std::string program_;
  std::vector<const KeywordModel*> models_;
  std::vector<pid_t> children_;
  bool has_failed_ = false;  // To start one; that was told.
  bool was_busy_ = false;    // No more could be started for the latest word; that was told.
};

}  // namespace

std::vector<std::string> SplitCommand(const std::string& command) {
  std::vector<std::string> words;
  bool in_word = false;
  char quote = 0;  // The one that is open; 0: none.
  for (size_t i = 0; i < command.size(); ++i) {
    const char c = command[i];
    if (quote == 0 && IsBlank(c)) {
      in_word = false;
      continue;
    }
    if (!std::exchange(in_word, true)) words.emplace_back();
    if (c == quote) {
      quote = 0;
    } else if (quote == 0 && (c == '\'' || c == '"')) {
      quote = c;
    } else if (c == '\\' && quote != '\'') {
      if (i + 1 == command.size()) {
        throw UsageError(fmt::format("{}: a backslash at the end: {}", kOption, command));
      }
      const char next = command[i + 1];
      const bool is_escape = quote == 0 || next == '"' || next == '\\';
      words.back() += is_escape ? next : c;
      i += is_escape ? 1 : 0;
    } else {
      words.back() += c;
    }
  }
  if (quote != 0) throw UsageError(fmt::format("{}: {} is left open: {}", kOption, quote, command));
  return words;
}

std::unique_ptr<ListenOutput> MakeDetectionCommand(const std::string& command,
                                                   std::function<void(const std::string&)> notify) {
  return std::make_unique<DetectionCommand>(command, std::move(notify));
}

}  // namespace earshot::host
