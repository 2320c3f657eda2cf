// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <stdexcept>
#include <string>
#include <vector>

#include "app/command_recognizer.h"
#include "base/aligned_bytes.h"
#include "tests/on_device/data/make_data.h"
#include "tests/support/golden.h"
#include "tests/support/run_model.h"

namespace earshot::test {
namespace {

constexpr int kLabelCount = 4;
constexpr int kPeriodMs = 20;
constexpr int kWindowMs = 1000;

using Row = std::vector<std::string>;

int32_t LabelIndex(const std::string& name) {
  const std::vector<std::string> labels = {"silence", "unknown", "yes", "no"};
  for (size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] == name) return static_cast<int32_t>(i);
  }
  return -1;
}

// What was recorded of the original: whether it refused, label, score, whether that is new.
std::vector<int32_t> Recorded(const Row& out) {
  if (out[7] != "0") return {1, 0, 0, 0};
  return {0, LabelIndex(out[8]), std::stoi(out[9]), std::stoi(out[10])};
}

void WriteSequences(FieldWriter& writer, const std::string& folder, RecognizerMode mode) {
  const std::vector<Row> in = ReadTsv(folder + "/rc_in.tsv");
  const std::vector<Row> out = ReadTsv(folder + "/rc_out.tsv");
  AlignedBytes memory(4096);
  CommandRecognizer recognizer;
  for (size_t i = 1; i < in.size(); ++i) {
    if (in[i][0] != in[i - 1][0]) {  // A sequence begins.
      RecognizerConfig config;
      config.mode = mode;
      config.average_window_ms = std::stoi(in[i][7]);
      config.threshold = static_cast<uint8_t>(std::stoi(in[i][8]));
      config.suppression_ms = std::stoi(in[i][9]);
      config.minimum_count = std::stoi(in[i][10]);
      if (config.release_threshold > config.threshold) config.release_threshold = config.threshold;
      size_t rows = 0;
      while (i + rows < in.size() && in[i + rows][0] == in[i][0]) ++rows;
      const Status status = CommandRecognizer::Create(config, kLabelCount, kPeriodMs, kWindowMs,
                                                      memory.span(), &recognizer);
      if (!status.ok()) throw std::runtime_error("recognizer: " + Text(status));
      writer.Array(std::vector<int32_t>{static_cast<int32_t>(mode), config.average_window_ms,
                                        config.threshold, config.release_threshold,
                                        config.suppression_ms, config.minimum_count});
      writer.Value(static_cast<uint32_t>(rows));
    }
    std::vector<uint8_t> scores;
    for (size_t k = 3; k < 7; ++k) {
      scores.push_back(static_cast<uint8_t>(std::stoi(in[i][k]) + 128));
    }
    const int64_t time_ms = std::stoll(in[i][2]);
    CommandRecognizer::Result result;
    Detection detection = {};
    const bool ok = recognizer.Process(time_ms, scores, &result, &detection).ok();
    writer.Value(time_ms);
    writer.Array(scores);
    // The original has told nothing about times.
    const std::vector<int32_t> computed = {ok ? 0 : 1, result.label, result.score, result.is_new};
    writer.Array(mode == RecognizerMode::kTflm ? Recorded(out[i]) : computed);
    writer.Array(std::vector<int64_t>{detection.start_ms, detection.end_ms, detection.time_ms});
  }
}

}  // namespace

void MakeRecognizerData(const std::string& folder) {
  FieldWriter writer(folder + "recognizer");
  for (const RecognizerMode mode : {RecognizerMode::kTflm, RecognizerMode::kEarshot}) {
    WriteSequences(writer, GoldenPath("recognize"), mode);
    if (!SharedDir().empty()) WriteSequences(writer, SharedPath("golden/recognize"), mode);
  }
}

}  // namespace earshot::test
