// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Clips without a word, and models whose scores stand each for itself, as a user meets them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "earshot/base/aligned_bytes.h"
#include "earshot/host/models/keyword_model.h"
#include "earshot/host/models/model_outputs.h"
#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"
#include "tests/support/sigmoid_model.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;

// A second of pulses of these tones.
std::vector<int16_t> Pulses(const std::vector<double>& tones_hz, double amplitude = 3000) {
  constexpr size_t kPulse = 1600;
  std::vector<int16_t> pcm(16000);
  for (size_t i = 0; i < pcm.size(); ++i) {
    if (i / kPulse % 2 == 0) continue;
    double sum = 0;
    for (const double hz : tones_hz)
      sum += std::sin(2 * M_PI * hz * static_cast<double>(i) / 16000);
    pcm[i] = static_cast<int16_t>(std::lround(amplitude * sum));
  }
  return pcm;
}

class NothingProgramTest : public testing::Test {
 protected:
  // A model file; its path.
  std::string Write(const std::string& name, const test::ModelBuilder& model) {
    const AlignedBytes bytes = model.Build();
    const std::string path = dir_.Path(name + ".tflite");
    WriteBytes(path, std::vector<uint8_t>(bytes.span().begin(), bytes.span().end()));
    return path;
  }

  void SetUp() override {
    for (const char* word : {"low", "high", "silence"}) fs::create_directories(clips_ + "/" + word);
    WriteWav(low_, Pulses({300, 500, 700}));
    WriteWav(high_, Pulses({4000, 5000, 6500}));
    WriteWav(silence_, std::vector<int16_t>(16000));
  }

  // The answer to a clip, as JSON.
  static json Answer(const std::string& model, const std::string& labels, const std::string& clip,
                     const std::vector<std::string>& more = {}) {
    std::vector<std::string> arguments = {"classify", "--jsonl", "--model", model, "--labels",
                                          labels,     "--mode",  "clip",    clip};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProgramRun run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return json::parse(run.out);
  }

  const TempDir dir_;
  const std::string clips_ = dir_.Path("clips");
  const std::string low_ = clips_ + "/low/a.wav";
  const std::string high_ = clips_ + "/high/b.wav";
  const std::string silence_ = clips_ + "/silence/c.wav";
  const std::string two_ = Write("two", test::SigmoidModel(2));
};

TEST_F(NothingProgramTest, WhatDoesNotPassTheThresholdIsNothing) {
  EXPECT_EQ(Answer(two_, "low,high", low_)["label"], "low");
  EXPECT_EQ(Answer(two_, "low,high", high_)["label"], "high");
  const json nothing = Answer(two_, "low,high", silence_);
  EXPECT_TRUE(nothing["label"].is_null());
  EXPECT_EQ(nothing["score"], 0);
  // One output only, which is not on top of anything.
  const std::string one = Write("one", test::SigmoidModel(1));
  EXPECT_TRUE(Answer(one, "sound", silence_)["label"].is_null());
  WriteWav(low_, Pulses({300, 500, 700, 4000, 5000, 6500}));
  EXPECT_EQ(Answer(one, "sound", low_)["label"], "sound");
}

TEST_F(NothingProgramTest, TextAndTablesTellItAsWell) {
  const ProgramRun text =
      RunEarshot({"classify", "--model", two_, "--labels", "low,high", silence_, low_});
  const std::vector<std::string> lines = Lines(text.out);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0], "-     0.000  " + silence_);
  EXPECT_EQ(lines[1].substr(0, 4), "low ");
  const ProgramRun csv =
      RunEarshot({"classify", "--csv", "--model", two_, "--labels", "low,high", silence_});
  EXPECT_THAT(csv.out, HasSubstr(silence_ + ",clip,,0.0000,"));
}

// A background label is a name for nothing, and the model's own.
TEST_F(NothingProgramTest, ABackgroundLabelTakesItsPlace) {
  EXPECT_EQ(Answer(two_, "unknown,high", silence_)["label"], "unknown");
  EXPECT_EQ(Answer(two_, "unknown,high", low_)["label"], "unknown");
  EXPECT_EQ(Answer(two_, "unknown,high", high_)["label"], "high");
}

