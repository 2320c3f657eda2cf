// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/keyword_spotter.h"

#include <gmock/gmock.h>

#include <functional>
#include <string>
#include <vector>

#include "earshot/frontend/feature_quantization.h"
#include "tests/app/spotter_fixture.h"

namespace earshot {
namespace {

class KeywordSpotterTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(Model::Load(bytes_.span(), &model_).ok()); }

  AlignedBytes bytes_ = BuildFakeModel({});
  Model model_;
};

TEST_F(KeywordSpotterTest, HearsTheSameHoweverSamplesAreCut) {
  const std::vector<int16_t> samples = NoiseBursts(8);
  OwnedSpotter whole(model_, FakeResolver(), StandardConfig());
  ASSERT_TRUE(whole.status().ok()) << whole.status().what;
  const std::vector<Heard> wanted = FeedAll(whole.spotter(), samples, {samples.size()});
  ASSERT_EQ(wanted.size(), (samples.size() - 480) / 320 + 1);
  size_t detections = 0;
  for (const Heard& heard : wanted) detections += heard.detection.empty() ? 0 : 1;
  EXPECT_GE(detections, 2u);

  const std::vector<std::vector<size_t>> schedules = {{1},
                                                      {7},
                                                      {160},
                                                      {319},
                                                      {320},
                                                      {321},
                                                      {479},
                                                      {480},
                                                      {481},
                                                      {1000},
                                                      {1600},
                                                      {16000},
                                                      {3, 479, 1, 320, 319, 321, 17, 1024}};
  for (const std::vector<size_t>& schedule : schedules) {
    OwnedSpotter cut(model_, FakeResolver(), StandardConfig());
    EXPECT_TRUE(FeedAll(cut.spotter(), samples, schedule) == wanted) << schedule[0];
  }
}

TEST_F(KeywordSpotterTest, TellsTheEndOfTheAudioOfEachInference) {
  OwnedSpotter owned(model_, FakeResolver(), StandardConfig());
  const std::vector<int16_t> samples = NoiseBursts(1);
  KeywordSpotter::Result result;
  ASSERT_TRUE(owned.spotter().Feed(Span<const int16_t>(samples).subspan(0, 479), &result).ok());
  EXPECT_EQ(result.consumed, 479u);
  EXPECT_TRUE(result.scores.empty());
  EXPECT_EQ(result.recognized.label, -1);
  EXPECT_EQ(result.detection, nullptr);
  ASSERT_TRUE(owned.spotter().Feed(Span<const int16_t>(samples).subspan(479), &result).ok());
  EXPECT_EQ(result.consumed, 1u);
  EXPECT_EQ(result.scores.size(), 4u);
  EXPECT_EQ(result.time_ms, 30);
  ASSERT_TRUE(owned.spotter().Feed(Span<const int16_t>(samples).subspan(480), &result).ok());
  EXPECT_EQ(result.consumed, 320u);
  EXPECT_EQ(result.time_ms, 50);
  ASSERT_TRUE(owned.spotter().Feed({}, &result).ok());
  EXPECT_EQ(result.consumed, 0u);
  EXPECT_TRUE(result.scores.empty());
}

TEST_F(KeywordSpotterTest, KnowsItsNumbers) {
  OwnedSpotter owned(model_, FakeResolver(), StandardConfig());
  EXPECT_EQ(owned.spotter().input_ms(), 30 + 48 * 20);
  EXPECT_EQ(owned.spotter().label_count(), 4);
  EXPECT_EQ(owned.spotter().used_bytes(), owned.memory_size());
  EXPECT_GT(owned.spotter().arena_used_bytes(), 1960u);
  EXPECT_LT(owned.spotter().arena_used_bytes(), owned.spotter().used_bytes());
}

TEST_F(KeywordSpotterTest, DetectionsLieWhereTheSoundIs) {
  OwnedSpotter owned(model_, FakeResolver(), StandardConfig());
  const std::vector<int16_t> samples = NoiseBursts(2);  // The second second is loud.
  int detections = 0;
  for (const Heard& heard : FeedAll(owned.spotter(), samples, {512})) {
    if (heard.detection.empty()) continue;
    ++detections;
    EXPECT_EQ(heard.detection[0], 2);
    EXPECT_EQ(heard.detection[4], heard.time_ms);
    EXPECT_GE(heard.detection[3], 1000);
    EXPECT_LE(heard.detection[3], 2000);
  }
  EXPECT_EQ(detections, 1);
}

