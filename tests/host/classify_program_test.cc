// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot classify` as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> Keys(const json& object) {
  std::vector<std::string> keys;
  for (const auto& item : object.items()) keys.push_back(item.key());
  return keys;
}

// A directory with clips, longer recordings, other formats and bad files.
class ClassifyProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 20; ++i) {
      WriteWav(dir_.Path("clip" + std::to_string(i) + ".wav"),
               Noise(8000 + static_cast<size_t>(i) * 600, static_cast<uint32_t>(i)));
    }
    WriteWav(dir_.Path("long.wav"), Noise(50000, 100));
    WriteAudioPcm(dir_.Path("stereo.flac"), {SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 44100, 2},
                  Noise(88200, 101));
    WriteText(dir_.Path("bad.wav"), "not a recording");
    WriteWav(dir_.Path("empty.wav"), {});
  }

  const TempDir dir_;
};

TEST_F(ClassifyProgramTest, JsonLinesAreAsDocumented) {
  const ProgramRun run = RunEarshot({"classify", "--jsonl", dir_.path()});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(run.err, "earshot: 2 of 24 could not be read\n");
  std::vector<std::string> paths;
  for (const json& object : JsonLines(run.out)) {
    EXPECT_EQ(object["v"], 1);
    paths.push_back(object["path"]);
    if (object.contains("error")) {
      EXPECT_THAT(Keys(object), ElementsAre("error", "path", "v"));
    } else if (object.contains("scores")) {
      const json& scores = object["scores"];
      EXPECT_EQ(scores.size(), 4u);
      EXPECT_EQ(scores[object["label"].get<std::string>()], object["score"]);
      EXPECT_GE(object["score"].get<double>(), 0.25);  // The top of four.
      EXPECT_LT(object["score"].get<double>(), 1);
      EXPECT_EQ(object.value("converted_from", ""),
                paths.back() == dir_.Path("stereo.flac") ? "44100 Hz, 2 channels" : "");
    } else if (object.contains("detections")) {
      EXPECT_THAT(Keys(object), ElementsAre("detections", "path", "seconds", "v"));
      EXPECT_DOUBLE_EQ(object["seconds"], 3.125);
    } else {
      EXPECT_THAT(Keys(object), ElementsAre("end", "label", "path", "score", "start", "time", "v"));
    }
  }
  EXPECT_TRUE(std::is_sorted(paths.begin(), paths.end()));
  EXPECT_GE(paths.size(), 24u);
}

TEST_F(ClassifyProgramTest, OutputDoesNotDependOnTheNumberOfThreads) {
  for (const std::string format : {"--jsonl", "--csv", "--quiet"}) {
    const ProgramRun one = RunEarshot({"classify", format, "--jobs", "1", dir_.path()});
    EXPECT_NE(one.out, "");
    for (const char* jobs : {"2", "8", "40"}) {
      const ProgramRun many = RunEarshot({"classify", format, "--jobs", jobs, dir_.path()});
      EXPECT_EQ(many.out, one.out);
      EXPECT_EQ(many.err, one.err);
    }
  }
}

TEST_F(ClassifyProgramTest, TextTellsErrorsAndConversionsOnStandardError) {
  const ProgramRun run = RunEarshot(
      {"classify", dir_.Path("clip3.wav"), dir_.Path("empty.wav"), dir_.Path("stereo.flac")});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_EQ(Lines(run.out).size(), 2u);
  EXPECT_THAT(run.out, HasSubstr("  " + dir_.Path("clip3.wav") + "\n"));
  EXPECT_EQ(run.err, "earshot: " + dir_.Path("empty.wav") +
                         ": no samples\nearshot: " + dir_.Path("stereo.flac") +
                         ": 44100 Hz, 2 channels: converted to 16000 Hz mono\n"
                         "earshot: 1 of 3 could not be read\n");
}

TEST_F(ClassifyProgramTest, CsvHasOneHeaderAndAsManyCellsEverywhere) {
  const ProgramRun run = RunEarshot({"classify", "--csv", dir_.path()});
  const std::vector<std::string> lines = Lines(run.out);
  EXPECT_THAT(lines[0], testing::StartsWith("path,kind,label,score,"));
  const auto cells = std::count(lines[0].begin(), lines[0].end(), ',');
  for (const std::string& line : lines) {
    EXPECT_EQ(std::count(line.begin(), line.end(), ','), cells) << line;
  }
}

TEST_F(ClassifyProgramTest, PathsComeFromListsToo) {
  const std::string a = dir_.Path("clip1.wav");
  const std::string b = dir_.Path("clip2.wav");
  WriteText(dir_.Path("list"), b + "\n");
  const ProgramRun run =
      RunEarshot({"classify", "--jsonl", "-", "--list", dir_.Path("list")}, a + "\n");
  EXPECT_EQ(run.exit_code, 0);
  const std::vector<json> lines = JsonLines(run.out);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["path"], a);
  EXPECT_EQ(lines[1]["path"], b);
  EXPECT_THAT(run.err, IsEmpty());
}

