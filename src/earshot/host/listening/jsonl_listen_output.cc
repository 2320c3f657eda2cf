// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// For programs: one JSON object per line and event, schema 1. Bytes that are no UTF-8 (in names)
// become U+FFFD.

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "earshot/app/units.h"
#include "earshot/host/audio/stream_converter.h"
#include "earshot/host/listening/listen_outputs.h"
#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

using Json = nlohmann::ordered_json;

double ThreeDecimals(double value) { return std::round(value * 1000) / 1000; }

class JsonlListenOutput : public PartialListenOutput {
 public:
  explicit JsonlListenOutput(TextSink write) : write_(std::move(write)) {}

  void Start(const std::string& source, const std::vector<const KeywordModel*>& models) override {
    models_ = models;
    Json list = Json::array();
    for (const KeywordModel* model : models) {
      const uint32_t background = model->config().recognizer.background_labels;
      list.push_back({{"name", model->name()},
                      {"labels", model->labels()},
                      {"background", NamesOfBackground(model->labels(), background)}});
    }
    Write("start", {{"source", source}, {"models", std::move(list)}});
  }

  void Notice(const std::string& text) override { Write("notice", {{"text", text}}); }

  void Lost(int64_t samples, const ListenTotals& totals) override {
    Write("lost", {{"time", SecondsOfSamples(totals.samples)},
                   {"samples", samples},
                   {"lost_samples", totals.lost_samples}});
  }

  void Word(const HeardWord& word) override {
    const Detection& detection = word.detection;
    const KeywordModel& model = *models_[word.model];
    const double latency = word.latency_ms / 1000;
    Write("word",
          {{"model", model.name()},
           {"label", model.labels()[static_cast<size_t>(detection.label)]},
           {"score", ScoreOf(detection.score)},
           {"start", SecondsOfMs(detection.start_ms)},
           {"end", SecondsOfMs(detection.end_ms)},
           {"time", SecondsOfMs(detection.time_ms)},
           {"latency", ThreeDecimals(latency)},
           {"delay", ThreeDecimals(SecondsOfMs(detection.time_ms - detection.end_ms) + latency)}});
  }

  void Finish(const ListenTotals& totals) override {
    Json end = {
        {"seconds", SecondsOfSamples(totals.samples)},
        {"words", totals.words},
        {"lost_samples", totals.lost_samples},
        {"losses", totals.losses},
        {"reconnections", totals.reconnections},
        {"away_seconds", ThreeDecimals(totals.away_s)},
        {"cpu_share", ThreeDecimals(totals.cpu_share)},
    };
    if (totals.skipped_samples) end["skipped_samples"] = *totals.skipped_samples;
    Write("end", end);
  }

 private:
  void Write(const char* event, const Json& fields) {
    Json object = {{"schema", 1}, {"event", event}};
    object.update(fields);
    write_(object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
  }

  const TextSink write_;
  std::vector<const KeywordModel*> models_;
};

}  // namespace

std::unique_ptr<ListenOutput> MakeJsonlListenOutput(TextSink write) {
  return std::make_unique<JsonlListenOutput>(std::move(write));
}

}  // namespace earshot::host
