// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/log_mel_spotter.h"

#include <gtest/gtest.h>

#include <vector>

#include "earshot/app/any_spotter.h"
#include "earshot/earshot.h"
#include "earshot/models/enough_memory.h"
#include "tests/app/spotter_fixture.h"
#include "tests/support/log_mel_oracle.h"

namespace earshot {
namespace {

constexpr float kScale = 0.0037010426f;  // Of the benchmark's own model.
constexpr size_t kStride = 512;
constexpr size_t kFrames = 30;
constexpr size_t kChannels = test::kOracleChannels;

// A spotter of any class in exactly the memory that it needs.
template <typename AnyOf>
class Owned {
 public:
  Owned(const Model& model, const SpotterConfig& config) {
    const auto create = [&](Span<uint8_t> memory) {
      return AnyOf::Create(model, FakeResolver(), config, memory, &spotter_);
    };
    status_ = CreateInEnoughMemory("model", create, &memory_);
  }
  const Status& status() const { return status_; }
  AnyOf& spotter() { return spotter_; }
  size_t memory_size() const { return memory_.size(); }

 private:
  AlignedBytes memory_;
  AnyOf spotter_;
  Status status_;
};

class LogMelSpotterTest : public testing::Test {
 protected:
  LogMelSpotterTest() {
    FakeModelOptions options;
    options.inputs = {{{1, 30, 1, 40}, TensorType::INT8, {kScale}, {-128}}};
    bytes_ = BuildFakeModel(options);
    EXPECT_TRUE(Model::Load(bytes_.span(), &model_).ok());
    config_.tables = &kLogMelTables;
    config_.stride_ms = 32;
    config_.label_count = 4;
  }

  template <typename AnyOf>
  std::vector<Heard> HearAll(AnyOf& spotter, Span<const int16_t> samples) {
    std::vector<Heard> all;
    while (!samples.empty()) {
      typename AnyOf::Result result;
      EXPECT_TRUE(spotter.Feed(samples, &result).ok());
      if (result.consumed == 0) return {};
      if (!result.scores.empty()) all.push_back(Record(result));
      samples = samples.subspan(result.consumed);
    }
    return all;
  }

