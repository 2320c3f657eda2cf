// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/files/output_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>

#include "earshot/host/errors.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string ReadText(const std::string& path) {
  const std::vector<uint8_t> bytes = test::ReadBytes(path);
  return {bytes.begin(), bytes.end()};
}

class OutputFileTest : public testing::Test {
 protected:
  OutputFileTest() { WriteText(path_, "old"); }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(dir_.path())) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  const TempDir dir_;
  const std::string path_ = dir_.Path("a.txt");
};

TEST_F(OutputFileTest, TheOldFileStaysUntilTheNewOneIsWhole) {
  {
    OutputFile file(path_);
    file.Write("new");
    file.Flush();
    EXPECT_EQ(ReadText(path_), "old");
    EXPECT_EQ(Names().size(), 2u);  // The new one lies beside it, hidden.
    EXPECT_EQ(Names()[0].rfind(".earshot-", 0), 0u);
    file.Commit();
    EXPECT_EQ(ReadText(path_), "new");
  }
  EXPECT_THAT(Names(), ElementsAre("a.txt"));
}

TEST_F(OutputFileTest, WithoutCommitNothingHasHappened) {
  OutputFile(path_).Write("new");
  OutputFile(dir_.Path("b.txt")).Write("new");
  EXPECT_EQ(ReadText(path_), "old");
  EXPECT_THAT(Names(), ElementsAre("a.txt"));
}

TEST_F(OutputFileTest, TwoAtOnce) {
  OutputFile a(path_);
  OutputFile b(dir_.Path("b.txt"));
  a.Write("A");
  b.Write("B");
  a.Commit();
  b.Commit();
  EXPECT_EQ(ReadText(path_), "A");
  EXPECT_EQ(ReadText(dir_.Path("b.txt")), "B");
}

// A file that cannot grow any more, as on a full disk.
TEST_F(OutputFileTest, WhatDoesNotFitLeavesTheOldFile) {
  rlimit before = {};
  getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 100;
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  setrlimit(RLIMIT_FSIZE, &small);
  std::string error;
  try {
    WriteFile(path_, std::string(1000, 'x'));
  } catch (const InputError& input_error) {
    error = input_error.what();
  }
  setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  EXPECT_EQ(error, path_ + ": File too large");
  EXPECT_EQ(ReadText(path_), "old");
  EXPECT_THAT(Names(), ElementsAre("a.txt"));
}

TEST_F(OutputFileTest, LinksStayLinksAndModesStay) {
  fs::create_directory(dir_.Path("far"));
  WriteText(dir_.Path("far/b.txt"), "old");
  ASSERT_EQ(chmod(dir_.Path("far/b.txt").c_str(), 0640), 0);
  fs::create_symlink("far/b.txt", dir_.Path("link"));
  fs::create_symlink("far/none.txt", dir_.Path("dangling"));
  WriteFile(dir_.Path("link"), "new");
  WriteFile(dir_.Path("dangling"), "new");
  EXPECT_TRUE(fs::is_symlink(dir_.Path("link")));
  EXPECT_EQ(ReadText(dir_.Path("far/b.txt")), "new");
  EXPECT_EQ(ReadText(dir_.Path("far/none.txt")), "new");
  struct stat status = {};
  ASSERT_EQ(stat(dir_.Path("far/b.txt").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777u, 0640u);
}

TEST_F(OutputFileTest, DevicesAndPipesAreWrittenAsTheyAre) {
  WriteFile("/dev/null", "gone");
  EXPECT_FALSE(fs::is_regular_file("/dev/null"));
  const std::string pipe = dir_.Path("pipe");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const int reader = open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  WriteFile(pipe, "through");
  char text[16] = {};
  EXPECT_EQ(read(reader, text, sizeof(text)), 7);
  close(reader);
  EXPECT_STREQ(text, "through");
  EXPECT_TRUE(fs::is_fifo(pipe));
}

TEST_F(OutputFileTest, FullDevicesAndDirectoriesAreErrors) {
  const auto error_of = [](const std::string& path) -> std::string {
    try {
      WriteFile(path, "x");
    } catch (const InputError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(error_of("/dev/full"), "/dev/full: No space left on device");
  EXPECT_EQ(error_of(dir_.path()), dir_.path() + ": Is a directory");
  EXPECT_THAT(error_of(dir_.Path("none/a.txt")), HasSubstr("No such file or directory"));
  EXPECT_THAT(error_of(path_ + "/a.txt"), HasSubstr("Not a directory"));
}

// Another process, which says when it is in the middle of writing.
TEST_F(OutputFileTest, SignalsThatEndTheProgramTakeTheNewFileAlong) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    int ends[2];
    ASSERT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const pid_t child = fork();
    if (child == 0) {
      OutputFile file(path_);
      file.Write("half");
      if (write(ends[1], "x", 1) != 1) _exit(1);
      for (;;) pause();
    }
    char ready = 0;
    ASSERT_EQ(read(ends[0], &ready, 1), 1);
    EXPECT_EQ(Names().size(), 2u);
    kill(child, signal);
    int status = 0;
    waitpid(child, &status, 0);
    for (const int end : ends) close(end);
    EXPECT_TRUE(WIFSIGNALED(status));
    EXPECT_EQ(WTERMSIG(status), signal);
    EXPECT_THAT(Names(), ElementsAre("a.txt")) << signal;
    EXPECT_EQ(ReadText(path_), "old");
  }
}

}  // namespace
}  // namespace earshot::host
