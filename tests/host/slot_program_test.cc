// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A packed slot as a model like any other, for every command that takes one.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

// The shipped model that remembers, and it in a slot.
class SlotProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    const ProgramRun run = RunEarshot({"pack", "--model", model_, "--out", slot_});
    ASSERT_EQ(run.exit_code, 0) << run.err;
  }

  // What a command prints, the model's name in it being the same for all.
  static std::string Output(std::vector<std::string> command, const std::string& model) {
    command.insert(command.end(), {"--model", model});
    const std::vector<uint8_t> sound = test::ReadBytes(Stream());
    const ProgramRun run = RunEarshot(command, std::string(sound.begin(), sound.end()));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    std::string text = run.out;
    for (size_t at = text.find(model); at != std::string::npos; at = text.find(model)) {
      text.replace(at, model.size(), "MODEL");
    }
    // How busy this machine is, too, is no matter.
    text = std::regex_replace(text, std::regex("latency [0-9]+ ms"), "latency");
    return text;
  }

  static std::string Stream() { return test::SourcePath("audio_samples/streams/pink_20db.wav"); }

  const TempDir dir_;
  const std::string model_ = test::SourcePath("models/yes_no_streaming/model.tflite");
  const std::string slot_ = dir_.Path("word.slot");
};

TEST_F(SlotProgramTest, HearsWhatItsModelHears) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"listen", "-", "-q"},
        {"classify", "--mode", "stream", "--jsonl", Stream()},
        {"evaluate", "--stream", Stream(), "--json"}}) {
    const std::string wanted = Output(command, model_);
    EXPECT_THAT(wanted, HasSubstr("yes")) << command[0];
    EXPECT_EQ(Output(command, slot_), wanted) << command[0];
  }
}

TEST_F(SlotProgramTest, IsRunAndInspectedAsItsModel) {
  WriteNpy(dir_.Path("x.npy"), MakeNpy({3, 1, 2, 40}, std::vector<int8_t>(240, 5)));
  for (const std::string& model : {model_, slot_}) {
    const ProgramRun run = RunEarshot({"run", model, "--input", dir_.Path("x.npy"), "--output",
                                       dir_.Path(model == slot_ ? "slot.npy" : "o.npy")});
    EXPECT_EQ(run.exit_code, 0) << run.err;
  }
  EXPECT_EQ(test::ReadBytes(dir_.Path("slot.npy")), test::ReadBytes(dir_.Path("o.npy")));
  const json slot = json::parse(RunEarshot({"inspect", "--json", slot_}).out);
  const json model = json::parse(RunEarshot({"inspect", "--json", model_}).out);
  EXPECT_EQ(slot["operators"], model["operators"]);
}

TEST_F(SlotProgramTest, IsPackedAgain) {
  const std::string again = dir_.Path("again.slot");
  ASSERT_EQ(RunEarshot({"pack", "--model", slot_, "--out", again}).exit_code, 0);
  EXPECT_EQ(test::ReadBytes(again), test::ReadBytes(slot_));
  const ProgramRun run = RunEarshot({"pack", "--model", slot_, "--out", again, "--name", "other",
                                     "--format", "hex", "--address", "0"});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("  name        other\n"));
  EXPECT_THAT(run.out, HasSubstr("context     1350 ms\n"));
  // Its own file would be lost while it is read.
  EXPECT_EQ(RunEarshot({"pack", "--model", slot_, "--out", slot_}).exit_code, 2);
}

TEST_F(SlotProgramTest, AShippedModelIsPackedByItsName) {
  const std::string shipped = dir_.Path("shipped.slot");
  const ProgramRun run =
      RunEarshot({"pack", "--model", "yes_no_streaming", "--out", shipped, "--name", "yes"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(test::ReadBytes(shipped), test::ReadBytes(slot_));
}

// It says by itself what they would say.
TEST_F(SlotProgramTest, TakesNoManifestAndNoLabels) {
  const std::string manifest = test::SourcePath("models/yes_no_streaming/manifest.json");
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"classify", Stream(), "--labels", "a,b,c,d"},
        {"classify", Stream(), "--manifest", manifest},
        {"evaluate", "--stream", Stream(), "--manifest", manifest},
        {"listen", "-", "--labels", "a,b,c,d"},
        {"pack", "--out", dir_.Path("no.slot"), "--manifest", manifest}}) {
    std::vector<std::string> arguments = command;
    arguments.insert(arguments.end(), {"--model", slot_});
    const ProgramRun run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 2) << command[0];
    EXPECT_THAT(run.err, HasSubstr(slot_ + ": is a model slot; --manifest and --labels go with"))
        << command[0];
  }
}

TEST_F(SlotProgramTest, HasNoManifestToRewrite) {
  // One beside it is another model's.
  WriteText(dir_.Path("word.json"), "{}");
  const ProgramRun run = RunEarshot({"evaluate", "--stream", Stream(), "--calibrate",
                                     "--write-manifest", dir_.Path("new.json"), "--model", slot_});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--write-manifest: wanted a model file (--model) that has a"));
}

TEST_F(SlotProgramTest, WhatTheCommandLineSaysComesFirst) {
  const std::string text = Output(
      {"classify", "--mode", "stream", "--background", "yes,no", "--threshold", "0.2", Stream()},
      slot_);
  EXPECT_THAT(text, HasSubstr("unknown"));
  const ProgramRun run =
      RunEarshot({"classify", "--strides-per-inference", "1", Stream(), "--model", slot_});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.err, HasSubstr("strides_per_inference: found 1, wanted 2"));
}

TEST_F(SlotProgramTest, ADamagedOneIsRefused) {
  std::vector<uint8_t> bytes = test::ReadBytes(slot_);
  bytes[bytes.size() / 2] ^= 1;
  WriteBytes(slot_, bytes);
  WriteNpy(dir_.Path("x.npy"), MakeNpy({1, 1, 2, 40}, std::vector<int8_t>(80, 5)));
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"classify", Stream(), "--model", slot_},
        {"listen", "-", "--model", slot_},
        {"pack", "--out", dir_.Path("no.slot"), "--model", slot_},
        {"run", slot_, "--input", dir_.Path("x.npy"), "--output", dir_.Path("o.npy")},
        {"inspect", slot_}}) {
    const ProgramRun run = RunEarshot(command);
    EXPECT_EQ(run.exit_code, 4) << command[0];
    EXPECT_EQ(run.err, "earshot: " + slot_ +
                           ": invalid model: model: slot: damaged or half written (CRC-32)\n")
        << command[0];
  }
}

}  // namespace
}  // namespace earshot::host
