// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C interface says what the C++ one says.

#include <gmock/gmock.h>

#include <cstring>
#include <string>
#include <vector>

#include "earshot/app/spotter_settings.h"
#include "earshot/earshot.h"
#include "tests/app/earshot_c99.h"
#include "tests/app/spotter_fixture.h"

namespace earshot {
namespace {

const char* const kLabels[] = {"silence", "unknown", "yes", "no"};

std::string TextOf(const earshot_status& status) {
  char text[EARSHOT_STATUS_TEXT_BYTES];
  return earshot_status_text(&status, text, sizeof(text));
}

class EarshotCTest : public ::testing::Test {
 protected:
  void SetUp() override {
    config_.struct_bytes = sizeof(config_);
    ASSERT_EQ(earshot_default_config(&config_).code, EARSHOT_OK);
    model_.struct_bytes = sizeof(model_);
    model_.bytes = bytes_.span().data();
    model_.size = bytes_.size();
    model_.labels = kLabels;
    model_.label_count = 4;
    model_.config = &config_;
    model_.kernels = reinterpret_cast<const earshot_kernels*>(&FakeResolver());
  }

  earshot_status Create(size_t size) {
    return earshot_spotter_create(&model_, pool_.span().data(), size, &spotter_);
  }

  AlignedBytes bytes_ = BuildFakeModel({});
  earshot_config config_ = {};
  earshot_model model_ = {};
  AlignedBytes pool_{1 << 16};
  earshot_spotter* spotter_ = nullptr;
};

void RecordResult(void* user, const earshot_result* result) {
  ASSERT_EQ(result->score_count, 4);
  Heard heard = {{result->scores, result->scores + 4}, result->time_ms, -1, 0, false, {}};
  if (result->detection != nullptr) {
    const earshot_detection& d = *result->detection;
    EXPECT_EQ(d.struct_bytes, sizeof(d));
    EXPECT_STREQ(d.label, kLabels[d.label_index]);
    heard.detection = {d.label_index, d.score, d.start_ms, d.end_ms, d.time_ms};
  }
  static_cast<std::vector<Heard>*>(user)->push_back(heard);
}

TEST_F(EarshotCTest, EqualsCpp) {
  const size_t bytes = c99_spotter_bytes(&model_, pool_.span().data(), pool_.size());
  ASSERT_GT(bytes, 0u);
  ASSERT_EQ(Create(bytes).code, EARSHOT_OK);
  const std::vector<int16_t> samples = NoiseBursts(6);
  std::vector<Heard> found;
  ASSERT_EQ(c99_feed(spotter_, samples.data(), samples.size(), &RecordResult, &found).code,
            EARSHOT_OK);

  Model model;
  ASSERT_TRUE(Model::Load(bytes_.span(), &model).ok());
  OwnedSpotter cpp(model, FakeResolver(), StandardConfig());
  std::vector<Heard> wanted = FeedAll(cpp.spotter(), samples, {512});
  ASSERT_EQ(found.size(), wanted.size());
  size_t detections = 0;
  for (size_t i = 0; i < found.size(); ++i) {
    EXPECT_EQ(found[i].scores, wanted[i].scores);
    EXPECT_EQ(found[i].time_ms, wanted[i].time_ms);
    EXPECT_EQ(found[i].detection, wanted[i].detection);
    detections += wanted[i].detection.empty() ? 0 : 1;
  }
  EXPECT_GE(detections, 2u);

  earshot_spotter_reset(spotter_);
  std::vector<Heard> again;
  c99_feed(spotter_, samples.data(), samples.size(), &RecordResult, &again);
  EXPECT_TRUE(again == found);
}

TEST_F(EarshotCTest, DefaultsAreThoseOfCpp) {
  const earshot_config& config = config_;
  const SpotterConfig spotter;
  EXPECT_EQ(config.stride_ms, spotter.stride_ms);
  EXPECT_EQ(config.strides_per_inference, spotter.strides_per_inference);
  EXPECT_EQ(config.average_window_ms, spotter.recognizer.average_window_ms);
  EXPECT_EQ(config.suppression_ms, spotter.recognizer.suppression_ms);
  EXPECT_EQ(config.minimum_count, spotter.recognizer.minimum_count);
  EXPECT_EQ(config.threshold, spotter.recognizer.threshold);
  EXPECT_EQ(config.release_threshold, spotter.recognizer.release_threshold);
  EXPECT_EQ(config.background_labels, spotter.recognizer.background_labels);
  EXPECT_EQ(config.context_ms, spotter.context_ms);
  EXPECT_EQ(config.warm_up_ms, spotter.recognizer.warm_up_ms);
  EXPECT_EQ(config.struct_bytes, sizeof(config));
}

TEST_F(EarshotCTest, NoConfigMeansTheDefaults) {
  const std::vector<int16_t> samples = NoiseBursts(4);
  std::vector<Heard> heard[2];
  for (const int run : {0, 1}) {
    model_.config = run == 0 ? &config_ : nullptr;
    ASSERT_EQ(Create(pool_.size()).code, EARSHOT_OK);
    c99_feed(spotter_, samples.data(), samples.size(), &RecordResult, &heard[run]);
  }
  ASSERT_FALSE(heard[0].empty());
  EXPECT_TRUE(heard[0] == heard[1]);
}

// A struct as a later version might have it.
template <typename Struct>
struct Later {
  Struct known = {};
  uint8_t added[8] = {};
};

TEST_F(EarshotCTest, StructsOfLaterVersionsAreTakenUnlessTheySayMore) {
  Later<earshot_model> model;
  Later<earshot_config> config;
  config.known = config_;
  config.known.struct_bytes = sizeof(config);
  model.known = model_;
  model.known.struct_bytes = sizeof(model);
  model.known.config = &config.known;
  const auto create = [&] {
    return earshot_spotter_create(&model.known, pool_.span().data(), pool_.size(), &spotter_);
  };
  EXPECT_EQ(create().code, EARSHOT_OK);
  config.added[7] = 1;
  EXPECT_EQ(TextOf(create()),
            "unsupported: model->config: what a later version added to it: found " +
                std::to_string(sizeof(config)) + ", wanted " + std::to_string(sizeof(config_)) +
                " bytes");
  config.added[7] = 0;
  model.added[0] = 1;
  EXPECT_EQ(create().code, EARSHOT_UNSUPPORTED);
  model.added[0] = 0;
  ASSERT_EQ(create().code, EARSHOT_OK);

  Later<earshot_result> result;
  result.known.struct_bytes = sizeof(result);
  result.added[7] = 1;
  const std::vector<int16_t> samples = NoiseBursts(1);
  EXPECT_EQ(earshot_spotter_feed(spotter_, samples.data(), samples.size(), &result.known).code,
            EARSHOT_OK);
  EXPECT_EQ(result.known.struct_bytes, sizeof(result));
  EXPECT_EQ(result.added[7], 0u);
  EXPECT_GT(result.known.consumed, 0u);

  config.added[7] = 1;
  EXPECT_EQ(earshot_default_config(&config.known).code, EARSHOT_OK);
  EXPECT_EQ(config.known.struct_bytes, sizeof(config));
  EXPECT_EQ(config.added[7], 0u);
}

TEST_F(EarshotCTest, StructsWithoutTheirSizeAreRefused) {
  earshot_config config = {};
  EXPECT_EQ(TextOf(earshot_default_config(&config)),
            "invalid argument: config->struct_bytes: found 0, wanted " +
                std::to_string(offsetof(earshot_config, warm_up_ms)) + " bytes");
  EXPECT_EQ(earshot_default_config(nullptr).code, EARSHOT_INVALID_ARGUMENT);
  model_.config = &config;
  EXPECT_THAT(TextOf(Create(pool_.size())),
              ::testing::StartsWith("invalid argument: model->config->struct_bytes: found 0"));
  model_.config = &config_;
  model_.struct_bytes = offsetof(earshot_model, placed_first) - 1;
  EXPECT_THAT(TextOf(Create(pool_.size())),
              ::testing::StartsWith("invalid argument: model->struct_bytes: found"));
  // A program of the first version has nothing behind that, so nothing is read there.
  model_.struct_bytes = offsetof(earshot_model, placed_first);
  model_.placed_first_count = SIZE_MAX;
  model_.placed_first = reinterpret_cast<const uint16_t*>(this);
  ASSERT_EQ(Create(pool_.size()).code, EARSHOT_OK);
  earshot_result result = {};
  result.consumed = 7;
  EXPECT_EQ(earshot_spotter_feed(spotter_, nullptr, 0, &result).code, EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(result.consumed, 7u);
}

TEST(EarshotCVersionTest, HeaderAndLibraryAgree) { EXPECT_EQ(earshot_version(), EARSHOT_VERSION); }

TEST_F(EarshotCTest, ConfigReachesTheRecognizer) {
  config_.threshold = 255;
  ASSERT_EQ(Create(pool_.size()).code, EARSHOT_OK);
  std::vector<Heard> heard;
  const std::vector<int16_t> samples = NoiseBursts(4);
  c99_feed(spotter_, samples.data(), samples.size(), &RecordResult, &heard);
  for (const Heard& inference : heard) EXPECT_TRUE(inference.detection.empty());
  config_.minimum_count = 0;
  EXPECT_EQ(TextOf(Create(pool_.size())),
            "invalid argument: recognizer: minimum_count: found 0, wanted 1");
}

// Each setting on its own, just below its range; all labels are background.
TEST_F(EarshotCTest, EverySettingOfAConfigCounts) {
  const earshot_config good = config_;
  const auto refuses = [&](const char* name) {
    EXPECT_THAT(TextOf(Create(pool_.size())),
                ::testing::HasSubstr(std::string(": ") + name + ": "));
    config_ = good;
  };
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, lowest, ...) \
  config_.name = static_cast<type>(int64_t{lowest} - 1);           \
  refuses(#name);
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, ...) \
  config_.name = static_cast<type>(int64_t{lowest} - 1);                             \
  refuses(SettingUnit::unit == SettingUnit::kLabels ? "labels that are not background" : #name);
#include "earshot/app/spotter_settings.inc"
}

TEST_F(EarshotCTest, ExactlyTheAnsweredBytesAreEnough) {
  const size_t needed = c99_spotter_bytes(&model_, pool_.span().data(), pool_.size());
  for (size_t size = 0; size < needed; size = size + 29 < needed ? size + 29 : needed - 1) {
    AlignedBytes memory(size);  // No larger, for sanitizers to see what lies beyond.
    const earshot_status status =
        earshot_spotter_create(&model_, memory.span().data(), size, &spotter_);
    ASSERT_EQ(status.code, EARSHOT_ARENA_TOO_SMALL) << size;
    ASSERT_EQ(spotter_, nullptr);
    ASSERT_EQ(status.found, static_cast<int32_t>(size));
    ASSERT_GT(status.wanted, static_cast<int32_t>(size));
    ASSERT_LE(status.wanted, static_cast<int32_t>(needed));
    if (size == needed - 1) break;
  }
  EXPECT_EQ(Create(needed).code, EARSHOT_OK);
  EXPECT_NE(spotter_, nullptr);
}

TEST_F(EarshotCTest, NullPointersAreRefused) {
  size_t bytes = 1;
  void* pool = pool_.span().data();
  EXPECT_EQ(TextOf(earshot_spotter_bytes(nullptr, nullptr, 0, &bytes)),
            "invalid argument: model is null");
  EXPECT_EQ(bytes, 0u);
  EXPECT_EQ(earshot_spotter_bytes(&model_, nullptr, 0, nullptr).code, EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(earshot_spotter_create(nullptr, pool, 1000, &spotter_).code, EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(earshot_spotter_create(&model_, pool, 1000, nullptr).code, EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(earshot_spotter_create(&model_, nullptr, 1000, &spotter_).code,
            EARSHOT_INVALID_ARGUMENT);
  earshot_result result = {};
  result.struct_bytes = sizeof(result);
  EXPECT_EQ(earshot_spotter_feed(nullptr, nullptr, 0, &result).code, EARSHOT_INVALID_ARGUMENT);
  earshot_spotter_reset(nullptr);

  ASSERT_EQ(Create(pool_.size()).code, EARSHOT_OK);
  EXPECT_EQ(earshot_spotter_feed(spotter_, nullptr, 1, &result).code, EARSHOT_INVALID_ARGUMENT);
  EXPECT_EQ(earshot_spotter_feed(spotter_, nullptr, 0, &result).code, EARSHOT_OK);
  EXPECT_EQ(earshot_spotter_feed(spotter_, nullptr, 0, nullptr).code, EARSHOT_INVALID_ARGUMENT);

  const char* const labels[] = {"silence", nullptr, "yes", "no"};
  earshot_model model = model_;
  model.labels = labels;
  EXPECT_EQ(earshot_spotter_create(&model, pool, 1000, &spotter_).code, EARSHOT_INVALID_ARGUMENT);
  for (const int part : {0, 1, 2}) {
    model = model_;
    if (part == 0) model.labels = nullptr;
    if (part == 1) model.bytes = nullptr;
    if (part == 2) model.kernels = nullptr;
    EXPECT_EQ(earshot_spotter_create(&model, pool, 1000, &spotter_).code, EARSHOT_INVALID_ARGUMENT);
    EXPECT_EQ(spotter_, nullptr);
  }
}

TEST_F(EarshotCTest, MisalignedMemoryIsRefused) {
  for (const size_t offset : {1u, 8u}) {
    EXPECT_EQ(earshot_spotter_create(&model_, pool_.span().data() + offset, 4096, &spotter_).code,
              EARSHOT_INVALID_ARGUMENT);
  }
}

TEST_F(EarshotCTest, DamagedModelsAreRefused) {
  bytes_.span()[4] = 'X';  // The file identifier.
  EXPECT_EQ(Create(pool_.size()).code, EARSHOT_INVALID_MODEL);
  EXPECT_EQ(spotter_, nullptr);
  size_t bytes = 1;
  EXPECT_EQ(earshot_spotter_bytes(&model_, nullptr, 0, &bytes).code, EARSHOT_INVALID_MODEL);
  EXPECT_EQ(bytes, 0u);
}

TEST_F(EarshotCTest, StatusTextFitsAnyRoom) {
  const earshot_status status = Create(0);
  char text[EARSHOT_STATUS_TEXT_BYTES];
  std::memset(text, 'x', sizeof(text));
  EXPECT_STREQ(earshot_status_text(&status, text, 8), "arena t");
  EXPECT_EQ(text[8], 'x');
  EXPECT_STREQ(earshot_status_text(&status, text, 0), "");
  EXPECT_STREQ(earshot_status_text(nullptr, text, 8), "");
  EXPECT_THAT(TextOf(status),
              ::testing::StartsWith("arena too small: arena: memory for the whole"));
}

}  // namespace
}  // namespace earshot
