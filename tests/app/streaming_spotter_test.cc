// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A spotter with a model that remembers, against one whose window holds all that it remembers.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/status_text.h"
#include "tests/app/spotter_fixture.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

constexpr int32_t kFrameMs = 30;
constexpr int32_t kStrideMs = 20;
constexpr int32_t kWindowMs = kFrameMs + (test::kStreamingAllFrames - 1) * kStrideMs;
constexpr int32_t kNewMs = kFrameMs + (test::kStreamingNewFrames - 1) * kStrideMs;

SpotterConfig StreamingConfig() {
  SpotterConfig config = StandardConfig();
  config.label_count = test::kStreamingLabels;
  config.strides_per_inference = test::kStreamingNewFrames;
  config.recognizer.threshold = 100;
  config.recognizer.release_threshold = 90;
  config.recognizer.suppression_ms = 200;
  return config;
}

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

class StreamingSpotterTest : public testing::Test {
 protected:
  StreamingSpotterTest() {
    EXPECT_TRUE(Model::Load(streaming_bytes_.span(), &streaming_).ok());
    EXPECT_TRUE(Model::Load(window_bytes_.span(), &window_).ok());
  }

  std::string Refusal(const SpotterConfig& config) {
    return Text(OwnedSpotter(streaming_, AllKernelsResolver(), config).status());
  }

  const AlignedBytes streaming_bytes_ = test::StreamingModel().Build();
  const AlignedBytes window_bytes_ = test::WindowModel().Build();
  Model streaming_;
  Model window_;
};

TEST_F(StreamingSpotterTest, ModelsSayWhetherTheyRemember) {
  EXPECT_TRUE(streaming_.remembers());
  EXPECT_FALSE(window_.remembers());
}

// Scores, times, and, once it is told how far back the model reaches, detections.
TEST_F(StreamingSpotterTest, HearsWhatAWindowHears) {
  const std::vector<int16_t> samples = NoiseBursts(8);
  SpotterConfig config = StreamingConfig();
  OwnedSpotter window(window_, AllKernelsResolver(), config);
  config.context_ms = kWindowMs;
  OwnedSpotter streaming(streaming_, AllKernelsResolver(), config);
  ASSERT_EQ(Text(streaming.status()), "ok");
  const std::vector<Heard> found = FeedAll(streaming.spotter(), samples, {512});
  const std::vector<Heard> wanted = FeedAll(window.spotter(), samples, {333});
  ASSERT_EQ(found.size(), wanted.size());
  size_t detections = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    ASSERT_TRUE(found[i] == wanted[i]) << i;
    detections += found[i].detection.empty() ? 0 : 1;
  }
  EXPECT_GE(detections, 2u);
}

TEST_F(StreamingSpotterTest, ContextIsWhereDetectionsBegin) {
  const std::vector<int16_t> samples = NoiseBursts(8);
  SpotterConfig config = StreamingConfig();
  OwnedSpotter near(streaming_, AllKernelsResolver(), config);
  EXPECT_EQ(near.spotter().input_ms(), kNewMs);
  EXPECT_EQ(near.spotter().context_ms(), kNewMs);
  config.context_ms = 250;
  OwnedSpotter far(streaming_, AllKernelsResolver(), config);
  EXPECT_EQ(far.spotter().input_ms(), kNewMs);
  EXPECT_EQ(far.spotter().context_ms(), 250);
  const std::vector<Heard> from_near = FeedAll(near.spotter(), samples, {512});
  const std::vector<Heard> from_far = FeedAll(far.spotter(), samples, {512});
  int earlier = 0;
  ASSERT_EQ(from_near.size(), from_far.size());
  for (size_t i = 0; i < from_near.size(); ++i) {
    if (from_near[i].detection.empty() || from_far[i].detection.empty()) continue;
    EXPECT_LE(from_far[i].detection[2], from_near[i].detection[2]);
    earlier += from_far[i].detection[2] < from_near[i].detection[2] ? 1 : 0;
  }
  EXPECT_GT(earlier, 0);
}

TEST_F(StreamingSpotterTest, ResetEqualsFresh) {
  const std::vector<int16_t> samples = NoiseBursts(3);
  OwnedSpotter used(streaming_, AllKernelsResolver(), StreamingConfig());
  FeedAll(used.spotter(), NoiseBursts(2, 99), {1000});
  used.spotter().Reset();
  OwnedSpotter fresh(streaming_, AllKernelsResolver(), StreamingConfig());
  EXPECT_TRUE(FeedAll(used.spotter(), samples, {512}) == FeedAll(fresh.spotter(), samples, {512}));
}

// Each frame once, or the model would hear some twice or not at all.
TEST_F(StreamingSpotterTest, WantsEachFrameOnce) {
  SpotterConfig config = StreamingConfig();
  config.strides_per_inference = 1;
  EXPECT_EQ(Refusal(config), "invalid argument: model: strides_per_inference: found 1, wanted 2");
  config.strides_per_inference = 3;
  EXPECT_EQ(Refusal(config), "invalid argument: model: strides_per_inference: found 3, wanted 2");
}

TEST_F(StreamingSpotterTest, ContextHasItsLimits) {
  SpotterConfig config = StreamingConfig();
  config.context_ms = -1;
  EXPECT_EQ(Refusal(config), "invalid argument: front end: context_ms: found -1, wanted 0");
  config.context_ms = 60001;
  EXPECT_EQ(Refusal(config), "invalid argument: front end: context_ms: found 60001, wanted 60000");
  config.context_ms = 60000;
  EXPECT_EQ(Refusal(config), "ok");
}

TEST_F(StreamingSpotterTest, KnowsItsMemoryToTheByte) {
  OwnedSpotter owned(streaming_, AllKernelsResolver(), StreamingConfig());
  const size_t bytes = owned.spotter().used_bytes();
  EXPECT_EQ(bytes, owned.memory_size());
  AlignedBytes memory(bytes - 1);
  KeywordSpotter spotter;
  const Status status = KeywordSpotter::Create(streaming_, AllKernelsResolver(), StreamingConfig(),
                                               memory.span(), &spotter);
  EXPECT_EQ(status.code, StatusCode::kArenaTooSmall);
  EXPECT_EQ(status.wanted, static_cast<int32_t>(bytes));
}

}  // namespace
}  // namespace earshot
