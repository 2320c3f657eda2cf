// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What tests of the whole way need: a spotter with its memory, and sound to feed it.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "earshot/app/keyword_spotter.h"
#include "earshot/base/aligned_bytes.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/models/enough_memory.h"
#include "tests/app/fake_model.h"

namespace earshot {

inline SpotterConfig StandardConfig() {
  SpotterConfig config;
  config.tables = &kStandardTables;
  config.label_count = 4;
  return config;
}

// A spotter in exactly the memory that it needs.
class OwnedSpotter {
 public:
  OwnedSpotter(const Model& model, const OperatorResolver& resolver, const SpotterConfig& config) {
    const auto create = [&](Span<uint8_t> memory) {
      return KeywordSpotter::Create(model, resolver, config, memory, &spotter_);
    };
    status_ = CreateInEnoughMemory("model", create, &memory_);
  }

  const Status& status() const { return status_; }
  KeywordSpotter& spotter() { return spotter_; }
  size_t memory_size() const { return memory_.size(); }

 private:
  AlignedBytes memory_;
  KeywordSpotter spotter_;
  Status status_;
};

// All that one inference told.
struct Heard {
  std::vector<uint8_t> scores;
  int64_t time_ms;
  int32_t label;
  uint8_t score;
  bool is_new;
  std::vector<int64_t> detection;  // label, score, start, end, time; empty: none.

  bool operator==(const Heard& other) const {
    return scores == other.scores && time_ms == other.time_ms && label == other.label &&
           score == other.score && is_new == other.is_new && detection == other.detection;
  }
};

inline Heard Record(const KeywordDetector::Result& result) {
  Heard heard = {{result.scores.begin(), result.scores.end()},
                 result.time_ms,
                 result.recognized.label,
                 result.recognized.score,
                 result.recognized.is_new(),
                 {}};
  if (result.detection != nullptr) {
    const Detection& d = *result.detection;
    heard.detection = {d.label, d.score, d.start_ms, d.end_ms, d.time_ms};
  }
  return heard;
}

// Feeds everything in pieces of these sizes, used in turn.
inline std::vector<Heard> FeedAll(KeywordSpotter& spotter, Span<const int16_t> samples,
                                  const std::vector<size_t>& pieces) {
  std::vector<Heard> all;
  size_t begin = 0;
  for (size_t i = 0; begin < samples.size(); ++i) {
    const size_t rest = samples.size() - begin;
    const size_t piece = pieces[i % pieces.size()];
    Span<const int16_t> chunk = samples.subspan(begin, piece < rest ? piece : rest);
    begin += chunk.size();
    while (!chunk.empty()) {
      KeywordSpotter::Result result;
      const Status status = spotter.Feed(chunk, &result);
      if (!status.ok() || result.consumed == 0) return {};
      if (!result.scores.empty()) all.push_back(Record(result));
      chunk = chunk.subspan(result.consumed);
    }
  }
  return all;
}

// Seconds of near-silence and of loud noise in turn.
inline std::vector<int16_t> NoiseBursts(int seconds, uint32_t seed = 1) {
  std::mt19937 random(seed);
  std::vector<int16_t> samples;
  for (int i = 0; i < seconds * 16000; ++i) {
    const int amplitude = i / 16000 % 2 == 0 ? 3 : 20000;
    const int value = static_cast<int>(random() % static_cast<uint32_t>(2 * amplitude));
    samples.push_back(static_cast<int16_t>(value - amplitude));
  }
  return samples;
}

}  // namespace earshot
