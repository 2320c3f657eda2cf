// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <stdexcept>
#include <string>
#include <vector>

#include "earshot/app/command_recognizer.h"
#include "earshot/base/aligned_bytes.h"
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

// Per sequence its configuration and number of rows, before the first row.
void WriteHead(FieldWriter& writer, const std::vector<Row>& in, size_t first) {
  size_t rows = 0;
  while (first + rows < in.size() && in[first + rows][0] == in[first][0]) ++rows;
  std::vector<int32_t> numbers;  // Averaging window, threshold, suppression, minimum count.
  for (size_t k = 7; k < 11; ++k) numbers.push_back(std::stoi(in[first][k]));
  writer.Array(numbers);
  writer.Value(static_cast<uint32_t>(rows));
}

std::vector<uint8_t> Scores(const Row& row) {
  std::vector<uint8_t> scores;
  for (size_t k = 3; k < 7; ++k) {
    scores.push_back(static_cast<uint8_t>(std::stoi(row[k]) + 128));
  }
  return scores;
}

// With what was recorded of the original: whether it refused, label, score, whether that is new.
void WriteRecorded(FieldWriter& writer, const std::string& folder) {
  const std::vector<Row> in = ReadTsv(folder + "/rc_in.tsv");
  const std::vector<Row> out = ReadTsv(folder + "/rc_out.tsv");
  for (size_t i = 1; i < in.size(); ++i) {
    if (in[i][0] != in[i - 1][0]) WriteHead(writer, in, i);
    writer.Value(static_cast<int64_t>(std::stoll(in[i][2])));
    writer.Array(Scores(in[i]));
    std::vector<int32_t> answer = {1, 0, 0, 0};
    if (out[i][7] == "0") {
      answer = {0, LabelIndex(out[i][8]), std::stoi(out[i][9]), std::stoi(out[i][10])};
    }
    writer.Array(answer);
  }
}

// With what our own recognizer answers here: the same, then start, end and time of the detection.
void WriteComputed(FieldWriter& writer, const std::string& folder) {
  const std::vector<Row> in = ReadTsv(folder + "/rc_in.tsv");
  AlignedBytes memory(4096);
  CommandRecognizer recognizer;
  for (size_t i = 1; i < in.size(); ++i) {
    if (in[i][0] != in[i - 1][0]) {
      WriteHead(writer, in, i);
      RecognizerConfig config;
      config.average_window_ms = std::stoi(in[i][7]);
      config.threshold = static_cast<uint8_t>(std::stoi(in[i][8]));
      config.release_threshold = static_cast<uint8_t>(config.threshold / 2);
      config.suppression_ms = std::stoi(in[i][9]);
      config.minimum_count = std::stoi(in[i][10]);
      const Status status = CommandRecognizer::Create(config, kLabelCount, kPeriodMs, kWindowMs,
                                                      memory.span(), &recognizer);
      if (!status.ok()) throw std::runtime_error("recognizer: " + Text(status));
    }
    const int64_t time_ms = std::stoll(in[i][2]);
    CommandRecognizer::Result result;
    Detection detection = {};
    const bool ok = recognizer.Process(time_ms, Scores(in[i]), &result, &detection).ok();
    writer.Value(time_ms);
    writer.Array(Scores(in[i]));
    writer.Array(std::vector<int32_t>{ok ? 0 : 1, result.label, result.score, result.is_new()});
    writer.Array(std::vector<int64_t>{detection.start_ms, detection.end_ms, detection.time_ms});
  }
}

}  // namespace

void MakeRecognizerData(const std::string& folder) {
  FieldWriter recorded(folder + "recognizer_tflm");
  FieldWriter computed(folder + "recognizer");
  std::vector<std::string> sources = {GoldenPath("recognize")};
  if (!SharedDir().empty()) sources.push_back(SharedPath("golden/recognize"));
  for (const std::string& source : sources) {
    WriteRecorded(recorded, source);
    WriteComputed(computed, source);
  }
}

}  // namespace earshot::test
