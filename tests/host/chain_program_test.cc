// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The program with models whose features other models make, as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/host/chain_files.h"
#include "tests/host/program.h"
#include "tests/host/streaming_files.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ChainProgramTest : public testing::Test {
 protected:
  ChainProgramTest() {
    chain_.Write(dir_.path());
    WriteWav(wav_, beeps_);
  }

  std::vector<std::string> With(std::vector<std::string> first,
                                const std::vector<std::string>& more = {}) const {
    for (const std::string& word : {std::string("--model"), head_, std::string("--features"),
                                    dir_.Path("window.tflite") + "," + dir_.Path("dense.tflite")}) {
      first.push_back(word);
    }
    first.insert(first.end(), more.begin(), more.end());
    return first;
  }

  const TestChain chain_ = TestChain::BeepDetector();
  const std::vector<int16_t> beeps_ = Beeps(9, {1, 5});
  TempDir dir_;
  const std::string wav_ = dir_.Path("beeps.wav");
  const std::string head_ = dir_.Path("head_v1.2.tflite");
};

TEST_F(ChainProgramTest, ClassifyFindsWordsInStreams) {
  const ProgramRun run = RunEarshot(With({"classify", "--jsonl", wav_}));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, IsEmpty());
  const std::vector<json> words = Words(run.out);
  ASSERT_THAT(words, SizeIs(2));
  const std::vector<double> wanted = chain_.Probabilities(beeps_);
  for (size_t i = 0; i < words.size(); ++i) {
    EXPECT_EQ(words[i]["label"], "head");
    // The first answer above one half in each half of the sound.
    size_t first = i * wanted.size() / 2;
    while (wanted[first] <= 0.503) ++first;
    EXPECT_NEAR(words[i]["time"].get<double>(), static_cast<double>(first + 1) * 0.08, 1e-9) << i;
    EXPECT_NEAR(words[i]["score"].get<double>(), wanted[first], 0.006);
  }
}

TEST_F(ChainProgramTest, ListenHearsWhatClassifyHears) {
  const std::vector<json> words = Words(RunEarshot(With({"classify", "--jsonl", wav_})).out);
  ASSERT_THAT(words, SizeIs(2));
  const ProgramRun run = RunEarshot(With({"listen", "-", "--jsonl"}), Raw(beeps_));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(Words(run.out), words);
}

// Also in the order of the sound.
TEST_F(ChainProgramTest, SeveralHeadsHearOneChain) {
  const std::string other = dir_.Path("other.tflite");
  std::filesystem::copy(head_, other);
  const ProgramRun run =
      RunEarshot(With({"listen", "-", "--jsonl"}, {"--model", other}), Raw(beeps_));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  std::vector<std::string> labels;
  for (const json& word : Words(run.out)) labels.push_back(word["label"]);
  EXPECT_THAT(labels, testing::ElementsAre("head", "other", "head", "other"));
}

TEST_F(ChainProgramTest, ClassifyLabelsClips) {
  const std::vector<int16_t> beep(beeps_.begin() + 12800, beeps_.begin() + 32000);
  WriteWav(dir_.Path("beep.wav"), beep);
  WriteWav(dir_.Path("silence.wav"), std::vector<int16_t>(16000));
  const ProgramRun run =
      RunEarshot(With({"classify", "--jsonl", dir_.Path("beep.wav"), dir_.Path("silence.wav")}));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const std::vector<json> clips = JsonLines(run.out);
  ASSERT_THAT(clips, SizeIs(2));
  EXPECT_EQ(clips[0]["label"], "head");
  EXPECT_GT(clips[0]["score"], 0.9);
  EXPECT_EQ(clips[1]["label"], nullptr);
}

TEST_F(ChainProgramTest, EvaluateCountsTheWords) {
  WriteText(dir_.Path("beeps.csv"), "label,start,end\nhead,1,2\nhead,5,6\n");
  const ProgramRun run =
      RunEarshot(With({"evaluate", "--json", "--stream", wav_, "--negatives", wav_}));
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json model = json::parse(run.out)["models"][0];
  ASSERT_THAT(model["streams"]["events"], SizeIs(2));
  for (const json& event : model["streams"]["events"]) EXPECT_EQ(event["outcome"], "hit");
}