// A softmax is on top of something in any case: with background labels that tells a word, among
// words alone it does not.
TEST_F(NothingProgramTest, OnlyASoftmaxWithBackgroundNeedsNoThreshold) {
  const std::string softmax = Write("softmax", test::SoftmaxModel(2));
  EXPECT_EQ(Answer(softmax, "high,unknown", silence_)["score"], 0.5);
  EXPECT_EQ(Answer(softmax, "high,unknown", silence_)["label"], "high");
  EXPECT_TRUE(Answer(softmax, "high,low", silence_)["label"].is_null());
  EXPECT_EQ(Answer(softmax, "low,high", low_)["label"], "low");
  // The sigmoids of the same sums do not pass.
  EXPECT_EQ(Answer(two_, "high,unknown", silence_)["label"], "unknown");
}

TEST_F(NothingProgramTest, EvaluateTakesNothingForRightWhereNoWordIs) {
  const ProgramRun run = RunEarshot({"evaluate", clips_, "--model", two_, "--labels", "low,loud",
                                     "--json", "--save-answers", dir_.Path("answers.csv"), "--gate",
                                     "recall.nothing>=0.9", "--gate", "accuracy>=0.9"});
  EXPECT_EQ(run.exit_code, 1);  // "high" is a foreign word here, and taken for "loud".
  const json model = json::parse(run.out)["models"][0];
  EXPECT_EQ(model["clips"]["confusion"], json({{1, 0, 0}, {0, 0, 0}, {0, 1, 1}}));
  EXPECT_EQ(model["metrics"]["recall.nothing"]["value"], 0.5);
  EXPECT_EQ(model["metrics"]["accuracy"]["count"], 2);
  EXPECT_EQ(model["metrics"]["accuracy"]["total"], 3);
  EXPECT_EQ(model["metrics"]["other_words_accepted"]["value"], 1);
  ASSERT_EQ(model["clips"]["wrong"].size(), 1u);
  EXPECT_EQ(model["clips"]["wrong"][0]["label"], "high");
  ASSERT_EQ(model["gates"][0]["wrong"].size(), 1u);
  EXPECT_THAT(model["gates"][0]["wrong"][0], HasSubstr("heard as loud"));

  // With the word's label nothing is wrong, and the earlier answers tell.
  const ProgramRun better =
      RunEarshot({"evaluate", clips_, "--model", two_, "--labels", "low,high", "--compare",
                  dir_.Path("answers.csv"), "--gate", "other_words_accepted<=0", "--gate",
                  "recall.nothing>=1", "--gate", "worse<=0", "--report", dir_.Path("r.html")});
  EXPECT_EQ(better.exit_code, 1) << better.out;  // No other words: that gate is not measured.
  EXPECT_THAT(better.out, HasSubstr("1 better"));
  EXPECT_THAT(better.out, HasSubstr("(nothing)       0     0          1"));
  EXPECT_THAT(better.out, HasSubstr("passed  recall.nothing>=1: 1"));
  EXPECT_THAT(better.out, HasSubstr("passed  worse<=0: 0"));
  const std::vector<uint8_t> page = test::ReadBytes(dir_.Path("r.html"));
  EXPECT_THAT(std::string(page.begin(), page.end()), HasSubstr("<i>nothing</i>"));
}