  AlignedBytes bytes_;
  Model model_;
  SpotterConfig config_;
};

// The fourth score depends on every byte of the input: it is the definition's features.
TEST_F(LogMelSpotterTest, TheModelSeesTheLatestFrames) {
  const std::vector<int16_t> samples = NoiseBursts(3);
  Owned<LogMelSpotter> owned(model_, config_);
  ASSERT_TRUE(owned.status().ok()) << owned.status().what;
  Interpreter& interpreter = owned.spotter().interpreter();
  Span<const int16_t> rest(samples);
  size_t frame = 0;
  int differing = 0;
  while (true) {
    LogMelSpotter::Result result;
    ASSERT_TRUE(owned.spotter().Feed(rest, &result).ok());
    rest = rest.subspan(result.consumed);
    if (result.scores.empty()) break;
    EXPECT_EQ(result.time_ms, 64 + 32 * static_cast<int64_t>(frame));
    const size_t begin = frame * kStride;
    const std::vector<double> wanted =
        test::LogMelOracle(Span<const int16_t>(samples).subspan(begin, test::kOracleWindow),
                           begin == 0 ? int16_t{0} : samples[begin - 1]);
    const Span<int8_t> input = interpreter.input(0).as<int8_t>();
    for (size_t c = 0; c < kChannels; ++c) {
      const int found = input[(kFrames - 1) * kChannels + c];
      EXPECT_NEAR(found, test::LogMelInt8(wanted[c], kScale), 1);
      differing += found == test::LogMelInt8(wanted[c], kScale) ? 0 : 1;
    }
    // What has not been heard is silence.
    if (frame + 1 < kFrames) {
      EXPECT_EQ(input[0], -128);
    }
    ++frame;
  }
  EXPECT_EQ(frame, (samples.size() - test::kOracleWindow) / kStride + 1);
  EXPECT_LE(differing, static_cast<int>(frame * kChannels / 100));
}

TEST_F(LogMelSpotterTest, AnySpotterHearsTheSame) {
  const std::vector<int16_t> samples = NoiseBursts(4);
  Owned<LogMelSpotter> one(model_, config_);
  Owned<AnySpotter> any(model_, config_);
  ASSERT_TRUE(any.status().ok()) << any.status().what;
  EXPECT_EQ(any.memory_size(), one.memory_size());
  const std::vector<Heard> heard = HearAll(one.spotter(), samples);
  EXPECT_EQ(HearAll(any.spotter(), samples), heard);
  EXPECT_GT(heard.size(), 100u);
  any.spotter().Reset();
  EXPECT_EQ(HearAll(any.spotter(), samples), heard);
}

TEST_F(LogMelSpotterTest, AnySpotterHearsThroughTheOtherFrontEndToo) {
  const AlignedBytes bytes = BuildFakeModel({});
  Model model;
  ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
  const std::vector<int16_t> samples = NoiseBursts(3);
  Owned<KeywordSpotter> one(model, StandardConfig());
  Owned<AnySpotter> any(model, StandardConfig());
  ASSERT_TRUE(any.status().ok()) << any.status().what;
  EXPECT_EQ(any.memory_size(), one.memory_size());
  EXPECT_EQ(HearAll(any.spotter(), samples), HearAll(one.spotter(), samples));
}

// The front end works where activations will be, here as with the other one.
TEST_F(LogMelSpotterTest, TakesLittleMoreThanItsFrontEnd) {
  Owned<LogMelSpotter> owned(model_, config_);
  ASSERT_TRUE(owned.status().ok());
  const size_t front_end = LogMelFrontend::RequiredBytes(kLogMelTables);
  EXPECT_LT(owned.memory_size(), front_end + kFrames * kChannels + 1000);
  EXPECT_EQ(owned.spotter().used_bytes(), owned.memory_size());
  EXPECT_EQ(owned.spotter().input_ms(), 64 + 29 * 32);
}

// A model of one front end on the other: the scale of its input tells.
TEST_F(LogMelSpotterTest, ModelsOfTheOtherFrontEndAreRefused) {
  config_.tables = &kStandardTables;
  config_.stride_ms = 20;
  Owned<KeywordSpotter> standard(model_, config_);
  EXPECT_EQ(standard.status().code, StatusCode::kUnsupported);
  EXPECT_STREQ(standard.status().what, "input: scale, in millionths");
  const AlignedBytes bytes = BuildFakeModel({});
  Model model;
  ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
  config_.tables = &kLogMelTables;
  Owned<LogMelSpotter> log_mel(model, config_);
  EXPECT_EQ(log_mel.status().code, StatusCode::kUnsupported);
  EXPECT_STREQ(log_mel.status().what, "input: scale, in millionths");
}

TEST_F(LogMelSpotterTest, OtherTablesAreRefused) {
  config_.tables = &kStandardTables;
  Owned<LogMelSpotter> owned(model_, config_);
  EXPECT_EQ(owned.status().code, StatusCode::kInvalidArgument);
  EXPECT_STREQ(owned.status().what, "tables: not those of the log mel front end");
}

// In C a model names its front end; without, it is the standard one, which refuses the model.
TEST_F(LogMelSpotterTest, CProgramsNameTheFrontEnd) {
  const char* labels[] = {"silence", "unknown", "yes", "no"};
  earshot_config config = {};
  config.struct_bytes = sizeof(config);
  ASSERT_EQ(earshot_default_config(&config).code, EARSHOT_OK);
  config.stride_ms = 32;
  earshot_model model = {};
  model.struct_bytes = sizeof(model);
  model.bytes = bytes_.span().data();
  model.size = bytes_.size();
  model.labels = labels;
  model.label_count = 4;
  model.config = &config;
  model.kernels = reinterpret_cast<const earshot_kernels*>(&FakeResolver());
  AlignedBytes memory(40000);
  earshot_spotter* spotter = nullptr;
  EXPECT_EQ(earshot_spotter_create(&model, memory.span().data(), memory.size(), &spotter).code,
            EARSHOT_UNSUPPORTED);
  model.frontend = earshot_log_mel_frontend();
  size_t bytes = 0;
  ASSERT_EQ(earshot_spotter_bytes(&model, memory.span().data(), memory.size(), &bytes).code,
            EARSHOT_OK);
  EXPECT_EQ(earshot_spotter_create(&model, memory.span().data(), bytes - 1, &spotter).wanted,
            static_cast<int32_t>(bytes));
  ASSERT_EQ(earshot_spotter_create(&model, memory.span().data(), bytes, &spotter).code, EARSHOT_OK);

  Owned<LogMelSpotter> owned(model_, config_);
  const std::vector<int16_t> samples = NoiseBursts(3);
  const std::vector<Heard> wanted = HearAll(owned.spotter(), samples);
  for (int turn = 0; turn < 2; ++turn) {
    size_t inferences = 0;
    for (size_t begin = 0; begin < samples.size();) {
      earshot_result result = {};
      result.struct_bytes = sizeof(result);
      ASSERT_EQ(
          earshot_spotter_feed(spotter, &samples[begin], samples.size() - begin, &result).code,
          EARSHOT_OK);
      begin += result.consumed;
      if (result.scores == nullptr) continue;
      ASSERT_LT(inferences, wanted.size());
      EXPECT_EQ(std::vector<uint8_t>(result.scores, result.scores + 4),
                wanted[inferences++].scores);
    }
    EXPECT_EQ(inferences, wanted.size());
    earshot_spotter_reset(spotter);
  }
}

TEST_F(LogMelSpotterTest, ADetectorChecksTheFrame) {
  AlignedBytes memory;
  KeywordDetector detector;
  const auto create = [&](Span<uint8_t> bytes) {
    return KeywordDetector::CreateLogMel(model_, FakeResolver(), config_, 0, bytes, &detector);
  };
  KeywordDetector::Result result;
  const std::vector<uint16_t> frame(kChannels, 32768);
  EXPECT_EQ(detector.HearLogMel(frame, &result).code, StatusCode::kFailedPrecondition);
  ASSERT_TRUE(CreateInEnoughMemory("model", create, &memory).ok());
  const Status shorter = detector.HearLogMel(Span<const uint16_t>(frame).subspan(1), &result);
  EXPECT_EQ(shorter.code, StatusCode::kInvalidArgument);
  EXPECT_EQ(shorter.found, 39);
  ASSERT_TRUE(detector.HearLogMel(frame, &result).ok());
  EXPECT_EQ(detector.interpreter().input(0).as<int8_t>()[kFrames * kChannels - 1], 127);
}

}  // namespace
}  // namespace earshot
