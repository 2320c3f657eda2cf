// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// For programs: one JSON object per line, version 1. Bytes that are no UTF-8 (in paths) become
// U+FFFD.

#include <nlohmann/json.hpp>

#include "earshot/app/units.h"
#include "earshot/host/classification/output_format.h"

namespace earshot::host {
namespace {

using Json = nlohmann::ordered_json;

std::string Line(const Json& object) {
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

class JsonlFormat : public OutputFormat {
 public:
  explicit JsonlFormat(const std::vector<std::string>& labels) : labels_(labels) {}

  bool TellsNotes() const override { return true; }

  std::string Format(const RecordingResult& result) const override {
    if (!result.error.empty()) return FormatError(result, result.error);
    const std::string lines = result.clip ? FormatClip(result) : FormatStream(result);
    const std::string& error = result.flaws.error;
    return error.empty() ? lines : lines + FormatError(result, error);
  }

 private:
  static std::string FormatError(const RecordingResult& result, const std::string& error) {
    return Line({{"v", 1}, {"path", result.path}, {"error", error}});
  }

  std::string FormatStream(const RecordingResult& result) const {
    std::string lines;
    for (const Detection& detection : result.detections) {
      lines += Line({{"v", 1},
                     {"path", result.path},
                     {"label", labels_[static_cast<size_t>(detection.label)]},
                     {"score", ScoreOf(detection.score)},
                     {"start", SecondsOfMs(detection.start_ms)},
                     {"end", SecondsOfMs(detection.end_ms)},
                     {"time", SecondsOfMs(detection.time_ms)}});
    }
    Json summary = {{"v", 1},
                    {"path", result.path},
                    {"seconds", result.seconds},
                    {"detections", result.detections.size()}};
    return lines + Line(WithNotes(std::move(summary), result));
  }

  std::string FormatClip(const RecordingResult& result) const {
    const ClipAnswer& clip = *result.clip;
    Json scores = Json::object();
    for (size_t i = 0; i < labels_.size(); ++i) scores[labels_[i]] = ScoreOf(clip.scores[i]);
    Json object = {{"v", 1},
                   {"path", result.path},
                   {"label", clip.label ? Json(labels_[*clip.label]) : Json(nullptr)},
                   {"score", ScoreOf(clip.score)},
                   {"scores", std::move(scores)}};
    return Line(WithNotes(std::move(object), result));
  }

  static Json WithNotes(Json object, const RecordingResult& result) {
    if (!result.conversion.empty()) object["converted_from"] = result.conversion;
    const SoundFlaws& flaws = result.flaws;
    if (!flaws.note.empty()) object["note"] = flaws.note;
    if (flaws.missing_seconds > 0) {
      object["missing"] = {{"at", flaws.end_seconds}, {"seconds", flaws.missing_seconds}};
    }
    return object;
  }

  const std::vector<std::string> labels_;
};

}  // namespace

std::unique_ptr<OutputFormat> MakeJsonlFormat(const std::vector<std::string>& labels) {
  return std::make_unique<JsonlFormat>(labels);
}

}  // namespace earshot::host