TEST_F(KeywordSpotterTest, ResetEqualsFresh) {
  const std::vector<int16_t> samples = NoiseBursts(4);
  OwnedSpotter used(model_, FakeResolver(), StandardConfig());
  FeedAll(used.spotter(), NoiseBursts(3, 99), {1000});
  used.spotter().Reset();
  OwnedSpotter fresh(model_, FakeResolver(), StandardConfig());
  EXPECT_TRUE(FeedAll(used.spotter(), samples, {512}) == FeedAll(fresh.spotter(), samples, {512}));
}

TEST_F(KeywordSpotterTest, MayBeMoved) {
  const std::vector<int16_t> samples = NoiseBursts(2);
  OwnedSpotter owned(model_, FakeResolver(), StandardConfig());
  KeywordSpotter moved = std::move(owned.spotter());
  OwnedSpotter stayed(model_, FakeResolver(), StandardConfig());
  EXPECT_TRUE(FeedAll(moved, samples, {512}) == FeedAll(stayed.spotter(), samples, {512}));
}

TEST_F(KeywordSpotterTest, SeveralStridesPerInference) {
  const std::vector<int16_t> samples = NoiseBursts(2);
  SpotterConfig config = StandardConfig();
  OwnedSpotter every(model_, FakeResolver(), config);
  config.strides_per_inference = 3;
  OwnedSpotter third(model_, FakeResolver(), config);
  const std::vector<Heard> all = FeedAll(every.spotter(), samples, {512});
  const std::vector<Heard> some = FeedAll(third.spotter(), samples, {512});
  ASSERT_EQ(some.size(), all.size() / 3);
  for (size_t i = 0; i < some.size(); ++i) {
    EXPECT_EQ(some[i].scores, all[3 * i + 2].scores);
    EXPECT_EQ(some[i].time_ms, all[3 * i + 2].time_ms);
  }
}

// A model that takes just the frames since the last inference.
TEST_F(KeywordSpotterTest, WindowsWithoutOverlap) {
  FakeModelOptions options;
  options.inputs[0].shape = {1, 3, 40};
  const AlignedBytes bytes = BuildFakeModel(options);
  Model model;
  ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
  SpotterConfig config = StandardConfig();
  config.stride_ms = 10;
  config.strides_per_inference = 3;
  OwnedSpotter owned(model, FakeResolver(), config);
  ASSERT_TRUE(owned.status().ok());
  EXPECT_EQ(owned.spotter().input_ms(), 50);
  const std::vector<Heard> all = FeedAll(owned.spotter(), NoiseBursts(1), {512});
  ASSERT_EQ(all.size(), ((16000 - 480) / 160 + 1) / 3u);
  EXPECT_EQ(all[0].time_ms, 50);
  EXPECT_EQ(all[1].time_ms, 80);
}

// The model sees the front end's features, oldest first, newest last.
TEST_F(KeywordSpotterTest, FillsTheWindow) {
  const std::vector<int16_t> samples = NoiseBursts(2);
  AlignedBytes frontend_memory(Frontend::RequiredBytes(kStandardTables));
  Frontend frontend;
  ASSERT_TRUE(Frontend::Create(kStandardTables, 320, frontend_memory.span(), &frontend).ok());
  std::vector<int8_t> window(49 * 40, -128);
  std::vector<uint8_t> wanted;
  for (Span<const int16_t> rest = samples; !rest.empty();) {
    const Frontend::Result frame = frontend.Process(rest);
    rest = rest.subspan(frame.consumed);
    if (frame.features.empty()) continue;
    window.erase(window.begin(), window.begin() + 40);
    for (const uint16_t feature : frame.features) window.push_back(QuantizeFeature(feature));
    wanted.push_back(FakeHash(window));
  }
  OwnedSpotter owned(model_, FakeResolver(), StandardConfig());
  const std::vector<Heard> all = FeedAll(owned.spotter(), samples, {512});
  ASSERT_EQ(all.size(), wanted.size());
  for (size_t i = 0; i < all.size(); ++i) EXPECT_EQ(all[i].scores[3], wanted[i]) << i;
}

