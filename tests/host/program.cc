// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sstream>
#include <stdexcept>

#include "tests/host/test_files.h"
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

// Starts the program in `folder` with these three files and waits for its end.
int Run(const std::string& folder, const std::vector<std::string>& arguments, int in, int out,
        int err) {
  std::vector<std::string> words = {EARSHOT_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
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
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

ProgramRun RunWith(const std::string& folder, const std::vector<std::string>& arguments,
                   const std::string& input) {
  const TempDir dir;
  WriteText(dir.Path("in"), input);
  const int in = Open(dir.Path("in"), O_RDONLY);
  const int out = Open(dir.Path("out"), O_WRONLY | O_CREAT);
  const int err = Open(dir.Path("err"), O_WRONLY | O_CREAT);
  ProgramRun run;
  run.exit_code = Run(folder, arguments, in, out, err);
  for (const int file : {in, out, err}) close(file);
  run.out = ReadText(dir.Path("out"));
  run.err = ReadText(dir.Path("err"));
  return run;
}

}  // namespace

ProgramRun RunEarshot(const std::vector<std::string>& arguments, const std::string& input) {
  return RunWith(".", arguments, input);
}

ProgramRun RunEarshotIn(const std::string& folder, const std::vector<std::string>& arguments) {
  return RunWith(folder, arguments, "");
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

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

}  // namespace earshot::host
