// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Packed slots through the C interface.

#include <gmock/gmock.h>

#include <cstring>
#include <string>
#include <vector>

#include "earshot/app/log_mel_spotter.h"
#include "earshot/earshot.h"
#include "earshot/frontend/log_mel_tables.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/embedding/packed_model.h"
#include "tests/app/earshot_c99.h"
#include "tests/app/spotter_fixture.h"
#include "tests/kernels/exact_arithmetic.h"
#include "tests/support/golden.h"
#include "tests/support/model_builder.h"

namespace earshot {
namespace {

std::string TextOf(const earshot_status& status) {
  char text[EARSHOT_STATUS_TEXT_BYTES];
  return earshot_status_text(&status, text, sizeof(text));
}

// The samples of a WAV file that is 16 kHz, mono, 16 bits, with nothing but its header before them.
std::vector<int16_t> ReadSamples(const std::string& path) {
  constexpr size_t kHeaderBytes = 44;
  const std::vector<uint8_t> bytes = test::ReadBytes(path);
  std::vector<int16_t> samples((bytes.size() - kHeaderBytes) / sizeof(int16_t));
  std::memcpy(samples.data(), bytes.data() + kHeaderBytes, samples.size() * sizeof(int16_t));
  return samples;
}

// The shipped model that remembers, as a file and as what `earshot pack` makes of it.
class EarshotCSlotTest : public ::testing::Test {
 protected:
  earshot_status Open(size_t size) { return c99_open_slot(slot_.span().data(), size, &opened_); }

  // Calls the function itself, with structs as they should be, but for what `opened_` has.
  earshot_status OpenAgain(int32_t most_labels) {
    return earshot_open_slot(slot_.span().data(), slot_.size(), opened_.labels, most_labels,
                             &opened_.config, &opened_.model);
  }

