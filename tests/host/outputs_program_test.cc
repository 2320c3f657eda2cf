// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the program does to files that are there already: outputs that are inputs, and commands that
// fail.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "earshot/host/files/npy.h"
#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/host/virtual_microphone.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Arguments = std::vector<std::string>;

// A directory with words, a stream, a list, a model with its manifest, and an array.
class OutputsProgramTest : public testing::Test {
 protected:
  OutputsProgramTest() {
    fs::create_directories(In("words/yes"));
    fs::create_directories(In("words/no"));
    fs::copy_file(test::SourcePath("audio_samples/yes/flite_slt.wav"), In("words/yes/1.wav"));
    fs::copy_file(test::SourcePath("audio_samples/yes/flite_slt.wav"), In("words/no/1.wav"));
    WriteText(In("words.csv"), "path,label\nwords/yes/1.wav,yes\nwords/no/1.wav,no\n");
    fs::copy_file(test::SourcePath("audio_samples/yes/flite_slt.wav"), In("s.wav"));
    WriteText(In("s.csv"), "label,start,end\nyes,0.2,0.7\n");
    for (const std::string name : {"model.tflite", "manifest.json"}) {
      fs::copy_file(test::SourcePath("models/tiny_conv_yes_no/" + name), In(name));
    }
    WriteText(In("speech.csv"), "path,text\ns.wav,oh yes\nwords/no/1.wav,oh\n");
    WriteNpy(In("x.npy"), MakeNpy<int8_t>({1, 1960}, std::vector<int8_t>(1960)));
    WriteNpy(In("pcm.npy"), MakeNpy<int16_t>({1, 16000}, std::vector<int16_t>(16000)));
    fs::create_hard_link(In("words.csv"), In("hard_link.csv"));
    fs::create_symlink("model.tflite", In("soft_link"));
    fs::create_symlink(".", In("here"));
  }

  std::string In(const std::string& name) const { return dir_.Path(name); }

  // All files below the directory, by name and contents.
  std::map<std::string, std::vector<uint8_t>> Contents() const {
    std::map<std::string, std::vector<uint8_t>> contents;
    for (const auto& entry : fs::recursive_directory_iterator(dir_.path())) {
      if (entry.is_regular_file()) {
        contents[entry.path().string()] = test::ReadBytes(entry.path().string());
      }
    }
    return contents;
  }

  void ExpectRefused(const Arguments& arguments) {
    const auto before = Contents();
    const ProgramRun run = RunEarshotIn(dir_.path(), arguments);
    EXPECT_EQ(run.exit_code, 2) << testing::PrintToString(arguments) << run.err;
    EXPECT_THAT(run.err, testing::AnyOf(HasSubstr("is read as well"), HasSubstr("the file of")));
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_TRUE(Contents() == before) << testing::PrintToString(arguments);
  }

  const TempDir dir_;
};

