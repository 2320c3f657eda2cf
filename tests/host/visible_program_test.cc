// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Names of files, labels and tensors do not reach a terminal as they are, in the text output of any
// command.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;

// Clears the screen, rings, and forges a line of results: as bytes, and as C1 in UTF-8.
const std::string kNasty =
    "\033[2J\a\xC2\x9B"
    "31m\nyes      0.999  bank.wav";
const std::string kShown = R"(\x1b[2J\x07\u009b31m\nyes      0.999  bank.wav)";

// Lines that begin as the forged one would, or anything that a terminal obeys.
void ExpectHarmless(const ProgramRun& run) {
  for (const std::string& text : {run.out, run.err}) {
    for (const std::string& line : Lines(text)) {
      EXPECT_EQ(line.rfind("yes      0.999  bank.wav", 0), std::string::npos) << text;
    }
    for (const char* sequence : {"\033", "\a", "\xC2\x9B"}) {
      EXPECT_EQ(text.find(sequence), std::string::npos) << text;
    }
  }
}

class VisibleProgramTest : public testing::Test {
 protected:
  VisibleProgramTest() {
    fs::copy_file(test::SourcePath("audio_samples/yes/flite_slt.wav"), wav_);
    fs::copy_file(test::SourcePath("models/tiny_conv_yes_no/model.tflite"), model_);
    fs::create_directories(dir_.Path("words/" + kNasty));
    fs::copy_file(wav_, dir_.Path("words/" + kNasty + "/a.wav"));
    fs::create_directories(dir_.Path("words/yes"));
    fs::copy_file(wav_, dir_.Path("words/yes/" + kNasty + ".wav"));
    WriteText(dir_.Path(kNasty + ".csv"), "label,start,end\n\"" + kNasty + "\",0.2,0.6\n");
  }

  const TempDir dir_;
  const std::string wav_ = dir_.Path(kNasty + ".wav");
  const std::string model_ = dir_.Path(kNasty + ".tflite");
  const std::string labels_ = "silence,unknown," + kNasty + ",no";
};

TEST_F(VisibleProgramTest, Classify) {
  ProgramRun run = RunEarshot({"classify", wav_, wav_ + "none", "--quiet"});
  ExpectHarmless(run);
  EXPECT_THAT(run.out, HasSubstr(kShown + ".wav\n"));
  EXPECT_THAT(run.err, HasSubstr(kShown + ".wavnone: "));
  run = RunEarshot({"classify", wav_, "--model", model_, "--labels", labels_});
  ExpectHarmless(run);
  EXPECT_THAT(run.out, HasSubstr(kShown + "  0.9"));
  run = RunEarshot({"classify", "--mode", "stream", wav_, "--model", model_, "--labels", labels_});
  ExpectHarmless(run);
  EXPECT_THAT(run.out, HasSubstr(kShown));
}

TEST_F(VisibleProgramTest, Listen) {
  const std::string in = test::SourcePath("audio_samples/streams/pink_20db.wav");
  const ProgramRun run = RunEarshotOnFile(
      {"listen", "-", "--model", model_, "--labels", labels_, "--save-hits", dir_.Path("hits")},
      in);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  ExpectHarmless(run);
  EXPECT_THAT(run.out, HasSubstr(kShown));
  EXPECT_FALSE(fs::is_empty(dir_.Path("hits")));
}

TEST_F(VisibleProgramTest, Evaluate) {
  const ProgramRun run =
      RunEarshot({"evaluate", dir_.Path("words"), "--stream", wav_, "--explain", "--model", model_,
                  "--labels", "silence,unknown,no,go", "--gate", "accuracy>=1", "--gate",
                  "found>=1", "--negatives", wav_ + "none"});
  ExpectHarmless(run);
  EXPECT_THAT(run.out, HasSubstr(kShown));
  EXPECT_THAT(run.err, HasSubstr(kShown));
}

TEST_F(VisibleProgramTest, WrongArguments) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{kNasty},
        {"--" + kNasty},
        {"classify", "--" + kNasty},
        {"classify", "--jobs", kNasty},
        {"classify", "--mode", kNasty},
        {"classify", "a.wav", "--model", kNasty},
        {"mix", "--words", kNasty, "--out", kNasty, "--minutes", "1"},
        {"mix", "--words", kNasty, "--out", kNasty + ".wav", "--minutes", "1"},
        {"listen", "--device", kNasty},
        {"listen", "-", "--on-detect", kNasty},
        {"evaluate", kNasty},
        {"features", kNasty, "--out", dir_.Path("o")},
        {"pack", "--model", kNasty, "--out", dir_.Path("o")},
        {"run", kNasty, "--input", "i", "--output", dir_.Path("o")},
        {"mic-check", kNasty},
        {"mic-check", "--serial", kNasty},
        {"inspect", kNasty}}) {
    const ProgramRun run = RunEarshot(arguments);
    EXPECT_NE(run.exit_code, 0);
    ExpectHarmless(run);
    EXPECT_NE(run.err, "") << testing::PrintToString(arguments);
  }
}

TEST_F(VisibleProgramTest, MicCheckMixInspectAndPack) {
  ProgramRun run = RunEarshot({"mic-check", wav_});
  ExpectHarmless(run);
  EXPECT_THAT(run.out, HasSubstr(kShown));
  const std::string out = dir_.Path("m" + kNasty + ".wav");
  run = RunEarshot(
      {"mix", "--words", dir_.Path("words"), "--noise", wav_, "--minutes", "0.2", "--out", out});
  ExpectHarmless(run);
  EXPECT_THAT(run.out, HasSubstr(kShown));
  run = RunEarshot({"inspect", model_});
  ExpectHarmless(run);
  EXPECT_THAT(run.out, HasSubstr(kShown));
  run = RunEarshot({"pack", "--model", model_, "--manifest",
                    test::SourcePath("models/tiny_conv_yes_no/manifest.json"), "--out",
                    dir_.Path(kNasty + ".slot")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  ExpectHarmless(run);
  EXPECT_THAT(run.out, HasSubstr(kShown));
}

}  // namespace
}  // namespace earshot::host