TEST_F(KeywordSpotterTest, IsUnusableUntilCreated) {
  KeywordSpotter spotter;
  KeywordSpotter::Result result;
  const int16_t samples[1000] = {};
  EXPECT_EQ(spotter.Feed(samples, &result).code, StatusCode::kFailedPrecondition);
  EXPECT_EQ(result.consumed, 0u);
  spotter.Reset();
  EXPECT_EQ(spotter.label_count(), 0);
}

TEST_F(KeywordSpotterTest, AnyTooSmallBlockIsRefused) {
  OwnedSpotter owned(model_, FakeResolver(), StandardConfig());
  const size_t needed = owned.spotter().used_bytes();
  for (size_t size = 0; size < needed; size = size + 13 < needed ? size + 13 : needed - 1) {
    AlignedBytes memory(size);
    KeywordSpotter spotter;
    const Status status =
        KeywordSpotter::Create(model_, FakeResolver(), StandardConfig(), memory.span(), &spotter);
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size;
    ASSERT_EQ(status.unit, StatusUnit::kBytes);
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_GT(status.wanted, static_cast<int32_t>(size));
    ASSERT_LE(status.wanted, static_cast<int32_t>(needed));
    KeywordSpotter::Result result;
    ASSERT_EQ(spotter.Feed({}, &result).code, StatusCode::kFailedPrecondition);
    if (size == needed - 1) break;
  }
  AlignedBytes memory(needed);
  KeywordSpotter spotter;
  EXPECT_TRUE(
      KeywordSpotter::Create(model_, FakeResolver(), StandardConfig(), memory.span(), &spotter)
          .ok());
}

TEST_F(KeywordSpotterTest, MemoryMustBeAligned) {
  AlignedBytes memory(1 << 16);
  KeywordSpotter spotter;
  for (const size_t offset : {1u, 4u, 8u, 15u}) {
    const Status status = KeywordSpotter::Create(model_, FakeResolver(), StandardConfig(),
                                                 memory.span().subspan(offset), &spotter);
    EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
    EXPECT_EQ(status.found, static_cast<int32_t>(offset));
    EXPECT_EQ(status.wanted, 16);
  }
}

TEST_F(KeywordSpotterTest, TheModelMustBeLoaded) {
  OwnedSpotter owned(Model(), FakeResolver(), StandardConfig());
  EXPECT_EQ(owned.status().code, StatusCode::kInvalidArgument);
  EXPECT_EQ(owned.status().subject, StatusSubject::kModel);
}

// ---- configurations and models that are refused
// ---------------------------------------------------

struct Refused {
  const char* name;
  std::function<void(SpotterConfig&, FakeModelOptions&)> change;
  StatusCode code;
  StatusSubject subject;
  const char* what;
  int32_t found;
  int32_t wanted;
};

constexpr StatusCode kInvalid = StatusCode::kInvalidArgument;
constexpr StatusCode kUnsupported = StatusCode::kUnsupported;