TEST_F(ClassifyProgramTest, PathsThatAreNoUtf8) {
  const std::string odd = dir_.Path("caf\xE9.wav");
  std::filesystem::copy(dir_.Path("clip1.wav"), odd);
  const ProgramRun run = RunEarshot({"classify", "--jsonl", odd});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(JsonLines(run.out)[0]["path"].get<std::string>(), HasSubstr("caf\xEF\xBF\xBD.wav"));
}

TEST_F(ClassifyProgramTest, EndsQuietlyWhenNobodyReads) {
  for (const std::string format : {"--jsonl", "--csv", "--quiet"}) {
    const ProgramRun run = RunEarshotUnread({"classify", format, dir_.path()});
    EXPECT_EQ(run.exit_code, 0) << format;
  }
}

// What is heard is what a spotter hears that is asked as seldom, and it is not what is heard when
// the model is asked at every stride.
TEST_F(ClassifyProgramTest, StridesPerInference) {
  const std::string recording = test::SourcePath("audio_samples/streams/white_10db.wav");
  const auto detections = [&recording](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"classify", "--jsonl"});
    arguments.push_back(recording);
    const ProgramRun run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return JsonLines(run.out);
  };
  const std::vector<json> every = detections({});
  EXPECT_EQ(detections({"--strides-per-inference", "1"}), every);
  const std::vector<json> tenth = detections({"--strides-per-inference", "10"});
  EXPECT_NE(tenth, every);
  ASSERT_GT(tenth.size(), 1u);  // At least one detection and the line at the end.
  for (const json& object : tenth) {
    if (!object.contains("time")) continue;
    // Frame 10, 20 ... of 30 ms, one every 20 ms.
    const auto time_ms = static_cast<int>(std::lround(object["time"].get<double>() * 1000));
    EXPECT_EQ((time_ms - 30) / 20 % 10, 9) << time_ms;
  }

  // The manifest says the same.
  json manifest =
      json::parse(std::ifstream(test::SourcePath("models/tiny_conv_yes_no/manifest.json")));
  manifest["earshot"]["strides_per_inference"] = 10;
  WriteText(dir_.Path("m.json"), manifest.dump());
  const std::string model = test::SourcePath("models/tiny_conv_yes_no/model.tflite");
  const std::vector<std::string> chosen = {"--model", model, "--manifest", dir_.Path("m.json")};
  EXPECT_EQ(detections(chosen), tenth);
  std::vector<std::string> overridden = chosen;
  overridden.insert(overridden.end(), {"--strides-per-inference", "1"});
  EXPECT_EQ(detections(overridden), every);

  const ProgramRun seldom = RunEarshot({"classify", "--strides-per-inference", "50", recording});
  EXPECT_EQ(seldom.exit_code, 4);
  EXPECT_THAT(seldom.err, HasSubstr("strides_per_inference: found 50, wanted 49"));
}

// A person's voice needs no golden data: the recordings that come with Earshot are enough.
TEST_F(ClassifyProgramTest, HearsTheRecordingsThatComeWithEarshot) {
  const ProgramRun run = RunEarshot({"classify", "--jsonl", test::SourcePath("audio_samples")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  int clips = 0;
  int right = 0;
  for (const json& object : JsonLines(run.out)) {
    if (!object.contains("scores")) continue;
    const std::filesystem::path path = object["path"].get<std::string>();
    ++clips;
    right += path.parent_path().filename() == object["label"].get<std::string>() ? 1 : 0;
  }
  EXPECT_GE(clips, 40);
  EXPECT_GE(right, clips / 2);  // Chance would be a quarter; how good it is is another test's job.
}

TEST(ClassifyGoldenTest, ForeignModelHearsYesAndNo) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const TempDir dir;
  for (const std::string word : {"yes", "no"}) {
    const NpyArray pcm =
        ReadNpy(test::SharedPath("golden/frontend/wav_" + word + "_1000ms.pcm.npy"));
    WriteWav(dir.Path(word + ".wav"), pcm.As<int16_t>());
  }
  const std::string model = test::SharedPath("models/micro_speech_quantized.tflite");
  const ProgramRun run =
      RunEarshot({"classify", "--jsonl", "--model", model, "--labels", "silence,unknown,yes,no",
                  dir.Path("yes.wav"), dir.Path("no.wav")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const std::vector<json> lines = JsonLines(run.out);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]["label"], "yes");
  EXPECT_EQ(lines[1]["label"], "no");
  EXPECT_GT(lines[0]["score"].get<double>(), 0.5);
  EXPECT_GT(lines[1]["score"].get<double>(), 0.5);
}

TEST(ClassifyGoldenTest, AModelWithoutLabelsSaysWhatIsMissing) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const std::string model = test::SharedPath("models/micro_speech_quantized.tflite");
  const ProgramRun none = RunEarshot({"classify", "--model", model, "a.wav"});
  EXPECT_EQ(none.exit_code, 2);
  EXPECT_THAT(none.err, HasSubstr("names of its 4 outputs"));
  EXPECT_THAT(none.err, HasSubstr("--labels"));
  const ProgramRun wrong = RunEarshot({"classify", "--model", model, "--labels", "a,b", "a.wav"});
  EXPECT_EQ(wrong.exit_code, 4);
  EXPECT_THAT(wrong.err, HasSubstr("--labels: found 2 (a, b), wanted 4, one for each output"));
}

}  // namespace
}  // namespace earshot::host