  const SpotterModel model_ =
      LoadSpotterModel(test::SourcePath("models/yes_no_streaming/model.tflite"));
  AlignedBytes slot_ = PackModel(model_).bytes;
  c99_slot_model opened_;
};

void RecordDetection(void* user, const earshot_result* result) {
  if (result->detection == nullptr) return;
  const earshot_detection& d = *result->detection;
  static_cast<std::vector<std::string>*>(user)->push_back(
      std::string(d.label) + " " + std::to_string(d.score) + " " + std::to_string(d.start_ms) +
      " " + std::to_string(d.end_ms) + " " + std::to_string(d.time_ms));
}

// The program says which front end it has; a slot for another one is none for it.
TEST_F(EarshotCSlotTest, SlotsForAnotherFrontEndAreRefused) {
  ASSERT_EQ(Open(slot_.size()).code, EARSHOT_OK);
  opened_.model.frontend = earshot_log_mel_frontend();
  EXPECT_EQ(OpenAgain(16).code, EARSHOT_UNSUPPORTED);
  opened_.model.frontend = nullptr;
  EXPECT_EQ(OpenAgain(16).code, EARSHOT_OK);
}

TEST_F(EarshotCSlotTest, HearsWhatItsModelHears) {
  ASSERT_EQ(Open(slot_.size()).code, EARSHOT_OK);
  AlignedBytes pool(1 << 16);
  const size_t bytes = c99_spotter_bytes(&opened_.model, pool.span().data(), pool.size());
  earshot_spotter* spotter = nullptr;
  const earshot_status created =
      earshot_spotter_create(&opened_.model, pool.span().data(), bytes, &spotter);
  ASSERT_EQ(created.code, EARSHOT_OK) << TextOf(created);
  const std::vector<int16_t> samples =
      ReadSamples(test::SourcePath("audio_samples/streams/pink_20db.wav"));
  std::vector<std::string> found;
  EXPECT_EQ(c99_feed(spotter, samples.data(), samples.size(), &RecordDetection, &found).code,
            EARSHOT_OK);

  OwnedSpotter cpp(model_.model, AllKernelsResolver(), model_.config);
  std::vector<std::string> wanted;
  for (const Heard& heard : FeedAll(cpp.spotter(), samples, {512})) {
    if (heard.detection.empty()) continue;
    std::string text = model_.labels[static_cast<size_t>(heard.detection[0])];
    for (size_t i = 1; i < heard.detection.size(); ++i) {
      text += " " + std::to_string(heard.detection[i]);
    }
    wanted.push_back(text);
  }
  EXPECT_GE(wanted.size(), 3u);
  EXPECT_EQ(found, wanted);
}

TEST_F(EarshotCSlotTest, LabelsAndModelLieInTheSlot) {
  ASSERT_EQ(Open(slot_.size()).code, EARSHOT_OK);
  const auto lies_in_slot = [this](const void* place) {
    const auto* byte = static_cast<const uint8_t*>(place);
    return byte >= slot_.span().begin() && byte < slot_.span().end();
  };
  ASSERT_EQ(opened_.model.label_count, 4);
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(opened_.model.labels[i], model_.labels[static_cast<size_t>(i)]);
    EXPECT_TRUE(lies_in_slot(opened_.model.labels[i]));
  }
  EXPECT_EQ(opened_.model.size, model_.model.bytes().size());
  EXPECT_TRUE(lies_in_slot(opened_.model.bytes));
  EXPECT_EQ(opened_.model.config, &opened_.config);
  EXPECT_EQ(opened_.model.kernels, earshot_all_kernels());
  EXPECT_EQ(opened_.config.struct_bytes, sizeof(opened_.config));
#define EARSHOT_SPOTTER_SETTING(type, name, ...) EXPECT_EQ(opened_.config.name, model_.config.name);
#define EARSHOT_RECOGNIZER_SETTING(type, name, ...) \
  EXPECT_EQ(opened_.config.name, model_.config.recognizer.name);
#include "earshot/app/spotter_settings.inc"
}

// What lies behind a slot in its region does not matter.
TEST_F(EarshotCSlotTest, ARegionMayBeLonger) {
  AlignedBytes region(slot_.size() + 1000);
  std::memcpy(region.span().data(), slot_.span().data(), slot_.size());
  EXPECT_EQ(c99_open_slot(region.span().data(), region.size(), &opened_).code, EARSHOT_OK);
  EXPECT_EQ(opened_.model.size, model_.model.bytes().size());
}

TEST_F(EarshotCSlotTest, TooFewLabelsAreCounted) {
  ASSERT_EQ(Open(slot_.size()).code, EARSHOT_OK);
  for (const int32_t most : {3, 0, -1}) {
    const earshot_status status = OpenAgain(most);
    EXPECT_EQ(TextOf(status), "invalid argument: most_labels: the slot has more: found " +
                                  std::to_string(most) + ", wanted 4");
    EXPECT_EQ(status.wanted, 4);
  }
  EXPECT_EQ(OpenAgain(4).code, EARSHOT_OK);
}

TEST_F(EarshotCSlotTest, WhatIsNoSlotChangesNothing) {
  slot_.span()[slot_.size() / 2] ^= 1;
  EXPECT_EQ(TextOf(Open(slot_.size())),
            "invalid model: model: slot: damaged or half written (CRC-32)");
  EXPECT_EQ(opened_.model.bytes, nullptr);
  EXPECT_EQ(opened_.model.label_count, 0);
  EXPECT_EQ(opened_.model.config, nullptr);
  EXPECT_EQ(opened_.config.stride_ms, 0);
  EXPECT_EQ(Open(0).code, EARSHOT_INVALID_MODEL);
  EXPECT_EQ(Open(100).code, EARSHOT_INVALID_MODEL);
  EXPECT_EQ(c99_open_slot(slot_.span().data() + 4, slot_.size() - 4, &opened_).code,
            EARSHOT_INVALID_ARGUMENT);
}

TEST_F(EarshotCSlotTest, WrongArgumentsAreRefused) {
  ASSERT_EQ(Open(slot_.size()).code, EARSHOT_OK);
  const void* slot = slot_.span().data();
  const auto text = [&](const void* bytes, const char** labels, earshot_config* config,
                        earshot_model* model) {
    return TextOf(earshot_open_slot(bytes, slot_.size(), labels, 4, config, model));
  };
  EXPECT_EQ(text(nullptr, opened_.labels, &opened_.config, &opened_.model),
            "invalid argument: slot is null");
  EXPECT_EQ(text(slot, nullptr, &opened_.config, &opened_.model),
            "invalid argument: labels is null");
  EXPECT_EQ(text(slot, opened_.labels, nullptr, &opened_.model),
            "invalid argument: config is null");
  EXPECT_EQ(text(slot, opened_.labels, &opened_.config, nullptr),
            "invalid argument: model is null");
  earshot_config config = {};
  EXPECT_THAT(text(slot, opened_.labels, &config, &opened_.model),
              ::testing::StartsWith("invalid argument: config->struct_bytes: found 0"));
  earshot_model model = {};
  EXPECT_THAT(text(slot, opened_.labels, &opened_.config, &model),
              ::testing::StartsWith("invalid argument: model->struct_bytes: found 0"));
}

// A layer on 30 frames of the log mel front end, as SpotterModel.
SpotterModel LogMelModel() {
  test::Random random(1);
  test::ModelBuilder builder;
  const int input = builder.AddTensor({{1, 30, 1, 40}, TensorType::INT8, {0.0037f}, {-128}});
  const int weights = builder.AddTensor(
      {{4, 1200}, TensorType::INT8, {0.01f}, {0}, test::BytesOf(random.Int8(4 * 1200))});
  const int output = builder.AddTensor({{1, 4}, TensorType::INT8, {1.0f / 256}, {-128}});
  builder.AddOperator(BuiltinOperator::FULLY_CONNECTED, {input, weights, -1}, {output},
                      test::FullyConnectedOptions());
  builder.SetInputs({input});
  builder.SetOutputs({output});
  SpotterModel model;
  model.name = model.origin = "log mel";
  model.file = builder.Build();
  EXPECT_TRUE(Model::Load(model.file.span(), &model.model).ok());
  model.labels = {"silence", "unknown", "yes", "no"};
  model.config.tables = &kLogMelTables;
  model.config.stride_ms = 32;
  model.config.label_count = 4;
  return model;
}

void RecordScores(void* user, const earshot_result* result) {
  auto* all = static_cast<std::vector<std::vector<uint8_t>>*>(user);
  all->emplace_back(result->scores, result->scores + 4);
}

TEST(EarshotCLogMelSlotTest, HearsWhatItsModelHears) {
  const SpotterModel model = LogMelModel();
  const AlignedBytes slot = PackModel(model).bytes;
  c99_slot_model opened;
  EXPECT_EQ(c99_open_slot(slot.span().data(), slot.size(), &opened).code, EARSHOT_UNSUPPORTED);
  opened.model.frontend = earshot_log_mel_frontend();
  const earshot_status status = earshot_open_slot(slot.span().data(), slot.size(), opened.labels, 4,
                                                  &opened.config, &opened.model);
  ASSERT_EQ(status.code, EARSHOT_OK) << TextOf(status);

  AlignedBytes pool(1 << 16);
  const size_t bytes = c99_spotter_bytes(&opened.model, pool.span().data(), pool.size());
  earshot_spotter* spotter = nullptr;
  const earshot_status created =
      earshot_spotter_create(&opened.model, pool.span().data(), bytes, &spotter);
  ASSERT_EQ(created.code, EARSHOT_OK) << TextOf(created);
  const std::vector<int16_t> samples = NoiseBursts(2);
  std::vector<std::vector<uint8_t>> found, wanted;
  EXPECT_EQ(c99_feed(spotter, samples.data(), samples.size(), &RecordScores, &found).code,
            EARSHOT_OK);

  AlignedBytes memory;
  LogMelSpotter cpp;
  const auto create = [&](Span<uint8_t> enough) {
    return LogMelSpotter::Create(model.model, AllKernelsResolver(), model.config, enough, &cpp);
  };
  ASSERT_TRUE(CreateInEnoughMemory("model", create, &memory).ok());
  for (Span<const int16_t> rest(samples); !rest.empty();) {
    LogMelSpotter::Result result;
    ASSERT_TRUE(cpp.Feed(rest, &result).ok());
    if (!result.scores.empty()) wanted.emplace_back(result.scores.begin(), result.scores.end());
    rest = rest.subspan(result.consumed);
  }
  EXPECT_GT(wanted.size(), 30u);
  EXPECT_NE(wanted.front(), wanted.back());
  EXPECT_EQ(found, wanted);
}

}  // namespace
}  // namespace earshot
