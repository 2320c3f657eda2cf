// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RecognizerMode::kTflm against recorded answers of TFLM's RecognizeCommands, row by row.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "app/command_recognizer.h"
#include "base/aligned_bytes.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

constexpr const char* kLabels[] = {"silence", "unknown", "yes", "no"};
constexpr int kLabelCount = 4;

using Row = std::vector<std::string>;

RecognizerConfig ConfigOf(const Row& in) {
  RecognizerConfig config;
  config.mode = RecognizerMode::kTflm;
  config.average_window_ms = std::stoi(in[7]);
  config.threshold = static_cast<uint8_t>(std::stoi(in[8]));
  config.suppression_ms = std::stoi(in[9]);
  config.minimum_count = std::stoi(in[10]);
  return config;
}

// What rc_out.tsv says after the scores: status, command, score, is_new.
std::string Answer(CommandRecognizer& recognizer, const Row& in) {
  uint8_t scores[kLabelCount];
  for (size_t i = 0; i < kLabelCount; ++i) {
    scores[i] = static_cast<uint8_t>(std::stoi(in[3 + i]) + 128);
  }
  CommandRecognizer::Result result;
  Detection detection;
  if (!recognizer.Process(std::stoll(in[2]), scores, &result, &detection).ok()) return "1\t-\t-\t-";
  return "0\t" + std::string(kLabels[result.label]) + "\t" + std::to_string(result.score) + "\t" +
         (result.is_new ? "1" : "0");
}

// Compares every row of a folder's rc_in.tsv and rc_out.tsv; returns how many there were.
size_t CompareAll(const std::string& folder) {
  const std::vector<Row> in = test::ReadTsv(folder + "/rc_in.tsv");
  const std::vector<Row> out = test::ReadTsv(folder + "/rc_out.tsv");
  EXPECT_EQ(in.size(), out.size());
  AlignedBytes memory(4096);
  CommandRecognizer recognizer;
  for (size_t i = 1; i < in.size(); ++i) {
    const bool begins_sequence = in[i][0] != in[i - 1][0];
    if (begins_sequence) {
      EXPECT_TRUE(CommandRecognizer::Create(ConfigOf(in[i]), kLabelCount, 20, 1000, memory.span(),
                                            &recognizer)
                      .ok());
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

}  // namespace
}  // namespace earshot