// The sound is a keyword that the model does not hear well enough.
TEST_F(NothingProgramTest, EvaluateTakesNothingForWrongWhereAWordIs) {
  WriteWav(low_, std::vector<int16_t>(16000));
  const ProgramRun run = RunEarshot({"evaluate", clips_, "--model", two_, "--labels", "low,high",
                                     "--json", "--save-answers", dir_.Path("answers.csv")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const json wrong = json::parse(run.out)["models"][0]["clips"]["wrong"];
  ASSERT_EQ(wrong.size(), 1u);
  EXPECT_EQ(wrong[0]["path"], low_);
  EXPECT_TRUE(wrong[0]["heard"].is_null());
  const std::vector<uint8_t> answers = test::ReadBytes(dir_.Path("answers.csv"));
  const std::string text(answers.begin(), answers.end());
  EXPECT_THAT(text, HasSubstr(low_ + ",low,0,,0.000,wrong\n"));
  EXPECT_THAT(text, HasSubstr(silence_ + ",silence,0,,0.000,right\n"));
}

// The recognizer's numbers, in clips of any model and in streams of every command alike.
TEST_F(NothingProgramTest, AThresholdIsHonouredWhereverItIsGiven) {
  const double score = Answer(two_, "low,high", high_)["score"];
  EXPECT_EQ(Answer(two_, "low,high", high_, {"--threshold", std::to_string(score - 0.01)})["label"],
            "high");
  EXPECT_TRUE(
      Answer(two_, "low,high", high_, {"--threshold", std::to_string(score)})["label"].is_null());
  // A softmax with background, too.
  const std::string yes = test::SourcePath("audio_samples/yes/espeak_gb_rp.wav");
  const auto shipped = [&yes](const std::vector<std::string>& more) {
    std::vector<std::string> arguments = {"classify", "--jsonl", yes};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return json::parse(RunEarshot(arguments).out);
  };
  const double sure = shipped({})["score"];
  EXPECT_EQ(shipped({})["label"], "yes");
  EXPECT_EQ(shipped({"--threshold", std::to_string(sure - 0.01)})["label"], "yes");
  const std::string other = shipped({"--threshold", std::to_string(sure)})["label"];
  EXPECT_TRUE(other == "unknown" || other == "silence") << other;
}

TEST_F(NothingProgramTest, TheEndIsHeardOrNotInAllCommands) {
  std::vector<int16_t> word = ReadFile(test::SourcePath("audio_samples/yes/flite_slt.wav"));
  word.resize(word.size() / 2);
  fs::create_directories(clips_ + "/no");
  const std::string clip = clips_ + "/no/yes.wav";  // So that it is told, as a wrong answer.
  WriteWav(clip, word);
  const std::vector<std::string> how = {"--model", "yes_no_streaming", "--threshold", "0.9"};
  const auto score = [&](std::vector<std::string> arguments, const std::string& more) {
    arguments.insert(arguments.end(), how.begin(), how.end());
    if (!more.empty()) arguments.push_back(more);
    return RunEarshot(arguments).out;
  };
  std::vector<std::string> scores;
  for (const std::string more : {"", "--no-tail"}) {
    const json classified =
        json::parse(score({"classify", "--jsonl", "--mode", "clip", clip}, more));
    const json evaluated =
        json::parse(score({"evaluate", "--json", clips_}, more))["models"][0]["clips"]["wrong"];
    for (const json& answer : evaluated) {
      if (answer["path"] != clip) continue;
      EXPECT_EQ(answer["score"], classified["score"]) << more;
      scores.push_back(answer["score"].dump());
    }
  }
  ASSERT_EQ(scores.size(), 2u);
  EXPECT_NE(scores[0], scores[1]);
}

TEST_F(NothingProgramTest, StreamsOfAllCommandsTakeTheSameNumbers) {
  const std::string stream = test::SourcePath("audio_samples/streams/pink_20db.wav");
  const auto times = [](const json& words) {
    std::vector<double> found;
    for (const json& word : words) found.push_back(word["time"]);
    return found;
  };
  std::vector<std::vector<double>> all;
  for (const std::vector<std::string>& numbers :
       std::vector<std::vector<std::string>>{{},
                                             {"--threshold", "0.95"},
                                             {"--average-window-ms", "100"},
                                             {"--suppression-ms", "0"}}) {
    const auto run = [&](std::vector<std::string> arguments) {
      arguments.insert(arguments.end(), numbers.begin(), numbers.end());
      const ProgramRun done = RunEarshot(arguments);
      EXPECT_EQ(done.exit_code, 0) << done.err;
      return done.out;
    };
    const std::vector<double> classified =
        times(Words(run({"classify", "--jsonl", "--mode", "stream", stream})));
    const std::vector<uint8_t> bytes = test::ReadBytes(stream);
    std::vector<std::string> listen = {"listen", "-", "--jsonl"};
    listen.insert(listen.end(), numbers.begin(), numbers.end());
    EXPECT_EQ(times(Words(RunEarshot(listen, std::string(bytes.begin(), bytes.end())).out)),
              classified);
    const json model = json::parse(run({"evaluate", "--json", "--stream", stream}))["models"][0];
    std::vector<double> evaluated = times(model["streams"]["false_accepts"]);
    for (const json& event : model["streams"]["events"]) {
      if (event.contains("time") && !event["time"].is_null()) evaluated.push_back(event["time"]);
    }
    EXPECT_THAT(evaluated, testing::UnorderedElementsAreArray(classified));
    all.push_back(classified);
  }
  EXPECT_NE(all[1], all[0]);
  EXPECT_NE(all[2], all[0]);
}

TEST_F(NothingProgramTest, WhatCalibrationSearchesForIsNotGiven) {
  const std::string stream = test::SourcePath("audio_samples/streams/pink_20db.wav");
  for (const char* option : {"--threshold", "--average-window-ms", "--suppression-ms"}) {
    const ProgramRun run = RunEarshot({"evaluate", "--stream", stream, "--calibrate", option, "1"});
    EXPECT_EQ(run.exit_code, 2) << option;
    EXPECT_THAT(run.err, HasSubstr(option));
  }
}

// microWakeWord's models as they are published, with their manifests' numbers.
TEST_F(NothingProgramTest, PublishedModelsHearNothingInSilenceAndForeignWords) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  for (const char* name : {"mww_v2_okay_nabu", "mww_v2_hey_jarvis"}) {
    const std::string model = dir_.Path(std::string(name) + ".tflite");
    fs::copy(test::SharedPath(std::string("models/") + name + ".tflite"), model);
    const json manifest = {
        {"type", "micro"},
        {"version", 2},
        {"wake_word", name},
        {"model", std::string(name) + ".tflite"},
        {"micro",
         {{"probability_cutoff", 0.97}, {"sliding_window_size", 5}, {"feature_step_size", 10}}}};
    const std::string manifest_path = dir_.Path(std::string(name) + ".json");
    WriteText(manifest_path, manifest.dump());
    const ProgramRun run =
        RunEarshot({"classify", "--jsonl", "--mode", "clip", "--model", model, "--manifest",
                    manifest_path, silence_, test::SourcePath("audio_samples/yes"),
                    test::SourcePath("audio_samples/unknown")});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_GT(Lines(run.out).size(), 20u);
    for (const std::string& line : Lines(run.out)) {
      EXPECT_TRUE(json::parse(line)["label"].is_null()) << line;
    }

    // Input, first queue (in frames), and the queues of what was made of every three frames.
    ModelChoice choice;
    choice.model = model;
    choice.manifest = manifest_path;
    if (std::string(name) == "mww_v2_okay_nabu") {
      EXPECT_EQ(KeywordModel(choice).config().context_ms,
                50 + 2 * 10 + (4 + 10 + 14 + 22 + 5) * 30);
    }
    EXPECT_GT(KeywordModel(choice).config().context_ms, 1000);
  }
}

TEST_F(NothingProgramTest, TheGraphSaysWhatScoresAre) {
  const auto shares = [](const std::string& path) {
    ModelChoice choice;
    choice.model = path;
    choice.labels = {"a", "b"};
    return ScoresShareCertainty(KeywordModel(choice).model());
  };
  EXPECT_FALSE(shares(two_));
  EXPECT_TRUE(shares(Write("softmax", test::SoftmaxModel(2))));
  EXPECT_TRUE(ScoresShareCertainty(KeywordModel(ModelChoice()).model()));
}

}  // namespace
}  // namespace earshot::host
