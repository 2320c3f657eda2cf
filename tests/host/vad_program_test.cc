// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// --vad, as a user gives it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
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

class VadProgramTest : public testing::Test {
 protected:
  VadProgramTest() {
    std::filesystem::create_directory(dir_.Path("deaf"));
    deaf_ = WriteVoiceModel(dir_.Path("deaf"), 1);
  }

  static std::string Hear(std::vector<std::string> arguments, const std::string& vad,
                          const std::string& input = "") {
    if (!vad.empty()) arguments.insert(arguments.end(), {"--vad", vad});
    const ProgramRun run = RunEarshot(arguments, input);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return run.out;
  }

  const TempDir dir_;
  const std::string keen_ = WriteVoiceModel(dir_.path(), 0.01);
  std::string deaf_;  // Nothing is above its threshold.
  const std::string stream_ = test::SourcePath("audio_samples/streams/pink_20db.wav");
};

// The words that `command` announces, one JSON object a line.
size_t Words(const std::string& lines) {
  size_t count = 0;
  for (const json& line : JsonLines(lines)) count += line.contains("label") ? 1 : 0;
  return count;
}

TEST_F(VadProgramTest, StreamsAreHeardWhileSomebodySpeaks) {
  const std::vector<std::string> classify = {"classify", "--mode", "stream", "--jsonl", stream_};
  const std::string all = Hear(classify, "");
  EXPECT_GT(Words(all), 1u);
  EXPECT_EQ(Hear(classify, keen_), all);
  EXPECT_EQ(Words(Hear(classify, deaf_)), 0u);
}

TEST_F(VadProgramTest, ClipsHoldNoWordWhereNobodySpeaks) {
  const std::vector<std::string> classify = {"classify", "--csv", "--mode", "clip",
                                             test::SourcePath("audio_samples/yes")};
  const std::string all = Hear(classify, "");
  EXPECT_THAT(all, HasSubstr("clip,yes,"));
  EXPECT_EQ(Hear(classify, keen_), all);
  EXPECT_THAT(Hear(classify, deaf_), Not(HasSubstr("clip,yes,")));
}

TEST_F(VadProgramTest, ListensLikewise) {
  const std::vector<std::string> listen = {"listen", "-", "--jsonl", "--quiet"};
  const std::string sound = Raw(ReadFile(stream_));
  EXPECT_GT(Words(Hear(listen, "", sound)), 1u);
  EXPECT_EQ(Words(Hear(listen, keen_, sound)), Words(Hear(listen, "", sound)));
  EXPECT_EQ(Words(Hear(listen, deaf_, sound)), 0u);
}

TEST_F(VadProgramTest, EvaluatesLikewise) {
  const std::vector<std::string> evaluate = {"evaluate", "--json", "--stream", stream_};
  const auto found = [&](const std::string& vad) {
    const json figures = json::parse(Hear(evaluate, vad));
    return figures["models"][0]["metrics"]["found"]["value"];
  };
  EXPECT_GT(found(""), 0.5);
  EXPECT_EQ(found(keen_), found(""));
  EXPECT_EQ(found(deaf_), 0);
}

// From the manifest's folder, wherever the program runs; the option takes its place. The voice
// model's own manifest names one as well, itself, which nobody asks.
TEST_F(VadProgramTest, TheManifestMayNameTheVoiceModel) {
  json voice = json::parse(std::ifstream(dir_.Path("deaf/voice.json")));
  voice["earshot"]["vad"] = {{"model", "voice.json"}};
  WriteText(dir_.Path("deaf/voice.json"), voice.dump());
  const std::filesystem::path shipped = test::SourcePath("models/tiny_conv_yes_no");
  std::filesystem::copy(shipped / "model.tflite", dir_.Path("model.tflite"));
  json manifest = json::parse(std::ifstream(shipped / "manifest.json"));
  manifest["earshot"]["vad"] = {{"model", "deaf/voice.json"}};
  WriteText(dir_.Path("model.json"), manifest.dump());

  const std::vector<std::string> stream = {"--jsonl", "--model", dir_.Path("model.tflite")};
  std::vector<std::string> classify = {"classify", "--mode", "stream", stream_};
  classify.insert(classify.end(), stream.begin(), stream.end());
  EXPECT_EQ(Words(Hear(classify, "")), 0u);
  const size_t words = Words(Hear(classify, keen_));
  EXPECT_GT(words, 1u);

  // Of several models each has its own.
  std::vector<std::string> listen = {"listen", "-", "--quiet"};
  listen.insert(listen.end(), stream.begin(), stream.end());
  const std::string sound = Raw(ReadFile(stream_));
  EXPECT_EQ(Words(Hear(listen, "", sound)), 0u);
  listen.insert(listen.end(), {"--model", "tiny_conv_yes_no"});
  EXPECT_EQ(Words(Hear(listen, "", sound)), words);
  EXPECT_EQ(Words(Hear(listen, keen_, sound)), 2 * words);

  const ProgramRun packed =
      RunEarshot({"pack", "--model", dir_.Path("model.tflite"), "--out", dir_.Path("a.slot")});
  EXPECT_NE(packed.exit_code, 0);
  EXPECT_THAT(packed.err, HasSubstr("earshot.vad.model: found deaf/voice.json, wanted none"));
}

TEST_F(VadProgramTest, SaysWhatIsWrongWithTheVoiceModel) {
  const ProgramRun none = RunEarshot({"classify", "--vad", dir_.Path("none.tflite"), stream_});
  EXPECT_NE(none.exit_code, 0);
  EXPECT_THAT(none.err, HasSubstr("none.tflite"));
}

}  // namespace
}  // namespace earshot::host
