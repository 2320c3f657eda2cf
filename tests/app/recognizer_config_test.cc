// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What CommandRecognizer::Create() refuses, and how it says so.

#include <gmock/gmock.h>

#include <functional>
#include <string>

#include "earshot/app/command_recognizer.h"
#include "earshot/base/aligned_bytes.h"

namespace earshot {
namespace {

struct Arguments {
  RecognizerConfig config;
  int label_count = 4;
  int period_ms = 20;
  int context_ms = 990;
};

struct Case {
  const char* name;
  std::function<void(Arguments&)> change;
  const char* what;
  int32_t found;
  int32_t wanted;
};

const Case kRefused[] = {
    {"NoLabels", [](Arguments& a) { a.label_count = 0; }, "number of labels", 0, 1},
    {"NegativeLabels", [](Arguments& a) { a.label_count = -4; }, "number of labels", -4, 1},
    {"TooManyLabels", [](Arguments& a) { a.label_count = 1025; }, "number of labels", 1025, 1024},
    {"NoPeriod", [](Arguments& a) { a.period_ms = 0; }, "period_ms", 0, 1},
    {"NoContext", [](Arguments& a) { a.context_ms = 0; }, "context_ms", 0, 1},
    {"NegativeAverage", [](Arguments& a) { a.config.average_window_ms = -1; }, "average_window_ms",
     -1, 0},
    {"EndlessAverage", [](Arguments& a) { a.config.average_window_ms = 60001; },
     "average_window_ms", 60001, 60000},
    {"AverageBelowPeriod", [](Arguments& a) { a.config.average_window_ms = 19; },
     "average_window_ms: shorter than period_ms", 19, 20},
    {"NegativeSuppression", [](Arguments& a) { a.config.suppression_ms = -1; }, "suppression_ms",
     -1, 0},
    {"NoCount", [](Arguments& a) { a.config.minimum_count = 0; }, "minimum_count", 0, 1},
    {"UnreachableCount", [](Arguments& a) { a.config.minimum_count = 52; },
     "minimum_count: more than results in average_window_ms", 52, 51},
    {"NoRelease", [](Arguments& a) { a.config.release_threshold = 0; }, "release_threshold", 0, 1},
    {"ReleaseAboveThreshold", [](Arguments& a) { a.config.release_threshold = 201; },
     "release_threshold", 201, 200},
    {"OnlyBackground", [](Arguments& a) { a.config.background_labels = 0b1111; },
     "labels that are not background", 0, 1},
};

class RecognizerConfigTest : public ::testing::TestWithParam<Case> {};

TEST_P(RecognizerConfigTest, IsRefused) {
  Arguments arguments;
  GetParam().change(arguments);
  AlignedBytes memory(1 << 20);
  CommandRecognizer recognizer;
  const Status status =
      CommandRecognizer::Create(arguments.config, arguments.label_count, arguments.period_ms,
                                arguments.context_ms, memory.span(), &recognizer);
  EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
  EXPECT_EQ(status.subject, StatusSubject::kRecognizer);
  EXPECT_STREQ(status.what, GetParam().what);
  EXPECT_EQ(status.found, GetParam().found);
  EXPECT_EQ(status.wanted, GetParam().wanted);
  CommandRecognizer::Result result;
  Detection detection;
  const uint8_t scores[4] = {};
  EXPECT_EQ(recognizer.Process(0, scores, &result, &detection).code,
            StatusCode::kFailedPrecondition);
  if (std::string(GetParam().name) != "NoContext") {
    EXPECT_EQ(CommandRecognizer::RequiredBytes(arguments.config, arguments.label_count,
                                               arguments.period_ms),
              0u);
  }
}

INSTANTIATE_TEST_SUITE_P(All, RecognizerConfigTest, ::testing::ValuesIn(kRefused),
                         [](const auto& test) { return test.param.name; });

TEST(RecognizerMemoryTest, ExactlyRequiredBytesAreEnough) {
  const RecognizerConfig config;
  const size_t required = CommandRecognizer::RequiredBytes(config, 4, 20);
  // 51 results of 4 scores and a gap, 4 sums, 2 bytes of padding, 4 labels.
  EXPECT_EQ(required, 51u * (4 + 2) + 4 * 4 + 2 + 4 * 16);
  CommandRecognizer recognizer;
  for (size_t size = 0; size < required; ++size) {
    AlignedBytes memory(size);
    const Status status = CommandRecognizer::Create(config, 4, 20, 990, memory.span(), &recognizer);
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall);
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_EQ(status.wanted, static_cast<int32_t>(required));
    CommandRecognizer::Result result;
    Detection detection;
    const uint8_t scores[4] = {};
    ASSERT_EQ(recognizer.Process(0, scores, &result, &detection).code,
              StatusCode::kFailedPrecondition);
  }
  AlignedBytes memory(required);
  EXPECT_TRUE(CommandRecognizer::Create(config, 4, 20, 990, memory.span(), &recognizer).ok());
}

TEST(RecognizerMemoryTest, MustBeAligned) {
  const size_t required = CommandRecognizer::RequiredBytes({}, 4, 20);
  AlignedBytes memory(required + 16);
  CommandRecognizer recognizer;
  for (size_t offset = 1; offset < CommandRecognizer::kMemoryAlignment; ++offset) {
    const Status status =
        CommandRecognizer::Create({}, 4, 20, 990, memory.span().subspan(offset), &recognizer);
    EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
    EXPECT_EQ(status.found, static_cast<int32_t>(offset));
  }
}

}  // namespace
}  // namespace earshot
