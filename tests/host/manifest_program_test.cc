// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Models and their manifests as the program's commands take them: all alike.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/host/program.h"
#include "tests/host/streaming_files.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The manifest of microWakeWord's that goes with `model`, without anything of Earshot's.
json StockManifest(const std::string& wake_word, const std::string& model) {
  return {{"type", "micro"},
          {"wake_word", wake_word},
          {"author", "Somebody"},
          {"website", "https://example.com/"},
          {"model", model},
          {"trained_languages", {"en"}},
          {"version", 2},
          {"micro",
           {{"probability_cutoff", 0.97},
            {"feature_step_size", 10},
            {"sliding_window_size", 5},
            {"tensor_arena_size", 22860},
            {"minimum_esphome_version", "2024.7.0"}}}};
}

class ManifestProgramTest : public testing::Test {
 protected:
  void SetUp() override { WriteWav(clip_, Noise(16000, 1)); }

  // Every command that loads a model with its manifest, each with all that it needs beside.
  std::vector<std::vector<std::string>> Commands(const std::vector<std::string>& model) const {
    std::vector<std::vector<std::string>> commands = {
        {"classify", clip_},
        {"evaluate", "--negatives", clip_},
        {"listen", "-", "-q"},
        {"pack", "--out", dir_.Path("out.slot")},
    };
    for (std::vector<std::string>& command : commands) {
      command.insert(command.end(), model.begin(), model.end());
    }
    return commands;
  }

  const TempDir dir_;
  const std::string clip_ = dir_.Path("clip.wav");
};

// A front end of another rate is refused: what feeds it brings 16 kHz.
TEST_F(ManifestProgramTest, AnotherSampleRateIsRefusedByEveryCommand) {
  const std::string model = test::SourcePath("models/tiny_conv_yes_no/model.tflite");
  json manifest =
      json::parse(std::ifstream(test::SourcePath("models/tiny_conv_yes_no/manifest.json")));
  for (const int rate : {8000, 15999, 48000}) {
    manifest["earshot"]["frontend"]["sample_rate_hz"] = rate;
    manifest["earshot"]["frontend"]["upper_hz"] = 3800;
    WriteText(dir_.Path("m.json"), manifest.dump());
    for (const auto& command : Commands({"--model", model, "--manifest", dir_.Path("m.json")})) {
      const ProgramRun run = RunEarshot(command, std::string(32000, '\0'));
      EXPECT_EQ(run.exit_code, 4) << command[0];
      EXPECT_THAT(run.err, HasSubstr("m.json: earshot.frontend.sample_rate_hz: found " +
                                     std::to_string(rate) + ", wanted 16000"))
          << command[0];
      EXPECT_THAT(run.out, IsEmpty()) << command[0];
    }
  }
}

// How often a model that remembers is asked follows from its input, for every command.
TEST_F(ManifestProgramTest, StockManifestsOfMicroWakeWordWorkForEveryCommand) {
  const std::string model = WriteStreamingModel(dir_.path(), nullptr);
  json manifest = StreamingManifest();
  manifest["earshot"].erase("strides_per_inference");
  WriteText(dir_.Path("manifest.json"), manifest.dump());
  for (const auto& command : Commands({"--model", model})) {
    const ProgramRun run = RunEarshot(command, std::string(32000, '\0'));
    EXPECT_EQ(run.exit_code, 0) << command[0] << ": " << run.err;
  }
  const ProgramRun slot = RunEarshot({"inspect", "--json", dir_.Path("out.slot")});
  EXPECT_EQ(json::parse(slot.out)["slot"]["strides_per_inference"], 2) << slot.err;
}

TEST_F(ManifestProgramTest, PublishedModelsArePackedAsPublished) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  for (const char* name : {"mww_v2_okay_nabu", "mww_v2_hey_jarvis", "mww_v2_vad"}) {
    const std::string file = std::string(name) + ".tflite";
    WriteBytes(dir_.Path(file), test::ReadBytes(test::SharedPath("models/" + file)));
    WriteText(dir_.Path("m.json"), StockManifest(name, file).dump());
    for (const auto& command :
         Commands({"--model", dir_.Path(file), "--manifest", dir_.Path("m.json")})) {
      const ProgramRun run = RunEarshot(command, std::string(32000, '\0'));
      EXPECT_EQ(run.exit_code, 0) << name << ": " << command[0] << ": " << run.err;
    }
    const ProgramRun slot = RunEarshot({"inspect", "--json", dir_.Path("out.slot")});
    EXPECT_EQ(json::parse(slot.out)["slot"]["strides_per_inference"], 3) << name;
  }
}

}  // namespace
}  // namespace earshot::host