// In classify and in listen, which have a gate of their own each.
TEST_F(ChainProgramTest, AVoiceModelGatesTheWords) {
  std::filesystem::create_directory(dir_.Path("keen"));
  std::filesystem::create_directory(dir_.Path("deaf"));
  const std::string keen = WriteVoiceModel(dir_.Path("keen"), 0.01);
  const std::string deaf = WriteVoiceModel(dir_.Path("deaf"), 1);
  const std::vector<json> all = Words(RunEarshot(With({"classify", "--jsonl", wav_})).out);
  const auto classify = [&](const std::string& voice) {
    return Words(RunEarshot(With({"classify", "--jsonl", wav_}, {"--vad", voice})).out);
  };
  const auto listen = [&](const std::string& voice) {
    return Words(RunEarshot(With({"listen", "-", "--jsonl"}, {"--vad", voice}), Raw(beeps_)).out);
  };
  EXPECT_THAT(all, SizeIs(2));
  EXPECT_EQ(classify(keen), all);
  EXPECT_EQ(listen(keen), all);
  EXPECT_THAT(classify(deaf), IsEmpty());
  EXPECT_THAT(listen(deaf), IsEmpty());
  // It is itself on the front end.
  WriteText(dir_.Path("head_v1.2.json"), chain_.Manifest().dump());
  const ProgramRun run = RunEarshot({"classify", "--vad", head_, wav_});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.err,
              HasSubstr("voice activity: found a model of features that other models make"));
}

TEST_F(ChainProgramTest, AManifestSaysTheChain) {
  const std::vector<json> words = Words(RunEarshot(With({"classify", "--jsonl", wav_})).out);
  ASSERT_THAT(words, SizeIs(2));
  json manifest = chain_.Manifest();
  WriteText(dir_.Path("head_v1.2.json"), manifest.dump());
  for (const std::string& model : {head_, dir_.Path("head_v1.2.json")}) {
    const ProgramRun run = RunEarshot({"classify", "--jsonl", "--model", model, wav_});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    std::vector<json> as_said = Words(run.out);
    ASSERT_THAT(as_said, SizeIs(2));
    for (size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(as_said[i]["label"], "beep");
      as_said[i]["label"] = "head";
      EXPECT_EQ(as_said[i], words[i]);
    }
  }
  manifest["micro"]["feature_step_size"] = 20;
  WriteText(dir_.Path("head_v1.2.json"), manifest.dump());
  const ProgramRun run = RunEarshot({"classify", "--model", head_, wav_});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.err, HasSubstr("micro.feature_step_size: found 20, wanted 80 ms"));
}

TEST_F(ChainProgramTest, SlotsAndImagesHaveNoRoomForAChain) {
  WriteText(dir_.Path("head_v1.2.json"), chain_.Manifest().dump());
  const ProgramRun run = RunEarshot({"pack", "--model", head_, "--out", dir_.Path("a.slot")});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.err, HasSubstr("earshot.features: found 2 models, wanted none"));
}

TEST_F(ChainProgramTest, AHeadAloneSaysWhatIsMissing) {
  for (const std::vector<std::string>& more :
       {std::vector<std::string>(), std::vector<std::string>{"--labels", "beep"}}) {
    std::vector<std::string> words = {"classify", "--model", head_, wav_};
    words.insert(words.end(), more.begin(), more.end());
    const ProgramRun run = RunEarshot(words);
    EXPECT_EQ(run.exit_code, 4);
    EXPECT_THAT(run.err,
                AllOf(HasSubstr(head_ + ": input: found float32 [1,1536], wanted int8"),
                      HasSubstr("--features melspectrogram.tflite,embedding_model.tflite")));
  }
  const ProgramRun text = RunEarshot({"inspect", head_});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("Input: float32 [1,1536], not the front end's features; "));
  EXPECT_EQ(json::parse(RunEarshot({"inspect", "--json", head_}).out)["takes_other_features"],
            true);
  EXPECT_EQ(json::parse(
                RunEarshot({"inspect", "--json", "yes_no_streaming"}).out)["takes_other_features"],
            false);
}

TEST_F(ChainProgramTest, WrongOptionsAreUsage) {
  const auto run = [&](const std::string& model, const std::string& features) {
    return RunEarshot({"classify", "--model", model, "--features", features, wav_});
  };
  for (const char* features : {"a.tflite", "a,b,c", ",b", "a,"}) {
    const ProgramRun wrong = run(head_, features);
    EXPECT_EQ(wrong.exit_code, 2) << features;
    EXPECT_THAT(wrong.err, HasSubstr("wanted two files with a comma between them"));
  }
  const ProgramRun shipped = run("tiny_conv_yes_no", "a,b");
  EXPECT_EQ(shipped.exit_code, 2);
  EXPECT_THAT(shipped.err, HasSubstr("hears with the front end; --features goes with"));
  const ProgramRun missing = run(head_, "a,b");
  EXPECT_EQ(missing.exit_code, 4);
  EXPECT_THAT(missing.err, HasSubstr("a: No such file"));
  const ProgramRun swapped =
      run(head_, dir_.Path("dense.tflite") + "," + dir_.Path("window.tflite"));
  EXPECT_EQ(swapped.exit_code, 4);
  EXPECT_THAT(swapped.err, HasSubstr("dense.tflite: stage 0"));
}

}  // namespace
}  // namespace earshot::host
