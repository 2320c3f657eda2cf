// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What is no number, empty, or no command at all on the command line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/program.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

using Arguments = std::vector<std::string>;

struct NumberOption {
  Arguments command;  // Complete without the option; would fail later, with another exit code.
  std::string name;
  std::string too_small;
  std::string too_large;
};

std::vector<NumberOption> NumberOptions() {
  const Arguments classify = {"classify", "none.wav"};
  const Arguments evaluate = {"evaluate", "none", "--calibrate", "--stream", "none"};
  const Arguments features = {"features", "none.wav", "--out", "none/f.npy"};
  const Arguments listen = {"listen", "-"};
  const Arguments mic_check = {"mic-check", "none.wav"};
  const Arguments mix = {"mix", "--words", "none", "--out", "none/s.wav"};
  const Arguments pack = {"pack", "--model", "none", "--out", "none/o"};
  const Arguments run = {"run", "none", "--input", "none", "--output", "none/o"};
  return {{classify, "--jobs", "0", "257"},
          {classify, "--strides-per-inference", "0", "10001"},
          {evaluate, "--jobs", "0", "257"},
          {evaluate, "--max-fa-per-hour", "-1", "1e7"},
          {evaluate, "--max-delay-ms", "-1", "1e7"},
          {features, "--jobs", "0", "257"},
          {features, "--stride-ms", "0", "40"},
          {listen, "--threshold", "0", "1.01"},
          {listen, "--average-window-ms", "-1", "4294967296"},
          {listen, "--suppression-ms", "-1", "4294967296"},
          {listen, "--seconds", "0", "1e10"},
          {listen, "--gate", "-1", "61"},
          {mic_check, "--baud", "0", "4294967296"},
          {mic_check, "--seconds", "0", "86401"},
          {mic_check, "--timeout", "0", "86401"},
          {mix, "--keyword-share", "-0.1", "1.1"},
          {mix, "--speech-share", "-0.1", "1.1"},
          {mix, "--snr", "-61", "101"},
          {mix, "--level", "-91", "1"},
          {mix, "--level-range", "-1", "41"},
          {mix, "--speech-level", "-91", "1"},
          {mix, "--minutes", "0.05", "2001"},
          {mix, "--seed", "-1", "18446744073709551616"},
          {pack, "--slot-bytes", "-1", "4294967296"},
          {pack, "--strides-per-inference", "0", "10001"},
          {run, "--reset-every", "0", "1000000001"}};
}

TEST(OptionsProgramTest, NumbersAreNumbersInTheirRange) {
  for (const NumberOption& option : NumberOptions()) {
    for (const std::string& value : {std::string("nan"), std::string("-nan"), std::string("inf"),
                                     std::string("-inf"), std::string("1e999"), std::string(),
                                     std::string("1x"), option.too_small, option.too_large}) {
      Arguments arguments = option.command;
      arguments.insert(arguments.end(), {option.name, value});
      const ProgramRun run = RunEarshot(arguments);
      EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(arguments) << run.err;
      EXPECT_THAT(run.err, HasSubstr(option.name));
      EXPECT_THAT(run.out, IsEmpty());
    }
  }
}

TEST(OptionsProgramTest, AGapIsTwoNumbers) {
  for (const std::string gap : {"nan", "nan..nan", "2..nan", "inf", "2..inf", "4..2", "2..", "..4",
                                "-1..2", "2...4", "2..3601", "1x..2"}) {
    const ProgramRun run = RunEarshot(
        {"mix", "--words", "none", "--out", "none/s.wav", "--minutes", "1", "--gap", gap});
    EXPECT_EQ(run.exit_code, 2) << gap << run.err;
    EXPECT_THAT(run.err, HasSubstr("--gap: found \"" + gap + "\""));
  }
}

TEST(OptionsProgramTest, AnAddressIsANumber) {
  for (const std::string address : {"nan", "-16", "0x", "8", "0x100000000", "16.0"}) {
    const ProgramRun run = RunEarshot(
        {"pack", "--model", "none", "--out", "none/o", "--format", "hex", "--address", address});
    EXPECT_EQ(run.exit_code, 2) << address;
    EXPECT_THAT(run.err, HasSubstr("--address: found " + address + ", wanted a multiple"));
  }
}

