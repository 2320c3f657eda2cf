// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/evaluation_json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "earshot/app/spotter_settings.h"
#include "earshot/app/units.h"
#include "earshot/host/evaluation/metrics.h"
#include "earshot/host/evaluation/saved_answers.h"

namespace earshot::host {
namespace {

using Json = nlohmann::ordered_json;

Json Number(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

Json EstimateJson(const Estimate& estimate) {
  return {{"value", Number(estimate.value)},
          {"low", Number(estimate.low)},
          {"high", Number(estimate.high)},
          {"count", estimate.count},
          {"total", estimate.total}};
}

// A label's name; null for -1.
Json LabelJson(const ModelFigures& model, int label) {
  return label < 0 ? Json(nullptr) : Json(model.labels[static_cast<size_t>(label)]);
}

// As the struct has them. Which labels are background follows from the keywords.
Json RecognizerJson(const RecognizerConfig& config) {
  Json json;
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, ...) \
  if (SettingUnit::unit != SettingUnit::kLabels) json[#name] = config.name;
#include "earshot/app/spotter_settings.inc"
  return json;
}

Json ClipsJson(const ModelFigures& model) {
  const ClipFigures& clips = *model.clips;
  Json words = Json::array();
  for (const OtherWord& other : clips.by_word) {
    Json word = {{"word", other.word}};
    word.update(EstimateJson(other.accepted));
    words.push_back(std::move(word));
  }
  Json wrong = Json::array();
  for (const ClipRecord& clip : clips.clips) {
    if (IsRight(clip, model.is_keyword)) continue;
    wrong.push_back({{"path", clip.path},
                     {"label", clip.word},
                     {"heard", LabelJson(model, clip.heard)},
                     {"score", ScoreOf(clip.score)}});
  }
  return {{"count", clips.clips.size()},
          {"confusion", clips.confusion},
          {"other_words", std::move(words)},
          {"wrong", std::move(wrong)}};
}

Json EventJson(const ModelFigures& model, const StreamFigures& streams, const StreamEvent& event) {
  Json object = {{"path", streams.recordings[event.recording].path},
                 {"label", event.word},
                 {"start", event.start},
                 {"end", event.end}};
  if (event.target < 0) return object;  // An other word.
  object["outcome"] = OutcomeName(event.outcome);
  object["heard"] = LabelJson(model, event.heard);
  object["time"] = Number(event.time);
  object["delay"] = Number(event.delay);
  object["score"] = event.heard < 0 ? Json(nullptr) : Json(ScoreOf(event.score));
  return object;
}

Json StreamsJson(const ModelFigures& model, const StreamFigures& streams) {
  Json events = Json::array();
  for (const StreamEvent& event : streams.events) {
    events.push_back(EventJson(model, streams, event));
  }
  Json accepts = Json::array();
  for (const FalseAccept& accept : streams.false_accepts) {
    accepts.push_back({{"path", streams.recordings[accept.recording].path},
                       {"time", accept.time},
                       {"label", model.labels[accept.label]},
                       {"score", ScoreOf(accept.score)},
                       {"during", accept.during}});
  }
  return {{"recordings", streams.recordings.size()},
          {"hours", streams.hours},
          {"late", streams.late},
          {"wrong", streams.wrong},
          {"p90_delay_ms", Number(streams.p90_delay_ms)},
          {"events", std::move(events)},
          {"false_accepts", std::move(accepts)}};
}

Json DetJson(const std::vector<DetPoint>& det) {
  Json points = Json::array();
  for (const DetPoint& point : det) {
    points.push_back(
        {{"threshold", point.threshold},
         {"miss", point.miss},
         {"false_accepts_per_hour", Number(point.false_accepts_per_hour)},
         {"streams_false_accepts_per_hour", Number(point.streams_false_accepts_per_hour)},
         {"negatives_false_accepts_per_hour", Number(point.negatives_false_accepts_per_hour)}});
  }
  return points;
}

Json GatesJson(const std::vector<GateResult>& gates) {
  Json array = Json::array();
  for (const GateResult& gate : gates) {
    array.push_back({{"gate", gate.expression}, {"passed", gate.passed}, {"wrong", gate.wrong}});
  }
  return array;
}

Json ChangesJson(const std::vector<ChangedAnswer>& changes) {
  Json array = Json::array();
  for (const ChangedAnswer& change : changes) {
    array.push_back({{"what", change.what},
                     {"before", change.before},
                     {"now", change.now},
                     {"better", change.is_better}});
  }
  return array;
}

Json ModelJson(const ModelFigures& model) {
  Json keywords = Json::array();
  for (size_t i = 0; i < model.labels.size(); ++i) {
    if (model.is_keyword[i]) keywords.push_back(model.labels[i]);
  }
  Json metrics = Json::object();
  for (const Metric& metric : MetricsOf(model)) metrics[metric.name] = EstimateJson(metric.value);
  Json object = {{"name", model.name},
                 {"labels", model.labels},
                 {"keywords", std::move(keywords)},
                 {"period_ms", model.period_ms},
                 {"recognizer", RecognizerJson(model.recognizer)},
                 {"metrics", std::move(metrics)}};
  if (model.clips) object["clips"] = ClipsJson(model);
  if (model.streams) object["streams"] = StreamsJson(model, *model.streams);
  if (model.negatives) object["negatives"] = StreamsJson(model, *model.negatives);
  if (!model.det.empty()) object["det"] = DetJson(model.det);
  if (!model.gates.empty()) object["gates"] = GatesJson(model.gates);
  if (!model.changes.empty()) object["changes"] = ChangesJson(model.changes);
  return object;
}

}  // namespace

std::string EvaluationJson(const Evaluation& evaluation) {
  Json models = Json::array();
  for (const ModelFigures& model : evaluation.models) models.push_back(ModelJson(model));
  Json unread = Json::array();
  for (const Unread& file : evaluation.unread) {
    unread.push_back({{"path", file.path}, {"error", file.error}});
    if (file.part == UnreadPart::kSome) unread.back()["measured"] = true;
  }
  Json notes = Json::array();
  for (const Unread& file : evaluation.notes) {
    notes.push_back({{"path", file.path}, {"note", file.error}});
  }
  Json object = {{"v", 1}, {"models", std::move(models)}, {"unread", std::move(unread)}};
  if (!notes.empty()) object["notes"] = std::move(notes);
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace earshot::host
