// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/keyword_group.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/status_text.h"
#include "tests/app/spotter_fixture.h"
#include "tests/support/sigmoid_model.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

// Scores without background labels, whose averages rise and fall within a second.
SpotterConfig Config(int32_t labels, int32_t strides) {
  SpotterConfig config = StandardConfig();
  config.label_count = labels;
  config.strides_per_inference = strides;
  config.recognizer.average_window_ms = 400;
  config.recognizer.threshold = 128;
  config.recognizer.release_threshold = 100;
  config.recognizer.suppression_ms = 300;
  config.recognizer.background_labels = 0;
  return config;
}

// Four models: a wake word that remembers, two that hear one window, and a made-up one.
class KeywordGroupTest : public testing::Test {
 protected:
  KeywordGroupTest() {
    Add(test::StreamingWakeWord().Build(), AllKernelsResolver(),
        Config(1, test::kStreamingNewFrames));
    Add(test::SigmoidModel(3).Build(), AllKernelsResolver(), Config(3, 1));
    Add(test::SoftmaxModel(4).Build(), AllKernelsResolver(), Config(4, 5));
    Add(BuildFakeModel({}), FakeResolver(), Config(4, 3));
    for (size_t i = 0; i < files_.size(); ++i) {
      EXPECT_TRUE(Model::Load(files_[i].span(), &models_[i]).ok());
    }
  }

  std::vector<KeywordGroup::Member> Members() const {
    std::vector<KeywordGroup::Member> members;
    for (size_t i = 0; i < files_.size(); ++i) {
      members.push_back({&models_[i], resolvers_[i], &configs_[i]});
    }
    return members;
  }

  Status Create(bool first_is_gate = false) {
    const std::vector<KeywordGroup::Member> members = Members();
    const auto create = [&](Span<uint8_t> memory) {
      return KeywordGroup::Create(members, first_is_gate, memory, detectors_, &group_);
    };
    return CreateInEnoughMemory("models", create, &memory_);
  }

  // All answers, by member, from pieces of this size.
  std::vector<std::vector<Heard>> FeedGroup(Span<const int16_t> samples, size_t piece) {
    std::vector<std::vector<Heard>> all(files_.size());
    while (!samples.empty()) {
      Span<const int16_t> chunk = samples.subspan(0, std::min(piece, samples.size()));
      samples = samples.subspan(chunk.size());
      KeywordGroup::Result result;
      do {
        const Status status = group_.Feed(chunk, &result);
        EXPECT_TRUE(status.ok()) << Text(status);
        if (!status.ok()) return all;
        chunk = chunk.subspan(result.consumed);
        if (!result.scores.empty()) all[result.member].push_back(Record(result));
      } while (!chunk.empty() || !result.scores.empty());
    }
    return all;
  }

  std::vector<Heard> FeedAlone(size_t member, Span<const int16_t> samples) const {
    OwnedSpotter spotter(models_[member], *resolvers_[member], configs_[member]);
    EXPECT_TRUE(spotter.status().ok()) << Text(spotter.status());
    return FeedAll(spotter.spotter(), samples, {samples.size()});
  }

  void Add(AlignedBytes file, const OperatorResolver& resolver, const SpotterConfig& config) {
    files_.push_back(std::move(file));
    resolvers_.push_back(&resolver);
    configs_.push_back(config);
  }

  const std::vector<int16_t> samples_ = NoiseBursts(6);
  std::vector<AlignedBytes> files_;
  std::vector<const OperatorResolver*> resolvers_;
  std::vector<SpotterConfig> configs_;
  Model models_[4];
  AlignedBytes memory_;
  std::vector<KeywordDetector> detectors_ = std::vector<KeywordDetector>(4);
  KeywordGroup group_;
};

TEST_F(KeywordGroupTest, EachHearsWhatItHearsAlone) {
  const Status status = Create();
  ASSERT_TRUE(status.ok()) << Text(status);
  EXPECT_EQ(memory_.size(), group_.used_bytes());  // Exactly that is enough.
  size_t alone_bytes = 0;
  for (const size_t piece : {samples_.size(), size_t{160}, size_t{1}}) {
    group_.Reset();
    const std::vector<std::vector<Heard>> together = FeedGroup(samples_, piece);
    for (size_t i = 0; i < files_.size(); ++i) {
      EXPECT_TRUE(together[i] == FeedAlone(i, samples_)) << piece << ": " << i;
    }
  }
  for (size_t i = 0; i < files_.size(); ++i) {
    OwnedSpotter spotter(models_[i], *resolvers_[i], configs_[i]);
    alone_bytes += spotter.memory_size();
  }
  EXPECT_LT(group_.used_bytes(), alone_bytes);
}

