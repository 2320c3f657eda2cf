// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/keyword_detector.h"

#include <gtest/gtest.h>

#include <vector>

#include "earshot/models/enough_memory.h"
#include "tests/app/spotter_fixture.h"

namespace earshot {
namespace {

constexpr int32_t kStrideSamples = 320;

// A detector with its memory.
class OwnedDetector {
 public:
  OwnedDetector(const Model& model, const SpotterConfig& config, size_t idle_bytes = 0) {
    const auto create = [&](Span<uint8_t> memory) {
      return KeywordDetector::Create(model, FakeResolver(), config, idle_bytes, memory, &detector_);
    };
    status_ = CreateInEnoughMemory("model", create, &memory_);
  }

  const Status& status() const { return status_; }
  KeywordDetector& detector() { return detector_; }
  size_t memory_size() const { return memory_.size(); }

 private:
  AlignedBytes memory_;
  KeywordDetector detector_;
  Status status_;
};

class KeywordDetectorTest : public ::testing::Test {
 protected:
  KeywordDetectorTest() { EXPECT_TRUE(Model::Load(bytes_.span(), &model_).ok()); }

  // By a front end of its own that works in `working`.
  std::vector<Heard> HearAll(KeywordDetector& detector, Span<const int16_t> samples,
                             Span<uint8_t> working) {
    AlignedBytes state(Frontend::StateBytes(kStandardTables));
    Frontend frontend;
    EXPECT_TRUE(
        Frontend::Create(kStandardTables, kStrideSamples, state.span(), working, &frontend).ok());
    std::vector<Heard> all;
    while (!samples.empty()) {
      const Frontend::Result frame = frontend.Process(samples);
      samples = samples.subspan(frame.consumed);
      if (frame.features.empty()) continue;
      KeywordDetector::Result result;
      EXPECT_TRUE(detector.Hear(frame.features, &result).ok());
      if (!result.scores.empty()) all.push_back(Record(result));
    }
    return all;
  }

