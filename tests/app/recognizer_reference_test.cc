// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CommandRecognizer against a second one that keeps everything it ever heard and computes
// each answer from its definition.

#include <gmock/gmock.h>

#include <algorithm>
#include <map>
#include <random>
#include <vector>

#include "earshot/app/command_recognizer.h"
#include "earshot/base/aligned_bytes.h"

namespace earshot {
namespace {

using Decision = CommandRecognizer::Decision;

class ReferenceRecognizer {
 public:
  ReferenceRecognizer(const RecognizerConfig& config, int label_count, size_t capacity,
                      int context_ms)
      : config_(config), label_count_(label_count), capacity_(capacity), context_ms_(context_ms) {}

  // The new detection, or one with label -1.
  Detection Process(int64_t time_ms, const std::vector<uint8_t>& scores) {
    heard_.push_back({time_ms, scores});
    std::vector<Heard> counted;
    for (const Heard& heard : heard_) {
      if (heard.time_ms >= time_ms - config_.average_window_ms) counted.push_back(heard);
    }
    if (counted.size() > capacity_) {
      counted.erase(counted.begin(), counted.end() - static_cast<std::ptrdiff_t>(capacity_));
    }
    averages_.assign(static_cast<size_t>(label_count_), 0);
    for (size_t label = 0; label < averages_.size(); ++label) {
      for (const Heard& heard : counted) averages_[label] += heard.scores[label];
      averages_[label] /= static_cast<int>(counted.size());
      if (averages_[label] < config_.release_threshold) waiting_for_release_[label] = false;
    }
    const auto highest = std::max_element(averages_.begin(), averages_.end());
    const auto top = static_cast<size_t>(highest - averages_.begin());
    top_ = static_cast<int32_t>(top);
    score_ = averages_[top];

    decision_ = Decide(top, time_ms, static_cast<int32_t>(counted.size()), counted.front().time_ms);
    Detection none = {};
    none.label = -1;
    if (decision_ != Decision::kAnnounced) return none;
    announced_[top] = time_ms;
    waiting_for_release_[top] = true;
    return Locate(top, time_ms);
  }

  void CloseGate(bool is_closed) { gate_is_closed_ = is_closed; }

  int32_t top() const { return top_; }
  int score() const { return score_; }
  Decision decision() const { return decision_; }
  const std::vector<int>& averages() const { return averages_; }

 private:
  struct Heard {
    int64_t time_ms;
    std::vector<uint8_t> scores;
  };

  static bool Supports(const Heard& heard, size_t label) {
    const auto highest = std::max_element(heard.scores.begin(), heard.scores.end());
    return static_cast<size_t>(highest - heard.scores.begin()) == label && *highest >= 128;
  }

  Decision Decide(size_t top, int64_t time_ms, int32_t count, int64_t oldest_ms) const {
    if (count < config_.minimum_count) return Decision::kTooFewResults;
    if (time_ms - oldest_ms < config_.average_window_ms / 4) return Decision::kTooFewResults;
    if (averages_[top] <= config_.threshold) return Decision::kBelowThreshold;
    if ((config_.background_labels & (1u << top)) != 0) return Decision::kBackground;
    const auto waiting = waiting_for_release_.find(top);
    if (waiting != waiting_for_release_.end() && waiting->second) return Decision::kNotRearmed;
    const auto previous = announced_.find(top);
    const bool was_announced = previous != announced_.end();
    if (was_announced && time_ms - previous->second < config_.suppression_ms) {
      return Decision::kSuppressed;
    }
    if (gate_is_closed_) return Decision::kGateClosed;
    return time_ms < config_.warm_up_ms ? Decision::kWarmingUp : Decision::kAnnounced;
  }

  Detection Locate(size_t label, int64_t time_ms) const {
    Detection detection = {};
    detection.label = static_cast<int32_t>(label);
    detection.score = static_cast<uint8_t>(score_);
    detection.time_ms = time_ms;
    int64_t first = time_ms;
    int64_t last = time_ms;
    // From the newest back: the last supporting result, then on to the first of its run.
    for (size_t i = heard_.size(); i-- > 0;) {
      if (!Supports(heard_[i], label)) continue;
      if (heard_[i].time_ms < time_ms - config_.average_window_ms) break;
      last = heard_[i].time_ms;
      while (i > 0 && Supports(heard_[i - 1], label) &&
             heard_[i].time_ms - heard_[i - 1].time_ms < context_ms_) {
        --i;
      }
      first = heard_[i].time_ms;
      break;
    }
    detection.end_ms = first;
    detection.start_ms = std::min(std::max<int64_t>(last - context_ms_, 0), first);
    return detection;
  }

