// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/program.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "tests/support/golden.h"

namespace earshot::host {
namespace {

std::string ReadText(const std::string& path) {
  const std::vector<uint8_t> bytes = test::ReadBytes(path);
  return {bytes.begin(), bytes.end()};
}

int Open(const std::string& path, int flags) {
  const int file = open(path.c_str(), flags | O_CLOEXEC, 0600);
  if (file < 0) throw std::runtime_error(path + ": cannot be opened");
  return file;
}

// Starts the program in `folder` with these three files.
pid_t StartWords(const std::string& folder, std::vector<std::string> words, int in, int out,
                 int err) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) {
    if (chdir(folder.c_str()) != 0) _exit(127);
    dup2(in, STDIN_FILENO);
    dup2(out, STDOUT_FILENO);
    dup2(err, STDERR_FILENO);
    execv(argv[0], argv.data());
    _exit(127);
  }
  return child;
}

pid_t Start(const std::string& folder, const std::vector<std::string>& arguments, int in, int out,
            int err) {
  std::vector<std::string> words = {EARSHOT_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return StartWords(folder, std::move(words), in, out, err);
}

int ExitCode(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int Run(const std::string& folder, const std::vector<std::string>& arguments, int in, int out,
        int err) {
  return ExitCode(Start(folder, arguments, in, out, err));
}

// A terminal's two ends: ours, and the program's.
void OpenTerminal(int ends[2]) {
  ends[0] = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (ends[0] < 0 || grantpt(ends[0]) != 0 || unlockpt(ends[0]) != 0) {
    throw std::runtime_error("posix_openpt");
  }
  ends[1] = Open(ptsname(ends[0]), O_RDWR | O_NOCTTY);
  const winsize size = {24, 80, 0, 0};
  if (ioctl(ends[1], TIOCSWINSZ, &size) != 0) throw std::runtime_error("TIOCSWINSZ");
}

// With the file `input` as standard input.
ProgramRun RunOn(const std::string& folder, const std::vector<std::string>& arguments,
                 const std::string& input) {
  const TempDir dir;
  const int in = Open(input, O_RDONLY);
  const int out = Open(dir.Path("out"), O_WRONLY | O_CREAT);
  const int err = Open(dir.Path("err"), O_WRONLY | O_CREAT);
  ProgramRun run;
  run.exit_code = Run(folder, arguments, in, out, err);
  for (const int file : {in, out, err}) close(file);
  run.out = ReadText(dir.Path("out"));
  run.err = ReadText(dir.Path("err"));
  return run;
}

// With the text `input` on standard input.
ProgramRun RunWith(const std::string& folder, const std::vector<std::string>& arguments,
                   const std::string& input) {
  const TempDir dir;
  WriteText(dir.Path("in"), input);
  return RunOn(folder, arguments, dir.Path("in"));
}

}  // namespace

ProgramRun RunEarshot(const std::vector<std::string>& arguments, const std::string& input) {
  return RunWith(".", arguments, input);
}

ProgramRun RunEarshotIn(const std::string& folder, const std::vector<std::string>& arguments) {
  return RunWith(folder, arguments, "");
}

ProgramRun RunEarshotOnFile(const std::vector<std::string>& arguments, const std::string& input) {
  return RunOn(".", arguments, input);
}

ProgramRun RunEarshotWithSmallFiles(const std::vector<std::string>& arguments, uint64_t bytes) {
  rlimit before = {};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = bytes;
  setrlimit(RLIMIT_FSIZE, &small);  // The program inherits it.
  const ProgramRun run = RunEarshot(arguments);
  setrlimit(RLIMIT_FSIZE, &before);
  return run;
}

ProgramRun RunShell(const std::string& script, const std::vector<std::string>& arguments) {
  const TempDir dir;
  const int in = Open("/dev/null", O_RDONLY);
  const int out = Open(dir.Path("out"), O_WRONLY | O_CREAT);
  const int err = Open(dir.Path("err"), O_WRONLY | O_CREAT);
  std::vector<std::string> words = {"/bin/sh", "-c", script, EARSHOT_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  ProgramRun run;
  run.exit_code = ExitCode(StartWords(".", std::move(words), in, out, err));
  for (const int file : {in, out, err}) close(file);
  run.out = ReadText(dir.Path("out"));
  run.err = ReadText(dir.Path("err"));
  return run;
}

ProgramRun RunEarshotUnread(const std::vector<std::string>& arguments) {
  const TempDir dir;
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  close(ends[0]);
  const int in = Open("/dev/null", O_RDONLY);
  const int err = Open(dir.Path("err"), O_WRONLY | O_CREAT);
  ProgramRun run;
  run.exit_code = Run(".", arguments, in, ends[1], err);
  for (const int file : {in, ends[1], err}) close(file);
  run.err = ReadText(dir.Path("err"));
  return run;
}

RunningEarshot::RunningEarshot(const std::vector<std::string>& arguments, Output output)
    : output_(output), dir_(std::make_unique<TempDir>()) {
  int in[2];
  int out[2];
  if (pipe2(in, O_CLOEXEC) != 0) throw std::runtime_error("pipe2");
  if (output != Output::kPipe) {
    OpenTerminal(out);
  } else if (pipe2(out, O_CLOEXEC) != 0) {
    throw std::runtime_error("pipe2");
  }
  const int other = Open(dir_->Path("other"), O_WRONLY | O_CREAT);
  const bool errors = output == Output::kErrorTerminal;
  child_ = Start(".", arguments, in[0], errors ? other : out[1], errors ? out[1] : other);
  for (const int file : {in[0], out[1], other}) close(file);
  in_ = in[1];
  out_ = out[0];
}

RunningEarshot::~RunningEarshot() {
  if (child_ == 0) return;
  Signal(SIGKILL);
  Finish();
}

void RunningEarshot::Write(const std::string& input) const {
  size_t written = 0;
  while (written < input.size()) {
    const ssize_t count = write(in_, input.data() + written, input.size() - written);
    if (count <= 0) throw std::runtime_error("the program reads no more");
    written += static_cast<size_t>(count);
  }
}

std::string RunningEarshot::ReadLine() const {
  std::string line;
  for (char c = 0; read(out_, &c, 1) == 1 && c != '\n';) line += c;
  return line;
}

bool RunningEarshot::ReadTo(const std::string& text) const {
  std::string all;
  for (char c = 0; read(out_, &c, 1) == 1;) {
    all += c;
    if (all.size() >= text.size() &&
        all.compare(all.size() - text.size(), text.size(), text) == 0) {
      return true;
    }
  }
  return false;
}

void RunningEarshot::CloseInput() {
  close(in_);
  in_ = -1;
}

void RunningEarshot::CloseOutput() {
  close(out_);
  out_ = -1;
}

void RunningEarshot::Signal(int signal) const { kill(child_, signal); }

ProgramRun RunningEarshot::Wait() {
  ProgramRun run;
  for (char c = 0; out_ >= 0 && read(out_, &c, 1) == 1;) run.out += c;
  run.exit_code = ExitCode(child_);
  child_ = 0;
  run.err = ReadText(dir_->Path("other"));
  if (output_ == Output::kErrorTerminal) std::swap(run.out, run.err);
  if (out_ >= 0) CloseOutput();
  if (in_ >= 0) CloseInput();
  return run;
}

ProgramRun RunningEarshot::Finish() {
  CloseInput();
  return Wait();
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<nlohmann::json> Words(const std::string& jsonl) {
  std::vector<nlohmann::json> words;
  for (const std::string& line : Lines(jsonl)) {
    const auto object = nlohmann::json::parse(line);
    if (!object.contains("time") || !object.contains("label")) continue;
    nlohmann::json word;
    for (const char* key : {"label", "score", "start", "end", "time"}) word[key] = object[key];
    words.push_back(word);
  }
  return words;
}

std::vector<nlohmann::json> JsonLines(const std::string& text) {
  std::vector<nlohmann::json> objects;
  for (const std::string& line : Lines(text)) objects.push_back(nlohmann::json::parse(line));
  return objects;
}

std::vector<std::string> Problems(const nlohmann::json& report) {
  std::vector<std::string> ids;
  for (const nlohmann::json& problem : report["problems"]) ids.push_back(problem["id"]);
  return ids;
}

}  // namespace earshot::host