// The wake word is the gate: loud noise opens it.
TEST_F(KeywordGroupTest, AnnouncesWhileTheGateIsOpen) {
  ASSERT_TRUE(Create().ok());
  const std::vector<std::vector<Heard>> without = FeedGroup(samples_, 999);
  const Status status = Create(true);
  ASSERT_TRUE(status.ok()) << Text(status);
  const std::vector<std::vector<Heard>> with = FeedGroup(samples_, 999);
  EXPECT_TRUE(with[0] == without[0]);
  // Of single results only what is announced may differ.
  int opened = 0;
  for (size_t i = 1; i < with.size(); ++i) {
    ASSERT_EQ(with[i].size(), without[i].size());
    size_t gate = 0;
    for (const Heard& heard : with[i]) {
      while (gate + 1 < with[0].size() && with[0][gate + 1].time_ms <= heard.time_ms) ++gate;
      const bool has_answered = with[0][gate].time_ms <= heard.time_ms;
      const bool is_open = has_answered && with[0][gate].score > configs_[0].recognizer.threshold;
      EXPECT_TRUE(is_open || !heard.is_new) << i << " at " << heard.time_ms;
      if (is_open) ++opened;
    }
  }
  EXPECT_GT(opened, 10);
}

// The models' own words are not lost, only later: what is above its threshold when the gate opens
// is announced then.
TEST_F(KeywordGroupTest, AnnouncesWhenTheGateOpens) {
  KeywordDetector& detector = detectors_[1];
  ASSERT_TRUE(Create().ok());
  std::vector<uint16_t> features(40, 600);
  KeywordDetector::Result result;
  detector.CloseGate(true);
  for (int i = 0; i < 60; ++i) {
    ASSERT_TRUE(detector.Hear(features, &result).ok());
    ASSERT_EQ(result.detection, nullptr);
  }
  EXPECT_EQ(result.recognized.decision, CommandRecognizer::Decision::kGateClosed);
  EXPECT_TRUE(result.recognized.is_heard());
  detector.CloseGate(false);
  ASSERT_TRUE(detector.Hear(features, &result).ok());
  ASSERT_NE(result.detection, nullptr);
  EXPECT_EQ(result.detection->time_ms, result.time_ms);
}

TEST_F(KeywordGroupTest, ResetEqualsFresh) {
  ASSERT_TRUE(Create(true).ok());
  const std::vector<std::vector<Heard>> fresh = FeedGroup(samples_, 700);
  FeedGroup(NoiseBursts(3, 99), 511);
  group_.Reset();
  EXPECT_TRUE(FeedGroup(samples_, 700) == fresh);
}

TEST_F(KeywordGroupTest, SaysWhatItNeeds) {
  ASSERT_TRUE(Create().ok());
  const std::vector<KeywordGroup::Member> members = Members();
  const size_t needed = group_.used_bytes();
  for (size_t size = 0; size < needed; size += 48) {
    AlignedBytes memory(size);
    const Status status = KeywordGroup::Create(members, false, memory.span(), detectors_, &group_);
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size;
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_GT(status.wanted, static_cast<int32_t>(size));
    ASSERT_LE(status.wanted, static_cast<int32_t>(needed));
    KeywordGroup::Result result;
    ASSERT_EQ(group_.Feed(samples_, &result).code, StatusCode::kFailedPrecondition);
  }
}

TEST_F(KeywordGroupTest, RefusesWhatDoesNotGoTogether) {
  const std::vector<KeywordGroup::Member> members = Members();
  const Span<const KeywordGroup::Member> all(members);
  AlignedBytes memory(100000);
  const auto create = [&](Span<const KeywordGroup::Member> some, bool first_is_gate,
                          size_t detectors) {
    return Text(KeywordGroup::Create(some, first_is_gate, memory.span(),
                                     Span<KeywordDetector>(detectors_).subspan(0, detectors),
                                     &group_));
  };
  EXPECT_EQ(create({}, false, 0), "invalid argument: models: found 0, wanted 1");
  EXPECT_EQ(create(all.subspan(0, 1), true, 1), "invalid argument: models: found 1, wanted 2");
  EXPECT_EQ(create(all, false, 3), "invalid argument: detectors: found 3, wanted 4");
  configs_[2].stride_ms = 10;
  EXPECT_EQ(
      create(all, false, 4),
      "invalid argument: front end: stride_ms: not that of the first model: found 10, wanted 20");
  configs_[2].stride_ms = 20;
  configs_[0].tables = nullptr;
  EXPECT_EQ(create(all, false, 4), "invalid argument: front end: no tables: found 0, wanted 1");
  configs_[0].tables = &kStandardTables;
  const FrontendTables other = kStandardTables;
  configs_[3].tables = &other;
  EXPECT_EQ(create(all, false, 4),
            "invalid argument: front end: tables: not those of the first model: found 0, wanted 1");
}

}  // namespace
}  // namespace earshot
