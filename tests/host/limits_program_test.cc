// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The program where something runs out: memory, threads, room in files, even standard input and
// output.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kMemoryCanBeLimited = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
constexpr bool kMemoryCanBeLimited = false;
#else
constexpr bool kMemoryCanBeLimited = true;
#endif
#else
constexpr bool kMemoryCanBeLimited = true;
#endif

std::string Clip() { return test::SourcePath("audio_samples/yes/flite_slt.wav"); }

TEST(LimitsProgramTest, HelpAndVersionThatCannotBeWritten) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"--help"}, {"--version"}, {"classify", "--help"}}) {
    for (const std::string script : {"exec \"$0\" \"$@\" > /dev/full", "exec \"$0\" \"$@\" >&-"}) {
      const ProgramRun run = RunShell(script, arguments);
      EXPECT_EQ(run.exit_code, 3) << script;
      EXPECT_THAT(run.err, StartsWith("earshot: standard output: "));
    }
  }
}

TEST(LimitsProgramTest, AListOnAClosedInputIsAnError) {
  for (const std::vector<std::string>& arguments : {std::vector<std::string>{"classify", "-"},
                                                    {"classify", "--list", "-"},
                                                    {"classify", Clip(), "-"},
                                                    {"listen", "-"},
                                                    {"mic-check", "-"},
                                                    {"mic-check", "--serial", "-"}}) {
    const ProgramRun run = RunShell("exec \"$0\" \"$@\" <&-", arguments);
    EXPECT_EQ(run.exit_code, 3) << testing::PrintToString(arguments);
    EXPECT_THAT(run.err, HasSubstr("standard input: ")) << testing::PrintToString(arguments);
  }
}

// The recording and the model are opened when 1 and 2 are free numbers.
TEST(LimitsProgramTest, FilesDoNotTakeThePlaceOfClosedStandardFiles) {
  const TempDir dir;
  const std::vector<uint8_t> before = test::ReadBytes(Clip());
  WriteBytes(dir.Path("a.wav"), before);
  ProgramRun run = RunShell("exec \"$0\" \"$@\" >&- 2>&-", {"classify", dir.Path("a.wav")});
  EXPECT_EQ(run.exit_code, 3);
  run = RunShell("exec \"$0\" \"$@\" <&- >&- 2>&-",
                 {"features", dir.Path("a.wav"), "--out", dir.Path("f.npy")});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(test::ReadBytes(dir.Path("a.wav")), before);
  const ProgramRun usual = RunEarshot({"features", Clip(), "--out", dir.Path("g.npy")});
  EXPECT_EQ(usual.exit_code, 0);
  EXPECT_EQ(test::ReadBytes(dir.Path("f.npy")), test::ReadBytes(dir.Path("g.npy")));
}

TEST(LimitsProgramTest, ResultsThatDoNotFitIntoAFile) {
  const TempDir dir;
  const std::string script = "ulimit -f 1; exec \"$0\" \"$@\" > " + dir.Path("out");
  const ProgramRun run = RunShell(
      script, {"inspect", "--json", test::SourcePath("models/tiny_conv_yes_no/model.tflite")});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(run.err, "earshot: standard output: File too large\n");
}

// Address space for some threads, by far not for 256.
TEST(LimitsProgramTest, AsManyThreadsAsThereAre) {
  if (!kMemoryCanBeLimited) GTEST_SKIP() << "a sanitizer needs more memory than any limit";
  const std::vector<std::string> arguments = {"classify", "--jobs", "256", "-q",
                                              test::SourcePath("audio_samples")};
  const ProgramRun usual = RunEarshot(arguments);
  EXPECT_EQ(usual.exit_code, 0);
  const ProgramRun run = RunShell("ulimit -v 400000; exec \"$0\" \"$@\"", arguments);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, usual.out);
}

// A line that never ends.
TEST(LimitsProgramTest, AListWithoutMemoryIsNoEmptyList) {
  if (!kMemoryCanBeLimited) GTEST_SKIP() << "a sanitizer needs more memory than any limit";
  for (const std::string script : {"ulimit -v 400000; \"$0\" classify --list /dev/zero",
                                   "ulimit -v 400000; \"$0\" classify - < /dev/zero"}) {
    const ProgramRun run = RunShell(script, {});
    EXPECT_EQ(run.exit_code, 3) << script << run.err;
    EXPECT_EQ(run.err, "earshot: out of memory\n");
    EXPECT_THAT(run.out, IsEmpty());
  }
}

TEST(LimitsProgramTest, ACsvFileWithoutMemoryIsAnError) {
  if (!kMemoryCanBeLimited) GTEST_SKIP() << "a sanitizer needs more memory than any limit";
  const TempDir dir;
  const ProgramRun run =
      RunShell("truncate -s 1G " + dir.Path("a.csv") + "; ulimit -v 400000; \"$0\" \"$@\"",
               {"evaluate", dir.Path("a.csv")});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(run.err, "earshot: out of memory\n");
}

}  // namespace
}  // namespace earshot::host
