// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// For spreadsheets: comma-separated values after RFC 4180, but with line feeds alone, one table for
// clips, detections, recordings and errors.

#include <fmt/format.h>

#include "earshot/app/units.h"
#include "earshot/host/classification/output_format.h"

namespace earshot::host {
namespace {

std::string Quoted(const std::string& cell) {
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char letter : cell) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

std::string Score(uint8_t score) { return fmt::format("{:.4f}", ScoreOf(score)); }

std::string Seconds(int64_t milliseconds) {
  return fmt::format("{:.3f}", SecondsOfMs(milliseconds));
}

class CsvFormat : public OutputFormat {
 public:
  explicit CsvFormat(const std::vector<std::string>& labels) : labels_(labels) {}

  std::string Header() const override {
    std::string header = "path,kind,label,score,start,end,time,seconds,detections,error";
    for (const std::string& label : labels_) header += "," + Quoted("score_" + label);
    return header + "\n";
  }

  std::string Format(const RecordingResult& result) const override {
    if (!result.error.empty()) return ErrorLine(result, result.error);
    const std::string& error = result.flaws.error;
    return ResultLines(result) + (error.empty() ? "" : ErrorLine(result, error));
  }

 private:
  std::string ErrorLine(const RecordingResult& result, const std::string& error) const {
    Row row;
    row.path = result.path;
    row.kind = "error";
    row.error = error;
    return Line(row);
  }

  std::string ResultLines(const RecordingResult& result) const {
    Row row;
    row.path = result.path;
    row.seconds = fmt::format("{:.3f}", result.seconds);
    if (result.clip) {
      row.kind = "clip";
      if (result.clip->label) row.label = labels_[*result.clip->label];
      row.score = Score(result.clip->score);
      for (const uint8_t score : result.clip->scores) row.scores.push_back(Score(score));
      return Line(row);
    }
    std::string lines;
    for (const Detection& detection : result.detections) {
      Row found;
      found.path = result.path;
      found.kind = "detection";
      found.label = labels_[static_cast<size_t>(detection.label)];
      found.score = Score(detection.score);
      found.start = Seconds(detection.start_ms);
      found.end = Seconds(detection.end_ms);
      found.time = Seconds(detection.time_ms);
      lines += Line(found);
    }
    row.kind = "recording";
    row.detections = std::to_string(result.detections.size());
    return lines + Line(row);
  }

  struct Row {
    std::string path, kind, label, score, start, end, time, seconds, detections, error;
    std::vector<std::string> scores;  // Empty: as many empty cells as labels.
  };

  std::string Line(const Row& row) const {
    std::string line = fmt::format("{},{},{},{},{},{},{},{},{},{}", Quoted(row.path), row.kind,
                                   Quoted(row.label), row.score, row.start, row.end, row.time,
                                   row.seconds, row.detections, Quoted(row.error));
    for (size_t i = 0; i < labels_.size(); ++i) {
      line += "," + (row.scores.empty() ? std::string() : row.scores[i]);
    }
    return line + "\n";
  }

  const std::vector<std::string> labels_;
};

}  // namespace

std::unique_ptr<OutputFormat> MakeCsvFormat(const std::vector<std::string>& labels) {
  return std::make_unique<CsvFormat>(labels);
}

}  // namespace earshot::host
