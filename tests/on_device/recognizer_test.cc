// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The command recognizer as on the host, and the comparison recognizer as TFLM's RecognizeCommands
// was recorded.

#include <gtest/gtest.h>

#include "earshot/app/command_recognizer.h"
#include "earshot/app/tflm_recognizer.h"
#include "tests/on_device/field_reader.h"
#include "tests/on_device/workspace.h"

namespace earshot {
namespace {

using test::FieldReader;

constexpr int kLabelCount = 4;
constexpr int kPeriodMs = 20;
constexpr int kWindowMs = 1000;

// Fields: averaging window, threshold, suppression and minimum count; the number of rows.
struct Sequence {
  int32_t average_window_ms, threshold, suppression_ms, minimum_count;
  uint32_t rows;
};

Sequence ReadSequence(FieldReader& data) {
  int32_t numbers[4];
  data.Array<int32_t>(numbers);
  return {numbers[0], numbers[1], numbers[2], numbers[3], data.Value<uint32_t>()};
}

// Fields: whether it is refused, label, score, whether that is new.
void CheckAnswer(FieldReader& data, const Status& status, const CommandRecognizer::Result& result) {
  int32_t wanted[4];
  data.Array<int32_t>(wanted);
  ASSERT_EQ(status.ok() ? 0 : 1, wanted[0]);
  if (!status.ok()) return;
  EXPECT_EQ(result.label, wanted[1]);
  EXPECT_EQ(static_cast<int32_t>(result.score), wanted[2]);
  EXPECT_EQ(result.is_new() ? 1 : 0, wanted[3]);
}

// Per row: time, scores, answer, the detection's start, end and time (which count when it is new).
TEST(RecognizerTest, AnswersAsOnTheHost) {
  FieldReader data("recognizer");
  uint32_t rows = 0;
  for (int index = 0; !data.AtEnd(); ++index) {
    const Sequence sequence = ReadSequence(data);
    RecognizerConfig config;
    config.average_window_ms = sequence.average_window_ms;
    config.threshold = static_cast<uint8_t>(sequence.threshold);
    config.release_threshold = static_cast<uint8_t>(config.threshold / 2);
    config.suppression_ms = sequence.suppression_ms;
    config.minimum_count = sequence.minimum_count;
    CommandRecognizer recognizer;
    ASSERT_TRUE(CommandRecognizer::Create(config, kLabelCount, kPeriodMs, kWindowMs,
                                          test::Workspace(), &recognizer)
                    .ok());
    for (uint32_t row = 0; row < sequence.rows && !data.AtEnd(); ++row) {
      uint8_t scores[kLabelCount];
      int64_t times[3];
      const auto time_ms = data.Value<int64_t>();
      data.Array<uint8_t>(scores);
      CommandRecognizer::Result result;
      Detection detection = {};
      const Status status = recognizer.Process(time_ms, scores, &result, &detection);
      CheckAnswer(data, status, result);
      data.Array<int64_t>(times);
      if (result.is_new()) {
        EXPECT_EQ(detection.label, result.label);
        EXPECT_EQ(detection.score, result.score);
        EXPECT_EQ(detection.start_ms, times[0]);
        EXPECT_EQ(detection.end_ms, times[1]);
        EXPECT_EQ(detection.time_ms, times[2]);
      }
      ASSERT_FALSE(testing::Test::HasFailure()) << "sequence " << index << ", row " << row;
    }
    rows += sequence.rows;
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  EXPECT_GE(rows, 800u);
}

// Per row: time, scores, answer.
TEST(RecognizerTest, TheOtherOneAnswersAsRecorded) {
  FieldReader data("recognizer_tflm");
  uint32_t rows = 0;
  for (int index = 0; !data.AtEnd(); ++index) {
    const Sequence sequence = ReadSequence(data);
    TflmRecognizerConfig config;
    config.average_window_ms = sequence.average_window_ms;
    config.threshold = static_cast<uint8_t>(sequence.threshold);
    config.suppression_ms = sequence.suppression_ms;
    config.minimum_count = sequence.minimum_count;
    auto* recognizer = test::WorkspaceAs<TflmRecognizer>();
    ASSERT_NE(recognizer, nullptr);
    ASSERT_TRUE(TflmRecognizer::Create(config, kLabelCount, recognizer).ok());
    for (uint32_t row = 0; row < sequence.rows && !data.AtEnd(); ++row) {
      uint8_t scores[kLabelCount];
      const auto time_ms = data.Value<int64_t>();
      data.Array<uint8_t>(scores);
      TflmRecognizer::Result result;
      const Status status = recognizer->Process(time_ms, scores, &result);
      CheckAnswer(data, status, result);
      ASSERT_FALSE(testing::Test::HasFailure()) << "sequence " << index << ", row " << row;
    }
    rows += sequence.rows;
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  EXPECT_GE(rows, 800u);
}

}  // namespace
}  // namespace earshot
