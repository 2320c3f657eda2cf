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
#include "tests/support/streaming_model.h"

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

// Nothing but microWakeWord's own: one label, which is the wake word, and a rule in results.
TEST_F(ManifestProgramTest, ABareManifestIsPackedAsItIsListenedWith) {
  const AlignedBytes bytes = test::StreamingWakeWord().Build();
  WriteBytes(dir_.Path("lamp.tflite"), {bytes.span().begin(), bytes.span().end()});
  json manifest = StockManifest("lamp", "lamp.tflite");
  manifest["micro"]["probability_cutoff"] = 0.5;
  WriteText(dir_.Path("lamp.json"), manifest.dump());
  WriteWav(clip_, Noise(48000, 2));
  for (const auto& command : Commands({"--model", dir_.Path("lamp.json")})) {
    const ProgramRun run = RunEarshot(command, std::string(32000, '\0'));
    EXPECT_EQ(run.exit_code, 0) << command[0] << ": " << run.err;
  }
  const auto heard = [&](const std::string& model) {
    return RunEarshot({"classify", "--mode", "stream", "--csv", "--model", model, clip_}).out;
  };
  EXPECT_THAT(heard(dir_.Path("lamp.json")), HasSubstr("lamp"));
  EXPECT_EQ(heard(dir_.Path("out.slot")), heard(dir_.Path("lamp.json")));
  const json slot =
      json::parse(RunEarshot({"inspect", "--json", dir_.Path("out.slot")}).out)["slot"];
  EXPECT_EQ(slot["labels"], json({"lamp"}));
  EXPECT_EQ(slot["strides_per_inference"], 2);
  EXPECT_EQ(slot["recognizer"]["minimum_count"], 5);
  EXPECT_EQ(slot["recognizer"]["average_window_ms"], 80);
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

// Two wake words at once, as they are published: NAME.tflite and NAME.json.
class PublishedModelsTest : public ManifestProgramTest {
 protected:
  void SetUp() override {
    EARSHOT_SKIP_WITHOUT_SHARED();
    ManifestProgramTest::SetUp();
    for (const std::string name : {"okay_nabu", "hey_jarvis", "vad"}) {
      WriteBytes(dir_.Path(name + ".tflite"),
                 test::ReadBytes(test::SharedPath("models/mww_v2_" + name + ".tflite")));
      WriteText(dir_.Path(name + ".json"), StockManifest(name, name + ".tflite").dump());
    }
    WriteWav(said_,
             ReadNpy(test::SharedPath("golden/frontend/tts_slt_hey_jarvis.pcm.npy")).As<int16_t>());
  }

  // The words that are heard where "hey jarvis" is said.
  std::vector<json> Heard(const std::vector<std::string>& models, int exit_code = 0) {
    const std::vector<uint8_t> wav = test::ReadBytes(said_);
    std::vector<std::string> arguments = {"listen", "-", "--jsonl", "-q"};
    arguments.insert(arguments.end(), models.begin(), models.end());
    const ProgramRun run = RunEarshot(arguments, std::string(wav.begin(), wav.end()));
    EXPECT_EQ(run.exit_code, exit_code) << run.err;
    err_ = run.err;
    std::vector<json> words;
    for (const std::string& line : Lines(run.out)) {
      const json event = json::parse(line);
      if (event["event"] == "word") words.push_back(event);
    }
    return words;
  }

  const std::string said_ = dir_.Path("said.wav");
  std::string err_;
};

TEST_F(PublishedModelsTest, ManifestsAreTakenForTheirModels) {
  const std::string okay = dir_.Path("okay_nabu.json");
  const std::string hey = dir_.Path("hey_jarvis.json");
  const std::vector<json> words = Heard({"--model", okay, "--model", hey});
  ASSERT_EQ(words.size(), 1u);
  EXPECT_EQ(words[0]["label"], "hey_jarvis");
  EXPECT_EQ(words[0]["model"], hey);
  for (const auto& command : Commands({"--model", okay})) {
    const ProgramRun run = RunEarshot(command, std::string(32000, '\0'));
    EXPECT_EQ(run.exit_code, 0) << command[0] << ": " << run.err;
  }
  EXPECT_EQ(RunEarshot({"inspect", hey}).exit_code, 0);
  EXPECT_THAT(RunEarshot({"inspect", dir_.Path("okay_nabu")}).err,
              HasSubstr("no such file; is " + okay + " meant?"));
  EXPECT_EQ(
      RunEarshot({"evaluate", "--model", okay, "--model", hey, "--negatives", said_}).exit_code, 0);
}

TEST_F(PublishedModelsTest, ManifestsAreFoundBesideTheirModelsOrGivenForEach) {
  const std::string okay = dir_.Path("okay_nabu.tflite");
  const std::string hey = dir_.Path("hey_jarvis.tflite");
  EXPECT_EQ(Heard({"--model", okay, "--model", hey}).size(), 1u);
  EXPECT_EQ(Heard({"--model", hey, "--manifest", dir_.Path("hey_jarvis.json"), "--model", okay,
                   "--manifest", dir_.Path("okay_nabu.json")})
                .size(),
            1u);
  Heard({"--model", okay, "--model", hey, "--manifest", dir_.Path("hey_jarvis.json")}, 2);
  EXPECT_THAT(err_, HasSubstr("--manifest: found 1 of them, wanted one for each --model"));
  Heard({"--model", okay, "--manifest", dir_.Path("hey_jarvis.json")}, 4);
  EXPECT_THAT(err_, HasSubstr("hey_jarvis.json: model: found \"hey_jarvis.tflite\", wanted "
                              "\"okay_nabu.tflite\""));
}

TEST_F(PublishedModelsTest, Version1Works) {
  WriteBytes(dir_.Path("v1.tflite"),
             test::ReadBytes(test::SharedPath("models/mww_v1_okay_nabu.tflite")));
  WriteText(dir_.Path("v1.json"), R"({
    "type": "micro", "wake_word": "Okay Nabu", "author": "Somebody", "model": "./v1.tflite",
    "website": "https://example.com/", "version": 1,
    "micro": {"probability_cutoff": 0.5, "sliding_window_average_size": 10}})");
  for (const auto& command : Commands({"--model", dir_.Path("v1.json")})) {
    const ProgramRun run = RunEarshot(command, std::string(32000, '\0'));
    EXPECT_EQ(run.exit_code, 0) << command[0] << ": " << run.err;
  }
  const json slot =
      json::parse(RunEarshot({"inspect", "--json", dir_.Path("out.slot")}).out)["slot"];
  EXPECT_EQ(slot["stride_ms"], 20);
  EXPECT_EQ(slot["strides_per_inference"], 1);
}

TEST_F(ManifestProgramTest, WhatIsNoModelIsCalledByItsName) {
  const std::string pointer = dir_.Path("pointer.tflite");
  WriteText(pointer, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 60264\n");
  std::vector<std::vector<std::string>> commands = Commands({"--model", pointer});
  commands.push_back({"inspect", pointer});
  commands.push_back({"run", pointer, "--input", "x.npy", "--output", "o.npy"});
  WriteText(dir_.Path("pointer.json"), StockManifest("word", "pointer.tflite").dump());
  for (const auto& command : commands) {
    const ProgramRun run = RunEarshot(command);
    EXPECT_EQ(run.exit_code, 4) << command[0];
    EXPECT_THAT(run.err, HasSubstr(pointer + ": is a Git LFS pointer, not the file itself: fetch "
                                             "it with `git lfs pull`"))
        << command[0];
  }
  const ProgramRun run = RunEarshot({"inspect", "--json", pointer});
  EXPECT_EQ(run.exit_code, 4);
  const json report = json::parse(run.out);
  EXPECT_EQ(report["runs"], false);
  EXPECT_THAT(report["error"], HasSubstr("is a Git LFS pointer"));
}

}  // namespace
}  // namespace earshot::host
