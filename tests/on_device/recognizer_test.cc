// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The command recognizer: as TFLM's RecognizeCommands was recorded, and in its own mode as on the
// host.

#include <gtest/gtest.h>

#include "app/command_recognizer.h"
#include "tests/on_device/field_reader.h"
#include "tests/on_device/workspace.h"

namespace earshot {
namespace {

using test::FieldReader;

constexpr int kLabelCount = 4;
constexpr int kPeriodMs = 20;
constexpr int kWindowMs = 1000;

// Fields: mode, averaging window, threshold, release threshold, suppression, minimum count.
RecognizerConfig ReadConfig(FieldReader& data) {
  int32_t numbers[6];
  data.Array<int32_t>(numbers);
  RecognizerConfig config;
  config.mode = static_cast<RecognizerMode>(numbers[0]);
  config.average_window_ms = numbers[1];
  config.threshold = static_cast<uint8_t>(numbers[2]);
  config.release_threshold = static_cast<uint8_t>(numbers[3]);
  config.suppression_ms = numbers[4];
  config.minimum_count = numbers[5];
  return config;
}

// Fields: time, scores; whether it is refused, label, score, whether it is new; when it is new, the
// detection's start, end and time.
void CheckRow(FieldReader& data, CommandRecognizer& recognizer) {
  uint8_t scores[kLabelCount];
  int32_t wanted[4];
  int64_t times[3];
  const auto time_ms = data.Value<int64_t>();
  data.Array<uint8_t>(scores);
  data.Array<int32_t>(wanted);
  data.Array<int64_t>(times);
  CommandRecognizer::Result result;
  Detection detection = {};
  const Status status = recognizer.Process(time_ms, scores, &result, &detection);
  ASSERT_EQ(status.ok() ? 0 : 1, wanted[0]);
  if (!status.ok()) return;
  EXPECT_EQ(result.label, wanted[1]);
  EXPECT_EQ(static_cast<int32_t>(result.score), wanted[2]);
  EXPECT_EQ(result.is_new ? 1 : 0, wanted[3]);
  if (!result.is_new) return;
  EXPECT_EQ(detection.label, result.label);
  EXPECT_EQ(detection.score, result.score);
  EXPECT_EQ(detection.start_ms, times[0]);
  EXPECT_EQ(detection.end_ms, times[1]);
  EXPECT_EQ(detection.time_ms, times[2]);
}

// Per sequence: configuration, number of rows, rows.
TEST(RecognizerTest, AnswersAsRecordedAndAsTheHost) {
  FieldReader data("recognizer");
  uint32_t rows = 0;
  for (int sequence = 0; !data.AtEnd(); ++sequence) {
    CommandRecognizer recognizer;
    ASSERT_TRUE(CommandRecognizer::Create(ReadConfig(data), kLabelCount, kPeriodMs, kWindowMs,
                                          test::Workspace(), &recognizer)
                    .ok());
    const auto count = data.Value<uint32_t>();
    for (uint32_t row = 0; row < count && !data.AtEnd(); ++row) {
      CheckRow(data, recognizer);
      ASSERT_FALSE(testing::Test::HasFailure()) << "sequence " << sequence << ", row " << row;
    }
    rows += count;
  }
  ASSERT_EQ(data.error(), nullptr) << data.error();
  EXPECT_GE(rows, 1600u);
}

}  // namespace
}  // namespace earshot