TEST_F(OutputsProgramTest, OutputsThatAreInputsAreRefused) {
  const Arguments model = {"--model", "model.tflite"};
  const Arguments mix = {"mix", "--minutes", "0.1", "--out"};
  for (const Arguments& more :
       {Arguments{"words.wav", "--words", "words.csv"},      // By its event list.
        Arguments{"hard_link.wav", "--words", "words.csv"},  // The same file by another name.
        Arguments{"here/words.wav", "--words", "words.csv"},
        Arguments{"words/yes/1.wav", "--words", "words.csv"},  // What the list names.
        Arguments{"words/yes/1.wav", "--words", "words"},      // What lies in the directory.
        Arguments{"s.wav", "--words", "words", "--noise", "s.wav"},
        Arguments{"s.wav", "--words", "words", "--noise", "s.wav@0-0.5"},
        Arguments{"s.wav", "--words", "words", "--speech", "."},
        Arguments{"words.wav", "--words", "words", "--speech", "words.csv"},
        Arguments{"s.wav", "--words", "words", "--speech", "speech.csv", "--keywords", "yes"}}) {
    Arguments arguments = mix;
    arguments.insert(arguments.end(), more.begin(), more.end());
    ExpectRefused(arguments);
  }
  ExpectRefused({"pack", "--model", "model.tflite", "--out", "model.tflite"});
  ExpectRefused({"pack", "--model", "model.tflite", "--out", "soft_link"});
  ExpectRefused({"pack", "--model", "model.tflite", "--out", "manifest.json"});
  ExpectRefused({"run", "model.tflite", "--input", "x.npy", "--output", "x.npy"});
  ExpectRefused({"run", "model.tflite", "--input", "x.npy", "--output", "here/model.tflite"});
  ExpectRefused({"run", "model.tflite", "--input", "x.npy", "--output", "o", "--output", "./o"});
  ExpectRefused({"features", "s.wav", "--out", "s.wav"});
  ExpectRefused({"features", "--clips", "pcm.npy", "--out", "pcm.npy"});
  for (const std::string option : {"--report", "--junit", "--save-answers"}) {
    ExpectRefused({"evaluate", "words.csv", option, "hard_link.csv"});
    ExpectRefused({"evaluate", "words", option, "words/no/1.wav"});
    ExpectRefused({"evaluate", "--stream", "s.wav", option, "s.wav"});
    ExpectRefused({"evaluate", "--stream", "s.wav", option, "s.csv"});
    ExpectRefused({"evaluate", "--negatives", "s.wav", option, "s.wav"});
    ExpectRefused({"evaluate", "words.csv", "--model", "model.tflite", option, "soft_link"});
    ExpectRefused({"evaluate", "words.csv", "--model", "model.tflite", option, "manifest.json"});
  }
  WriteText(In("labels.txt"), "silence\nunknown\nyes\nno\n");
  ExpectRefused({"evaluate", "words.csv", "--model", "model.tflite", "--labels", "labels.txt",
                 "--report", "labels.txt"});
  ExpectRefused({"evaluate", "--stream", "s.wav", "--calibrate", "--model", "model.tflite",
                 "--write-manifest", "model.tflite"});
}

TEST_F(OutputsProgramTest, AListThatIsOfNoUseIsKept) {
  WriteText(In("s.csv"), "word,start,end\nyes,0.2,0.7\n");
  for (const std::string option : {"--report", "--junit", "--save-answers"}) {
    ExpectRefused({"evaluate", "--stream", "s.wav", option, "s.csv"});
  }
}

TEST_F(OutputsProgramTest, OpenFilesAreComparedToo) {
  for (const std::string name : {"/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"}) {
    const auto before = Contents();
    const ProgramRun run = RunEarshotOnFile({"listen", "-", "--record", name}, In("s.wav"));
    EXPECT_EQ(run.exit_code, 2) << name << run.err;
    EXPECT_TRUE(Contents() == before) << name;
  }
  // Standard output is a file here.
  ExpectRefused(
      {"evaluate", "words.csv", "--save-answers", "/dev/stdout", "--report", "/proc/self/fd/1"});
}

TEST_F(OutputsProgramTest, TwoOutputsAreTwoFiles) {
  const Arguments options = {"--report", "--junit", "--save-answers"};
  for (size_t i = 0; i < options.size(); ++i) {
    for (size_t k = i + 1; k < options.size(); ++k) {
      ExpectRefused({"evaluate", "words.csv", options[i], "out", options[k], "here/out"});
      ExpectRefused({"evaluate", "words.csv", options[i], "x.npy", options[k], "./x.npy"});
    }
  }
}

TEST_F(OutputsProgramTest, ARecordingOfWhatIsHeardIsRefused) {
  const auto before = Contents();
  const ProgramRun run =
      RunEarshotOnFile({"listen", "-", "--record", In("here/s.wav")}, In("s.wav"));
  EXPECT_EQ(run.exit_code, 2) << run.err;
  EXPECT_THAT(run.err, HasSubstr("--record: " + In("here/s.wav") + " is read as well (standard"));
  EXPECT_TRUE(Contents() == before);
}