// Whether as a word of its own or behind "=": neither is it taken for "not given", nor is the next
// argument taken for the value.
TEST(OptionsProgramTest, NothingIsEmpty) {
  const TempDir dir;
  WriteText(dir.Path("test.csv"), "path,label\n");
  const Arguments evaluate = {"evaluate", dir.Path("test.csv")};
  const std::vector<std::pair<Arguments, std::string>> all = {
      {evaluate, "--report"},
      {evaluate, "--junit"},
      {evaluate, "--save-answers"},
      {evaluate, "--compare"},
      {evaluate, "--gate"},
      {evaluate, "--stream"},
      {evaluate, "--negatives"},
      {evaluate, "--model"},
      {evaluate, "--manifest"},
      {evaluate, "--labels"},
      {{"classify", "a.wav"}, "--list"},
      {{"classify", "a.wav"}, "--mode"},
      {{"listen", "-"}, "--on-detect"},
      {{"listen", "-"}, "--record"},
      {{"listen", "-"}, "--save-hits"},
      {{"listen"}, "--device"},
      {{"listen", "-"}, "--channel"},
      {{"mic-check"}, "--serial"},
      {{"pack", "--model", "m", "--out", "o"}, "--name"},
      {{"pack", "--model", "m", "--out", "o"}, "--address"},
      {{"mix", "--words", "w", "--out", "o.wav"}, "--keywords"}};
  for (const auto& [command, option] : all) {
    Arguments arguments = command;
    arguments.insert(arguments.end(), {option, ""});
    ProgramRun run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 2) << option;
    EXPECT_THAT(run.err, HasSubstr(option + ": the argument behind it is empty"));
    arguments = command;
    arguments.insert(arguments.begin() + 1, option + "=");
    run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 2) << option;
    EXPECT_THAT(run.err, HasSubstr(option + "=: found nothing"));
  }
  EXPECT_EQ(RunEarshot({""}).exit_code, 2);
  EXPECT_EQ(RunEarshot({"classify", ""}).exit_code, 2);
  EXPECT_EQ(RunEarshot({"mic-check", "a.wav", ""}).exit_code, 2);
}

// By their names alone, not by the numbers that they have inside.
TEST(OptionsProgramTest, ChoicesAreNames) {
  const std::vector<std::pair<Arguments, std::string>> all = {
      {{"classify", "a.wav", "--mode", "1"}, "--mode: found \"1\", wanted auto|clip|stream"},
      {{"listen", "-", "--speed", "0"}, "--speed: found \"0\", wanted realtime|max"},
      {{"pack", "--model", "m", "--out", "o", "--format", "1"},
       "--format: found \"1\", wanted bin|hex"},
      {{"features", "a.wav", "--out", "o", "--stride-ms", "0x14"},
       "--stride-ms: found \"0x14\", wanted 20|10|32"}};
  for (const auto& [arguments, error] : all) {
    const ProgramRun run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 2) << error;
    EXPECT_THAT(run.err, HasSubstr("earshot: " + error + "\n"));
  }
}

TEST(OptionsProgramTest, ACommandThatThereIsNotIsNoWishForHelp) {
  for (const Arguments& arguments :
       {Arguments{"nonsense"}, Arguments{"nonsense", "--help"}, Arguments{"--help", "nonsense"},
        Arguments{"nonsense", "--version"}, Arguments{"nonsense", "classify", "a.wav"}}) {
    const ProgramRun run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(run.err, HasSubstr("\"nonsense\": no such command. There are: "));
    EXPECT_THAT(run.err, HasSubstr("classify"));
    EXPECT_THAT(run.err, Not(HasSubstr("meant")));
    EXPECT_THAT(run.out, IsEmpty());
  }
  EXPECT_THAT(RunEarshot({"--hepl"}).err, HasSubstr("--hepl: no option of the program itself"));
  EXPECT_THAT(RunEarshot({"--model", "m", "classify", "a.wav"}).err,
              HasSubstr("--model: no option of the program itself"));
  EXPECT_EQ(RunEarshot({"-h"}).exit_code, 0);
  EXPECT_THAT(RunEarshot({"clasify", "a.wav"}).err, HasSubstr("is classify meant?"));
  EXPECT_THAT(RunEarshot({"miccheck"}).err, HasSubstr("is mic-check meant?"));
}

}  // namespace
}  // namespace earshot::host