  const AlignedBytes bytes_ = BuildFakeModel({});
  const std::vector<int16_t> samples_ = NoiseBursts(6);
  Model model_;
};

// With a front end before it a detector is a spotter, whoever owns the front end's working memory.
TEST_F(KeywordDetectorTest, HearsWhatASpotterHears) {
  SpotterConfig config = StandardConfig();
  config.strides_per_inference = 3;
  OwnedSpotter spotter(model_, FakeResolver(), config);
  const std::vector<Heard> wanted = FeedAll(spotter.spotter(), samples_, {samples_.size()});
  ASSERT_EQ(wanted.size(), 99u);

  AlignedBytes working(Frontend::WorkingBytes(kStandardTables));
  OwnedDetector apart(model_, config);
  ASSERT_TRUE(apart.status().ok());
  EXPECT_TRUE(apart.detector().idle_memory().empty());
  EXPECT_TRUE(HearAll(apart.detector(), samples_, working.span()) == wanted);

  OwnedDetector lent(model_, config, working.size());
  ASSERT_TRUE(lent.status().ok());
  EXPECT_EQ(lent.detector().idle_memory().size(), working.size());
  EXPECT_TRUE(HearAll(lent.detector(), samples_, lent.detector().idle_memory()) == wanted);
  EXPECT_LT(apart.detector().used_bytes(), spotter.spotter().used_bytes());
}

TEST_F(KeywordDetectorTest, ResetEqualsFresh) {
  AlignedBytes working(Frontend::WorkingBytes(kStandardTables));
  OwnedDetector used(model_, StandardConfig());
  HearAll(used.detector(), NoiseBursts(3, 99), working.span());
  used.detector().Reset();
  OwnedDetector fresh(model_, StandardConfig());
  EXPECT_TRUE(HearAll(used.detector(), samples_, working.span()) ==
              HearAll(fresh.detector(), samples_, working.span()));
}

TEST_F(KeywordDetectorTest, AFrameOfAnotherFrontEndIsRefused) {
  OwnedDetector owned(model_, StandardConfig());
  const std::vector<uint16_t> features(41, 100);
  KeywordDetector::Result result;
  for (const size_t count : {0, 39, 41}) {
    const Status status =
        owned.detector().Hear(Span<const uint16_t>(features).subspan(0, count), &result);
    EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
    EXPECT_EQ(status.subject, StatusSubject::kFrontend);
    EXPECT_EQ(status.found, static_cast<int32_t>(count));
    EXPECT_EQ(status.wanted, 40);
    EXPECT_TRUE(result.scores.empty());
  }
  // And was not heard: the first frame comes now.
  ASSERT_TRUE(owned.detector().Hear(Span<const uint16_t>(features).subspan(0, 40), &result).ok());
  EXPECT_EQ(result.time_ms, 30);
}

TEST_F(KeywordDetectorTest, TablesThatCannotBeAreRefused) {
  FrontendTables tables = kStandardTables;
  SpotterConfig config = StandardConfig();
  config.tables = &tables;
  tables.sample_rate_hz = 0;
  Status status = OwnedDetector(model_, config).status();
  EXPECT_EQ(status.code, StatusCode::kInvalidArgument);
  EXPECT_STREQ(status.what, "tables: sample_rate_hz");
  tables.sample_rate_hz = 16000;
  tables.filterbank.channels = 1025;
  status = OwnedDetector(model_, config).status();
  EXPECT_STREQ(status.what, "tables: channels");
  EXPECT_EQ(status.wanted, 1024);
}

// A model that ends early, since it waits for more input, has no answer, and no error.
TEST_F(KeywordDetectorTest, AModelThatWaitsGivesNoAnswer) {
  static int calls = 0;
  static constexpr Kernel kWaits = {KernelKey(BuiltinOperator::FULLY_CONNECTED, TensorType::INT8),
                                    [](PrepareContext&) { return Verdict::Ok(); },
                                    [](const InvokeContext& context) {
                                      if (++calls % 3 != 0) return context.EndInvoke();
                                      auto* scores = context.output<int8_t>(0);
                                      for (int i = 0; i < 4; ++i)
                                        scores[i] = static_cast<int8_t>(i);
                                    }};
  static constexpr const Kernel* kKernels[] = {&kWaits};
  const OperatorResolver resolver(kKernels);
  calls = 0;
  AlignedBytes memory(size_t{1} << 16);
  KeywordDetector detector;
  ASSERT_TRUE(
      KeywordDetector::Create(model_, resolver, StandardConfig(), 0, memory.span(), &detector)
          .ok());
  const std::vector<uint16_t> features(40, 100);
  for (int i = 1; i <= 12; ++i) {
    KeywordDetector::Result result;
    ASSERT_TRUE(detector.Hear(features, &result).ok());
    ASSERT_EQ(result.scores.size(), i % 3 == 0 ? 4u : 0u) << i;
    EXPECT_EQ(result.detection, nullptr);
  }
}

TEST_F(KeywordDetectorTest, IsUnusableUntilCreated) {
  KeywordDetector detector;
  EXPECT_FALSE(detector.ready());
  KeywordDetector::Result result;
  EXPECT_EQ(detector.Hear({}, &result).code, StatusCode::kFailedPrecondition);
  detector.Reset();
  OwnedDetector owned(Model(), StandardConfig());
  EXPECT_EQ(owned.status().code, StatusCode::kInvalidArgument);
  EXPECT_FALSE(owned.detector().ready());
}

TEST_F(KeywordDetectorTest, AnyTooSmallBlockIsRefused) {
  OwnedDetector owned(model_, StandardConfig());
  const size_t needed = owned.detector().used_bytes();
  EXPECT_EQ(needed, owned.memory_size());
  for (size_t size = 0; size < needed; ++size) {
    AlignedBytes memory(size);
    KeywordDetector detector;
    const Status status = KeywordDetector::Create(model_, FakeResolver(), StandardConfig(), 0,
                                                  memory.span(), &detector);
    ASSERT_EQ(status.code, StatusCode::kArenaTooSmall) << size;
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_GT(status.wanted, status.found);
    ASSERT_LE(status.wanted, static_cast<int32_t>(needed));
  }
}

}  // namespace
}  // namespace earshot