const Refused kRefused[] = {
    {"NoTables", [](auto& config, auto&) { config.tables = nullptr; }, kInvalid,
     StatusSubject::kFrontend, "no tables", 0, 1},
    {"NoStride", [](auto& config, auto&) { config.stride_ms = 0; }, kInvalid,
     StatusSubject::kFrontend, "stride_ms", 0, 1},
    {"EndlessStride", [](auto& config, auto&) { config.stride_ms = 1001; }, kInvalid,
     StatusSubject::kFrontend, "stride_ms", 1001, 1000},
    {"NoStridesPerInference", [](auto& config, auto&) { config.strides_per_inference = 0; },
     kInvalid, StatusSubject::kModel, "strides_per_inference", 0, 1},
    {"MoreStridesThanFrames", [](auto& config, auto&) { config.strides_per_inference = 50; },
     kInvalid, StatusSubject::kModel, "strides_per_inference", 50, 49},
    {"OtherLabelCount", [](auto& config, auto&) { config.label_count = 5; }, kUnsupported,
     StatusSubject::kModel, "output: elements (wanted: one per label)", 4, 5},
    {"Recognizer", [](auto& config, auto&) { config.recognizer.minimum_count = 0; }, kInvalid,
     StatusSubject::kRecognizer, "minimum_count", 0, 1},
    {"TwoInputs", [](auto&, auto& model) { model.inputs.push_back(model.inputs[0]); }, kUnsupported,
     StatusSubject::kModel, "inputs", 2, 1},
    {"NoInput", [](auto&, auto& model) { model.inputs.clear(); }, kUnsupported,
     StatusSubject::kModel, "inputs", 0, 1},
    {"TwoOutputs", [](auto&, auto& model) { model.outputs.push_back(model.outputs[0]); },
     kUnsupported, StatusSubject::kModel, "outputs", 2, 1},
    {"OtherChannels",
     [](auto&, auto& model) {
       model.inputs[0].shape = {1, 49, 32, 1};
     },
     kUnsupported, StatusSubject::kModel, "input: innermost extent (wanted: the channels)", 32, 40},
    {"EndlessWindow",
     [](auto&, auto& model) {
       model.inputs[0].shape = {10001, 40};
     },
     kUnsupported, StatusSubject::kModel, "input: frames", 10001, 10000},
    {"OtherFeatures", [](auto&, auto& model) { model.inputs[0].zero_points = {0}; }, kUnsupported,
     StatusSubject::kModel, "input: zero point", 0, -128},
    {"OtherScores", [](auto&, auto& model) { model.outputs[0].scales = {0.5f}; }, kUnsupported,
     StatusSubject::kModel, "output: scale, in millionths", 500000, 3906},
    {"UnknownOperator", [](auto&, auto& model) { model.op = BuiltinOperator::SOFTMAX; },
     kUnsupported, StatusSubject::kOperator, "no kernel is registered for",
     static_cast<int32_t>(BuiltinOperator::SOFTMAX), static_cast<int32_t>(TensorType::INT8)},
};

class SpotterConfigTest : public ::testing::TestWithParam<Refused> {};

TEST_P(SpotterConfigTest, IsRefused) {
  SpotterConfig config = StandardConfig();
  FakeModelOptions options;
  GetParam().change(config, options);
  const AlignedBytes bytes = BuildFakeModel(options);
  Model model;
  ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
  OwnedSpotter owned(model, FakeResolver(), config);
  EXPECT_EQ(owned.status().code, GetParam().code);
  EXPECT_EQ(owned.status().subject, GetParam().subject);
  EXPECT_STREQ(owned.status().what, GetParam().what);
  EXPECT_EQ(owned.status().found, GetParam().found);
  EXPECT_EQ(owned.status().wanted, GetParam().wanted);
  KeywordSpotter::Result result;
  EXPECT_EQ(owned.spotter().Feed({}, &result).code, StatusCode::kFailedPrecondition);
  EXPECT_EQ(owned.spotter().used_bytes(), 0u);
  EXPECT_EQ(owned.spotter().input_ms(), 0);
}

INSTANTIATE_TEST_SUITE_P(All, SpotterConfigTest, ::testing::ValuesIn(kRefused),
                         [](const auto& test) { return test.param.name; });

TEST_F(KeywordSpotterTest, AStrideBeyondTheFrontEndsWindowIsRefused) {
  SpotterConfig config = StandardConfig();
  config.stride_ms = 40;
  OwnedSpotter owned(model_, FakeResolver(), config);
  EXPECT_EQ(owned.status().code, StatusCode::kInvalidArgument);
  EXPECT_EQ(owned.status().subject, StatusSubject::kFrontend);
}

TEST_F(KeywordSpotterTest, StridesAreWholeSamples) {
  FrontendTables tables = kStandardTables;
  tables.sample_rate_hz = 11025;
  SpotterConfig config = StandardConfig();
  config.tables = &tables;
  OwnedSpotter owned(model_, FakeResolver(), config);
  EXPECT_EQ(owned.status().code, StatusCode::kInvalidArgument);
  EXPECT_EQ(owned.status().subject, StatusSubject::kFrontend);
  EXPECT_EQ(owned.status().found, 500);
}

}  // namespace
}  // namespace earshot
