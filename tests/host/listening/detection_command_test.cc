// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/detection_command.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>

#include "earshot/host/errors.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(SplitCommandTest, SplitsAtBlanksAndKeepsWhatIsQuoted) {
  EXPECT_THAT(SplitCommand("play  ding.wav\t-q "), ElementsAre("play", "ding.wav", "-q"));
  EXPECT_THAT(SplitCommand(R"(say 'a "b" \c' "d 'e' \"f\" \\ \g" h\ i\'j)"),
              ElementsAre("say", R"(a "b" \c)", R"(d 'e' "f" \ \g)", "h i'j"));
  EXPECT_THAT(SplitCommand("a'b c'd \"\" ''"), ElementsAre("ab cd", "", ""));
  EXPECT_THAT(SplitCommand("  "), IsEmpty());
}

// Nothing is expanded.
TEST(SplitCommandTest, IsNoShell) {
  EXPECT_THAT(SplitCommand("a $HOME *;b|c `d` $(e) #f ~"),
              ElementsAre("a", "$HOME", "*;b|c", "`d`", "$(e)", "#f", "~"));
}

TEST(SplitCommandTest, RefusesWhatIsLeftOpen) {
  for (const char* open : {"a 'b", "a \"b", "a \\", "\"a\\"}) {
    EXPECT_THROW(SplitCommand(open), UsageError) << open;
  }
}

class DetectionCommandTest : public testing::Test {
 protected:
  std::unique_ptr<ListenOutput> Make(const std::string& command) {
    auto output = MakeDetectionCommand(
        command, [this](const std::string& text) { notices_.push_back(text); });
    output->Start("", {&model_});
    return output;
  }

  static HeardWord Yes() {
    HeardWord word;
    word.detection = {2, 208, 980, 1550, 1970};
    return word;
  }

  // Waits for the end of each child, and leaves it to the output to take leave of it.
  static void ReapAll(ListenOutput& output) {
    siginfo_t info = {};
    int waits = 0;
    while (waitid(P_ALL, 0, &info, WEXITED | WNOWAIT) == 0) {
      output.Tick({});
      ASSERT_LT(++waits, 1000);
    }
    EXPECT_EQ(errno, ECHILD);
  }

  const TempDir dir_;
  const KeywordModel model_{ModelChoice()};
  std::vector<std::string> notices_;
};

// The command writes into a named pipe, so reading it to its end waits for the command. A shell
// leaves out what stands twice in its environment, but not from where it is read here.
TEST_F(DetectionCommandTest, TellsTheWordInTheEnvironment) {
  const std::string fifo = dir_.Path("fifo");
  ASSERT_EQ(mkfifo(fifo.c_str(), 0600), 0);
  setenv("EARSHOT_LABEL", "of somebody else", 1);
  const auto output = Make(
      R"(sh -c 'tr "\0" "\n" < /proc/$$/environ | grep -E "^EARSHOT_(.*_S|LABEL|MODEL|SCORE)=" | sort > "$0"' )" +
      fifo);
  unsetenv("EARSHOT_LABEL");
  output->Word(Yes());
  std::ifstream file(fifo);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text,
            "EARSHOT_END_S=1.550\nEARSHOT_LABEL=yes\nEARSHOT_MODEL=tiny_conv_yes_no\n"
            "EARSHOT_SCORE=0.812\nEARSHOT_START_S=0.980\nEARSHOT_TIME_S=1.970\n");
  EXPECT_THAT(notices_, IsEmpty());
  ReapAll(*output);
}

TEST_F(DetectionCommandTest, LeavesNoDeadProcesses) {
  const auto output = Make("true");
  for (int i = 0; i < 3; ++i) output->Word(Yes());
  ReapAll(*output);
}

// All of them wait for a lock that the test has.
TEST_F(DetectionCommandTest, StartsNoMoreWhileManyRun) {
  const std::string path = dir_.Path("lock");
  WriteText(path, "");
  const int lock = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  ASSERT_EQ(flock(lock, LOCK_EX), 0);
  const auto output = Make("flock " + path + " true");
  for (int i = 0; i < 32; ++i) output->Word(Yes());
  EXPECT_THAT(notices_, IsEmpty());
  output->Word(Yes());
  output->Word(Yes());
  EXPECT_THAT(notices_, ElementsAre(HasSubstr("32 commands still run")));
  ASSERT_EQ(close(lock), 0);
  ReapAll(*output);
  for (int i = 0; i < 2; ++i) output->Word(Yes());
  EXPECT_THAT(notices_, testing::SizeIs(1));
  ReapAll(*output);
}

TEST_F(DetectionCommandTest, RefusesWhatCannotBeStarted) {
  for (const char* bad : {"", "no_such_program_here", "/nowhere/at/all", "/etc/passwd", "/tmp"}) {
    EXPECT_THROW(Make(bad), UsageError) << bad;
  }
}

TEST_F(DetectionCommandTest, SaysOnceThatItCannotBeStartedAnyMore) {
  const std::string script = dir_.Path("script");
  WriteText(script, "#!/bin/sh\n");
  ASSERT_EQ(chmod(script.c_str(), 0700), 0);
  const auto output = Make(script);
  ASSERT_EQ(std::remove(script.c_str()), 0);
  output->Word(Yes());
  output->Word(Yes());
  EXPECT_THAT(notices_, ElementsAre(HasSubstr("script: No such file or directory")));
}

}  // namespace
}  // namespace earshot::host
