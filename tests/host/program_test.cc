// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The program as a whole: help, versions, exit codes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/program.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(ProgramTest, HelpBeginsWithExamples) {
  const ProgramRun help = RunEarshot({"--help"});
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_THAT(help.out, StartsWith("Examples:\n  earshot classify "));
  EXPECT_THAT(help.err, IsEmpty());
  for (const std::string command :
       {"classify", "features", "inspect", "listen", "mic-check", "pack", "run"}) {
    EXPECT_THAT(help.out, HasSubstr("\n  " + command));
    const ProgramRun run = RunEarshot({command, "--help"});
    EXPECT_EQ(run.exit_code, 0);
    EXPECT_THAT(run.out, StartsWith("Examples:\n  earshot " + command + " "));
    EXPECT_THAT(run.out, HasSubstr("Usage: earshot " + command));
    EXPECT_THAT(run.err, IsEmpty());
  }
}

TEST(ProgramTest, Version) {
  const ProgramRun run = RunEarshot({"--version"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.out, "earshot " EARSHOT_VERSION "\n");
}

TEST(ProgramTest, WrongArgumentsAreTwo) {
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"listen-to-me"},
      {"classify"},
      {"classify", "--frobnicate", "a.wav"},
      {"classify", "--jobs", "0", "a.wav"},
      {"classify", "--strides-per-inference", "0", "a.wav"},
      {"classify", "--mode", "song", "a.wav"},
      {"classify", "--jsonl", "--csv", "a.wav"},
      {"classify", "--manifest", "m.json", "--labels", "a,b", "a.wav"},
      {"features", "a.wav"},
      {"features", "--out", "f.npy"},
      {"features", "a.wav", "--clips", "x.npy", "--out", "f.npy"},
      {"features", "a.wav", "--out", "f.npy", "--stride-ms", "15"},
      {"run", "model.tflite"},
      {"inspect"},
      {"mic-check", "--device", "0", "a.wav"},
      {"mic-check", "--channel", "1", "--serial", "/dev/ttyACM0"},
      {"mic-check", "--channel", "0"},
      {"mic-check", "a.wav", "--serial", "/dev/ttyACM0"},
      {"mic-check", "a.wav", "--seconds", "0"},
      {"mic-check", "--serial", "-", "--baud", "12345"},
      {"mic-check", "a.wav", "--baud", "9600"},
      {"mic-check", "--timeout", "3"},
      {"mix", "--words", "w", "--keyword-share", "0.1", "--minutes", "1", "--out", "s.wav"},
      {"mix", "--words", "w", "--speech-share", "0.1", "--minutes", "1", "--out", "s.wav"},
      {"mix", "--words", "w", "--speech-level", "-30", "--minutes", "1", "--out", "s.wav"},
      {"pack", "--out", "f.slot"},
      {"pack", "--model", "model.tflite"},
      {"pack", "--model", "model.tflite", "--out", "f.hex", "--format", "hex"},
      {"pack", "--model", "model.tflite", "--out", "f.bin", "--address", "0x08000000"},
  };
  for (const std::vector<std::string>& arguments : wrong) {
    const ProgramRun run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_NE(run.err, "");
  }
}

TEST(ProgramTest, BadFilesAreThreeBadModelsFourAndBadDevicesFive) {
  const TempDir dir;
  WriteText(dir.Path("bad"), "this is neither a model nor a recording nor an array");
  const std::string bad = dir.Path("bad");
  const std::string none = dir.Path("none");
  const std::string out = dir.Path("out.npy");
  EXPECT_EQ(RunEarshot({"features", bad, "--out", out}).exit_code, 3);
  EXPECT_EQ(RunEarshot({"features", "--clips", bad, "--out", out}).exit_code, 3);
  EXPECT_EQ(RunEarshot({"classify", none}).exit_code, 3);
  EXPECT_EQ(RunEarshot({"classify", "--list", none}).exit_code, 3);
  EXPECT_EQ(RunEarshot({"classify", "--model", bad, none}).exit_code, 4);
  EXPECT_EQ(RunEarshot({"classify", "--model", none, none}).exit_code, 4);
  EXPECT_EQ(RunEarshot({"inspect", bad}).exit_code, 4);
  EXPECT_EQ(RunEarshot({"inspect", none}).exit_code, 4);
  EXPECT_EQ(RunEarshot({"mic-check", none}).exit_code, 3);
  EXPECT_EQ(RunEarshot({"mic-check", "--serial", none}).exit_code, 5);
  EXPECT_EQ(RunEarshot({"pack", "--model", bad, "--out", out}).exit_code, 4);
  EXPECT_EQ(RunEarshot({"pack", "--model", none, "--out", out}).exit_code, 4);
  EXPECT_EQ(RunEarshot({"run", bad, "--input", bad, "--output", out}).exit_code, 4);
}

}  // namespace
}  // namespace earshot::host
