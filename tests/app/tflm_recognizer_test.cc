// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TflmRecognizer against recorded answers of TFLM's RecognizeCommands, row by row.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "earshot/app/tflm_recognizer.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

constexpr const char* kLabels[] = {"silence", "unknown", "yes", "no"};
constexpr int kLabelCount = 4;

using Row = std::vector<std::string>;

TflmRecognizerConfig ConfigOf(const Row& in) {
  TflmRecognizerConfig config;
  config.average_window_ms = std::stoi(in[7]);
  config.threshold = static_cast<uint8_t>(std::stoi(in[8]));
  config.suppression_ms = std::stoi(in[9]);
  config.minimum_count = std::stoi(in[10]);
  return config;
}

// What rc_out.tsv says after the scores: status, command, score, is_new.
std::string Answer(TflmRecognizer& recognizer, const Row& in) {
  uint8_t scores[kLabelCount];
  for (size_t i = 0; i < kLabelCount; ++i) {
    scores[i] = static_cast<uint8_t>(std::stoi(in[3 + i]) + 128);
  }
  TflmRecognizer::Result result;
  if (!recognizer.Process(std::stoll(in[2]), scores, &result).ok()) return "1\t-\t-\t-";
  return "0\t" + std::string(kLabels[result.label]) + "\t" + std::to_string(result.score) + "\t" +
         (result.is_new() ? "1" : "0");
}

// Compares every row of a folder's rc_in.tsv and rc_out.tsv; returns how many there were.
size_t CompareAll(const std::string& folder) {
  const std::vector<Row> in = test::ReadTsv(folder + "/rc_in.tsv");
  const std::vector<Row> out = test::ReadTsv(folder + "/rc_out.tsv");
  EXPECT_EQ(in.size(), out.size());
  TflmRecognizer recognizer;
  for (size_t i = 1; i < in.size(); ++i) {
    const bool begins_sequence = in[i][0] != in[i - 1][0];
    if (begins_sequence) {
      EXPECT_TRUE(TflmRecognizer::Create(ConfigOf(in[i]), kLabelCount, &recognizer).ok());
    }
    const Row& wanted = out[i];
    EXPECT_EQ(Answer(recognizer, in[i]),
              wanted[7] + "\t" + wanted[8] + "\t" + wanted[9] + "\t" + wanted[10])
        << "sequence " << in[i][0] << ", step " << in[i][1];
  }
  return in.size() - 1;
}

TEST(TflmRecognizerTest, AnswersAsRecorded) {
  EXPECT_GT(CompareAll(test::GoldenPath("recognize")), 600u);
}

TEST(TflmRecognizerTest, AnswersAsRecordedInAllSequences) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  EXPECT_EQ(CompareAll(test::SharedPath("golden/recognize")), 1920u);
}

TEST(TflmRecognizerTest, ResetEqualsFresh) {
  TflmRecognizer used;
  TflmRecognizer fresh;
  ASSERT_TRUE(TflmRecognizer::Create({}, kLabelCount, &used).ok());
  ASSERT_TRUE(TflmRecognizer::Create({}, kLabelCount, &fresh).ok());
  const uint8_t yes[kLabelCount] = {0, 0, 250, 5};
  TflmRecognizer::Result a;
  TflmRecognizer::Result b;
  for (int i = 0; i < 77; ++i) ASSERT_TRUE(used.Process(20 * i, yes, &a).ok());
  used.Reset();
  int announced = 0;
  for (int i = 0; i < 77; ++i) {
    ASSERT_TRUE(used.Process(20 * i, yes, &a).ok());
    ASSERT_TRUE(fresh.Process(20 * i, yes, &b).ok());
    EXPECT_EQ(a.label, b.label);
    EXPECT_EQ(a.score, b.score);
    EXPECT_EQ(a.is_new(), b.is_new());
    announced += a.is_new() ? 1 : 0;
  }
  EXPECT_EQ(announced, 1);
}

// A full history drops the newest result, as TFLM's does: after a long silence it has none.
TEST(TflmRecognizerTest, AFullHistoryOfOldResultsEmpties) {
  TflmRecognizer recognizer;
  ASSERT_TRUE(TflmRecognizer::Create({}, kLabelCount, &recognizer).ok());
  const uint8_t yes[kLabelCount] = {0, 0, 250, 5};
  TflmRecognizer::Result result;
  constexpr int kHistory = 50;
  for (int i = 0; i < kHistory; ++i) ASSERT_TRUE(recognizer.Process(i, yes, &result).ok());
  ASSERT_TRUE(recognizer.Process(100000, yes, &result).ok());
  EXPECT_EQ(result.decision, TflmRecognizer::Decision::kTooFewResults);
  int announced = 0;
  for (int i = 1; i < kHistory; ++i) {
    ASSERT_TRUE(recognizer.Process(100000 + 20 * i, yes, &result).ok());
    announced += result.is_new() ? 1 : 0;
  }
  EXPECT_EQ(announced, 1);
}

TEST(TflmRecognizerTest, RefusesWhatItCannotUse) {
  TflmRecognizer recognizer;
  TflmRecognizer::Result result;
  const uint8_t scores[kLabelCount] = {};
  EXPECT_EQ(recognizer.Process(0, scores, &result).code, StatusCode::kFailedPrecondition);
  for (const int labels : {-1, 0, TflmRecognizer::kMaxLabels + 1}) {
    EXPECT_EQ(TflmRecognizer::Create({}, labels, &recognizer).code, StatusCode::kInvalidArgument);
  }
  const auto create = [&](int32_t window_ms, int32_t suppression_ms, int32_t count) {
    return TflmRecognizer::Create({window_ms, 200, suppression_ms, count}, kLabelCount, &recognizer)
        .code;
  };
  EXPECT_EQ(create(-1, 0, 1), StatusCode::kInvalidArgument);
  EXPECT_EQ(create(0, -1, 1), StatusCode::kInvalidArgument);
  EXPECT_EQ(create(0, 0, 0), StatusCode::kInvalidArgument);
  ASSERT_EQ(create(0, 0, 1), StatusCode::kOk);
  EXPECT_EQ(recognizer.Process(0, Span<const uint8_t>(scores, 3), &result).code,
            StatusCode::kInvalidArgument);
  EXPECT_EQ(recognizer.Process(int64_t{1} << 31, scores, &result).code,
            StatusCode::kInvalidArgument);
  EXPECT_TRUE(recognizer.Process(INT32_MIN, scores, &result).ok());
  EXPECT_TRUE(recognizer.Process(INT32_MAX, scores, &result).ok());
  EXPECT_EQ(recognizer.Process(0, scores, &result).code, StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace earshot