TEST_F(OutputsProgramTest, WhatIsNoFileMayBeBoth) {
  EXPECT_EQ(RunEarshotIn(dir_.path(),
                         {"evaluate", "words.csv", "--report", "/dev/null", "--junit", "/dev/null"})
                .exit_code,
            0);
  // Standard output is a file here.
  const ProgramRun run =
      RunEarshotIn(dir_.path(), {"evaluate", "words.csv", "--save-answers", "/dev/stdout"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("accuracy"));
  EXPECT_THAT(run.out, HasSubstr("\nmodel,kind,"));
}

TEST_F(OutputsProgramTest, AManifestMayTakeItsOwnPlace) {
  const ProgramRun run = RunEarshotIn(
      dir_.path(), {"evaluate", "--stream", "s.wav", "--model", "model.tflite", "--calibrate",
                    "--max-fa-per-hour", "10000", "--write-manifest", "manifest.json"});
  EXPECT_NE(run.exit_code, 2) << run.err;
}

TEST_F(OutputsProgramTest, ACommandThatFailsLeavesWhatWasThere) {
  WriteText(In("old"), "old");
  WriteText(In("old.wav"), "old");
  WriteText(In("old.csv"), "old");
  WriteText(In("junk"), "no recording");
  const NoMicrophone nowhere;
  const auto before = Contents();
  for (const Arguments& arguments :
       {Arguments{"features", "junk", "--out", "old"},
        Arguments{"features", "--clips", "junk", "--out", "old"},
        Arguments{"run", "model.tflite", "--input", "pcm.npy", "--output", "old"},
        Arguments{"pack", "--model", "junk", "--out", "old"},
        Arguments{"mix", "--minutes", "0.1", "--words", "none", "--out", "old.wav"},
        Arguments{"mix", "--minutes", "0.1", "--words", "words", "--noise", "junk", "--out",
                  "old.wav"},
        Arguments{"evaluate", "words", "--report", "old", "--junit", "none/j.xml"},
        Arguments{"evaluate", "words", "--report", "old", "--junit", "words"},
        Arguments{"listen", "-", "--model", "junk", "--record", "old.wav"},
        Arguments{"listen", "--device", "no such device", "--record", "old.wav"}}) {
    const ProgramRun run = RunEarshotIn(dir_.path(), arguments);
    EXPECT_GE(run.exit_code, 3) << testing::PrintToString(arguments) << run.err;
    EXPECT_LE(run.exit_code, 5) << testing::PrintToString(arguments) << run.err;
    EXPECT_TRUE(Contents() == before) << testing::PrintToString(arguments);
  }
}

// A disk that is full in the middle of writing: no file may hold more than 2000 bytes.
TEST_F(OutputsProgramTest, AFullDiskLeavesWhatWasThere) {
  WriteText(In("old"), "old");
  WriteText(In("old.wav"), "old");
  WriteText(In("old.csv"), "old");
  const auto before = Contents();
  for (const Arguments& arguments :
       {Arguments{"features", In("s.wav"), "--out", In("old")},
        Arguments{"pack", "--model", In("model.tflite"), "--out", In("old")},
        Arguments{"pack", "--model", In("model.tflite"), "--out", In("old"), "--format", "hex",
                  "--address", "0"},
        Arguments{"mix", "--minutes", "0.2", "--words", In("words"), "--out", In("old.wav")},
        Arguments{"evaluate", In("words"), "--report", In("old")}}) {
    const ProgramRun run = RunEarshotWithSmallFiles(arguments, 2000);
    EXPECT_EQ(run.exit_code, 3) << testing::PrintToString(arguments) << run.err;
    EXPECT_THAT(run.err, HasSubstr("File too large"));
    EXPECT_THAT(Lines(run.err), testing::SizeIs(1));
    EXPECT_TRUE(Contents() == before) << testing::PrintToString(arguments);
  }
}

}  // namespace
}  // namespace earshot::host
