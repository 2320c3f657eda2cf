// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// For people: label, score, path, and for a detection when; in columns.

#include <fmt/format.h>

#include <algorithm>

#include "earshot/app/units.h"
#include "earshot/host/classification/output_format.h"
#include "earshot/host/console/terminal_text.h"

namespace earshot::host {
namespace {

constexpr char kBold[] = "\033[1m";
constexpr char kPlain[] = "\033[0m";
constexpr char kNothing[] = "-";  // In place of a label.

class TextFormat : public OutputFormat {
 public:
  TextFormat(const std::vector<std::string>& labels, bool colour) : colour_(colour) {
    for (const std::string& label : labels) {
      labels_.push_back(Visible(label));
      width_ = std::max(width_, labels_.back().size());
    }
  }

  bool TellsErrors() const override { return false; }

  std::string Format(const RecordingResult& result) const override {
    if (!result.error.empty()) return "";
    const std::string path = Visible(result.path);
    if (result.clip) {
      const ClipAnswer& clip = *result.clip;
      return Line(clip.label ? labels_[*clip.label] : kNothing,
                  fmt::format("{:.3f}", ScoreOf(clip.score)), path);
    }
    std::string lines;
    for (const Detection& detection : result.detections) {
      lines += Line(labels_[static_cast<size_t>(detection.label)],
                    fmt::format("{:.3f}", ScoreOf(detection.score)),
                    fmt::format("{}  {:.2f}-{:.2f} s", path, SecondsOfMs(detection.start_ms),
                                SecondsOfMs(detection.end_ms)));
    }
    const size_t count = result.detections.size();
    lines += fmt::format("{:{}}  {:5}  {}  {} detection{} in {:.2f} s\n", kNothing, width_, "",
                         path, count, count == 1 ? "" : "s", result.seconds);
    return lines;
  }

 private:
  std::string Line(const std::string& label, const std::string& score,
                   const std::string& rest) const {
    const std::string padding(width_ - label.size(), ' ');
    return fmt::format("{}{}{}{}  {}  {}\n", colour_ ? kBold : "", label, colour_ ? kPlain : "",
                       padding, score, rest);
  }

  std::vector<std::string> labels_;
  const bool colour_;
  size_t width_ = 0;
};

}  // namespace

std::unique_ptr<OutputFormat> MakeTextFormat(const std::vector<std::string>& labels, bool colour) {
  return std::make_unique<TextFormat>(labels, colour);
}

}  // namespace earshot::host