  RecognizerConfig config_;
  int label_count_;
  size_t capacity_;
  int context_ms_;
  std::vector<Heard> heard_;
  std::map<size_t, bool> waiting_for_release_;
  std::map<size_t, int64_t> announced_;
  std::vector<int> averages_;
  int32_t top_ = -1;
  int score_ = 0;
  Decision decision_ = Decision::kTooFewResults;
  bool gate_is_closed_ = false;
};

class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}
  int Between(int lowest, int highest) {
    return lowest + static_cast<int>(engine_() % static_cast<uint32_t>(highest - lowest + 1));
  }

 private:
  std::mt19937 engine_;
};

RecognizerConfig RandomConfig(Random& random, int period_ms) {
  RecognizerConfig config;
  config.average_window_ms = random.Between(0, 3) == 0 ? 0 : random.Between(period_ms, 1500);
  config.threshold = static_cast<uint8_t>(random.Between(60, 230));
  config.release_threshold = static_cast<uint8_t>(random.Between(1, config.threshold));
  config.suppression_ms = random.Between(0, 2000);
  config.minimum_count = random.Between(1, std::min(4, config.average_window_ms / period_ms + 1));
  config.background_labels = static_cast<uint32_t>(random.Between(0, 3));
  config.warm_up_ms = random.Between(0, 1) == 0 ? 0 : random.Between(1, 10000);
  return config;
}

// Stretches in which one label is favoured, so that words come and go.
std::vector<uint8_t> RandomScores(Random& random, size_t favourite, int label_count) {
  std::vector<uint8_t> scores;
  for (int label = 0; label < label_count; ++label) {
    scores.push_back(static_cast<uint8_t>(random.Between(0, 80)));
  }
  scores[favourite] = static_cast<uint8_t>(random.Between(90, 255));
  return scores;
}

TEST(RecognizerReferenceTest, AgreesOnRandomStreams) {
  int detections = 0;
  std::map<Decision, int> decisions;
  for (uint32_t seed = 0; seed < 200; ++seed) {
    Random random(seed);
    const int label_count = random.Between(3, 6);
    const int period_ms = random.Between(1, 10) * 10;
    const int context_ms = random.Between(30, 1200);
    const RecognizerConfig config = RandomConfig(random, period_ms);
    const auto capacity = static_cast<size_t>(config.average_window_ms / period_ms + 1);
    AlignedBytes memory(CommandRecognizer::RequiredBytes(config, label_count, period_ms));
    CommandRecognizer recognizer;
    const Status created = CommandRecognizer::Create(config, label_count, period_ms, context_ms,
                                                     memory.span(), &recognizer);
    ASSERT_TRUE(created.ok()) << created.what << ", seed " << seed;
    ReferenceRecognizer reference(config, label_count, capacity, context_ms);

    int64_t time_ms = 0;
    size_t favourite = 0;
    for (int step = 0; step < 400; ++step) {
      if (random.Between(0, 30) == 0) {
        favourite = static_cast<size_t>(random.Between(0, label_count - 1));
      }
      const int pause = random.Between(0, 50);
      time_ms += pause == 0 ? 5000 : pause < 10 ? random.Between(0, 2 * period_ms) : period_ms;
      const std::vector<uint8_t> scores = RandomScores(random, favourite, label_count);

      if (random.Between(0, 20) == 0) {
        const bool is_closed = random.Between(0, 2) == 0;
        reference.CloseGate(is_closed);
        recognizer.CloseGate(is_closed);
      }
      const Detection wanted = reference.Process(time_ms, scores);
      CommandRecognizer::Result result;
      Detection found = {};
      ASSERT_TRUE(recognizer.Process(time_ms, scores, &result, &found).ok());
      ASSERT_EQ(result.label, reference.top()) << "seed " << seed << ", step " << step;
      ASSERT_EQ(result.score, reference.score()) << "seed " << seed << ", step " << step;
      ASSERT_EQ(result.decision, reference.decision()) << "seed " << seed << ", step " << step;
      for (size_t label = 0; label < scores.size(); ++label) {
        ASSERT_EQ(recognizer.Average(label), reference.averages()[label]) << label;
      }
      ++decisions[result.decision];
      if (!result.is_new()) continue;
      ++detections;
      ASSERT_EQ(found.label, wanted.label);
      ASSERT_EQ(found.score, wanted.score);
      ASSERT_EQ(found.start_ms, wanted.start_ms) << "seed " << seed << ", step " << step;
      ASSERT_EQ(found.end_ms, wanted.end_ms) << "seed " << seed << ", step " << step;
      ASSERT_EQ(found.time_ms, wanted.time_ms);
    }
  }
  EXPECT_GT(detections, 500);
  EXPECT_EQ(decisions.size(), 8u);
  for (const auto& [decision, count] : decisions) {
    EXPECT_GT(count, 100) << static_cast<int>(decision);
  }
}

}  // namespace
}  // namespace earshot
