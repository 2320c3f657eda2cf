// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/detector_bank.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "earshot/host/errors.h"
#include "tests/host/streaming_files.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

KeywordModel Shipped(const std::string& name) {
  ModelChoice choice;
  choice.model = name;
  return KeywordModel(choice);
}

struct Answer {
  std::vector<uint8_t> scores;
  int64_t time_ms;
  std::vector<int64_t> word;  // Label, score, start, end, time; empty: none.

  bool operator==(const Answer& other) const {
    return scores == other.scores && time_ms == other.time_ms && word == other.word;
  }
};

Answer Record(const KeywordDetector::Result& result) {
  Answer answer = {{result.scores.begin(), result.scores.end()}, result.time_ms, {}};
  if (const Detection* word = result.detection; word != nullptr) {
    answer.word = {word->label, word->score, word->start_ms, word->end_ms, word->time_ms};
  }
  return answer;
}

// What a spotter of its own hears.
std::vector<Answer> Alone(const KeywordModel& model, Span<const int16_t> samples) {
  Spotter spotter(model, model.config());
  std::vector<Answer> answers;
  while (!samples.empty()) {
    const Spotter::Result result = spotter.Feed(samples);
    samples = samples.subspan(result.consumed);
    if (!result.scores.empty()) answers.push_back(Record(result));
  }
  return answers;
}

std::vector<std::vector<Answer>> Together(DetectorBank& bank, size_t models,
                                          Span<const int16_t> samples, size_t piece) {
  std::vector<std::vector<Answer>> answers(models);
  while (!samples.empty()) {
    const size_t count = std::min(piece, samples.size());
    bank.Hear(samples.subspan(0, count), [&](size_t model, const KeywordDetector::Result& result) {
      answers.at(model).push_back(Record(result));
    });
    samples = samples.subspan(count);
  }
  return answers;
}

class DetectorBankTest : public testing::Test {
 protected:
  // A model in files: the test's streaming model, with these settings of the front end.
  KeywordModel InFiles(const std::string& folder, const nlohmann::json& manifest) {
    std::filesystem::create_directory(dir_.Path(folder));
    ModelChoice choice;
    choice.model = WriteStreamingModel(dir_.Path(folder), manifest);
    return KeywordModel(choice);
  }

  TempDir dir_;
  const std::vector<int16_t> samples_ =
      ReadFile(test::SourcePath("audio_samples/streams/pink_20db.wav"));
};

// Shipped or from files, with one front end or several: nobody hears the others.
TEST_F(DetectorBankTest, EachModelHearsWhatItHearsAlone) {
  nlohmann::json denser = StreamingManifest();
  denser["micro"]["feature_step_size"] = 10;
  denser["earshot"]["frontend"]["stride_ms"] = 10;
  nlohmann::json lower = StreamingManifest();
  lower["earshot"]["frontend"]["lower_hz"] = 100;
  const KeywordModel models[] = {
      Shipped("tiny_conv_yes_no"), InFiles("denser", denser),
      Shipped("yes_no_streaming"), InFiles("standard", StreamingManifest()),
      InFiles("lower", lower),     Shipped("commands_7"),
  };
  std::vector<const KeywordModel*> pointers;
  for (const KeywordModel& model : models) pointers.push_back(&model);
  DetectorBank bank(pointers);
  EXPECT_EQ(bank.frontend_count(), 3u);
  for (const size_t piece : {320u, 333u, 160000u}) {
    const auto answers = Together(bank, pointers.size(), samples_, piece);
    for (size_t i = 0; i < pointers.size(); ++i) {
      EXPECT_TRUE(answers[i] == Alone(models[i], samples_)) << i << ", " << piece;
    }
    bank.Reset();
  }
}

// With a model of voice activity as well, whichever front end it has.
TEST_F(DetectorBankTest, AVoiceModelGatesAll) {
  nlohmann::json denser = StreamingManifest();
  denser["micro"]["feature_step_size"] = 10;
  denser["earshot"]["frontend"]["stride_ms"] = 10;
  std::filesystem::create_directory(dir_.Path("denser"));
  ModelChoice choices[2];
  choices[0].model = "tiny_conv_yes_no";
  choices[1].model = WriteStreamingModel(dir_.Path("denser"), denser);
  std::vector<KeywordModel> models;
  std::vector<KeywordModel> ungated;
  for (ModelChoice& choice : choices) {
    ungated.emplace_back(choice);
    choice.voice = WriteVoiceModel(dir_.path(), 0.7);
    models.emplace_back(choice);
  }
  DetectorBank bank({&models[0], &models[1]});
  size_t held_back = 0;
  for (const size_t piece : {320u, 333u, 7u, 160000u}) {
    const auto answers = Together(bank, 2, samples_, piece);
    for (size_t i = 0; i < 2; ++i) {
      const std::vector<Answer> alone = Alone(models[i], samples_);
      EXPECT_TRUE(answers[i] == alone) << i << ", " << piece;
      if (alone != Alone(ungated[i], samples_)) ++held_back;
    }
    bank.Reset();
  }
  EXPECT_GT(held_back, 0u);
}

// Frame by frame, one model after the other.
TEST_F(DetectorBankTest, AnswersComeInTheOrderOfTheSound) {
  const KeywordModel first = Shipped("tiny_conv_yes_no");
  const KeywordModel second = Shipped("tiny_conv_yes_no");
  DetectorBank bank({&first, &second});
  EXPECT_EQ(bank.frontend_count(), 1u);
  std::vector<std::pair<int64_t, size_t>> order;
  bank.Hear(samples_, [&](size_t model, const KeywordDetector::Result& result) {
    order.emplace_back(result.time_ms, model);
  });
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(order.size(), 2 * Alone(first, samples_).size());
}

TEST_F(DetectorBankTest, AModelThatDoesNotRunIsNamed) {
  nlohmann::json manifest = StreamingManifest();
  manifest["micro"]["feature_step_size"] = 40;
  manifest["earshot"]["frontend"]["stride_ms"] = 40;
  const KeywordModel gaps = InFiles("gaps", manifest);
  EXPECT_THAT([&] { DetectorBank({&gaps}); },
              ThrowsMessage<ModelError>(HasSubstr(gaps.name() + ": ")));
}

}  // namespace
}  // namespace earshot::host
