// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The models that the build has embedded, against their files.

#include "earshot/models/embedded_model.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/embedded/tiny_conv_yes_no.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/manifest.h"
#include "earshot/models/shipped_models.h"
#include "earshot/runtime/status_text.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

class EmbeddedModelTest : public testing::TestWithParam<size_t> {
 protected:
  void SetUp() override {
    const Status status = Model::Load(embedded_.bytes, &model_);
    ASSERT_TRUE(status.ok()) << Text(status);
  }

  std::string Path(const std::string& file) const {
    return test::SourcePath(std::string("models/") + embedded_.name + "/" + file);
  }

  const EmbeddedModel& embedded_ = *ShippedModels()[GetParam()];
  Model model_;
};

INSTANTIATE_TEST_SUITE_P(Shipped, EmbeddedModelTest,
                         testing::Range<size_t>(0, ShippedModels().size()),
                         [](const auto& shipped) {
                           return std::string(ShippedModels()[shipped.param]->name);
                         });

TEST_P(EmbeddedModelTest, HoldsTheFile) {
  const std::vector<uint8_t> file = test::ReadBytes(Path("model.tflite"));
  EXPECT_EQ(std::vector<uint8_t>(embedded_.bytes.begin(), embedded_.bytes.end()), file);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(embedded_.bytes.data()) % kModelAlignment, 0u);
  CheckModelHash(file, embedded_.sha256);
}

TEST_P(EmbeddedModelTest, IsConfiguredAsTheManifestSays) {
  const Manifest manifest = LoadManifest(Path("manifest.json"));
  EXPECT_EQ(std::vector<std::string>(embedded_.labels.begin(), embedded_.labels.end()),
            manifest.labels);
  const SpotterConfig wanted = MakeSpotterConfig(manifest, kStandardTables);
  const SpotterConfig& config = embedded_.config;
  EXPECT_EQ(config.tables, wanted.tables);
  EXPECT_EQ(config.stride_ms, wanted.stride_ms);
  EXPECT_EQ(config.strides_per_inference, wanted.strides_per_inference);
  EXPECT_EQ(config.label_count, wanted.label_count);
  EXPECT_EQ(config.context_ms, wanted.context_ms);
  EXPECT_EQ(config.recognizer.average_window_ms, wanted.recognizer.average_window_ms);
  EXPECT_EQ(config.recognizer.threshold, wanted.recognizer.threshold);
  EXPECT_EQ(config.recognizer.release_threshold, wanted.recognizer.release_threshold);
  EXPECT_EQ(config.recognizer.suppression_ms, wanted.recognizer.suppression_ms);
  EXPECT_EQ(config.recognizer.minimum_count, wanted.recognizer.minimum_count);
  EXPECT_EQ(config.recognizer.background_labels, wanted.recognizer.background_labels);
  EXPECT_EQ(config.recognizer.warm_up_ms, wanted.recognizer.warm_up_ms);
}

TEST_P(EmbeddedModelTest, ResolverHoldsJustTheKernelsThatAreUsed) {
  std::set<int> used;
  for (size_t i = 0; i < model_.operator_count(0); ++i) {
    const int kernel = embedded_.resolver.Find(OperatorView(model_, 0, i));
    EXPECT_GE(kernel, 0) << "operator " << i;
    used.insert(kernel);
  }
  EXPECT_EQ(embedded_.resolver.size(), used.size());
}

TEST_P(EmbeddedModelTest, ArenaIsExact) {
  const auto allocate = [this](size_t bytes) {
    AlignedBytes arena(bytes);
    return Interpreter(model_, embedded_.resolver, arena.span()).AllocateTensors();
  };
  const Status enough = allocate(embedded_.arena_bytes);
  EXPECT_TRUE(enough.ok()) << Text(enough);
  for (const size_t missing : {1, 16}) {
    const Status status = allocate(embedded_.arena_bytes - missing);
    EXPECT_EQ(status.code, StatusCode::kArenaTooSmall) << Text(status);
    EXPECT_EQ(status.wanted, static_cast<int32_t>(embedded_.arena_bytes));
  }
}

TEST_P(EmbeddedModelTest, SpotterIsExact) {
  const auto create = [this](size_t bytes) {
    AlignedBytes memory(bytes);
    KeywordSpotter spotter;
    return KeywordSpotter::Create(model_, embedded_.resolver, embedded_.config, memory.span(),
                                  &spotter);
  };
  const Status enough = create(embedded_.spotter_bytes);
  EXPECT_TRUE(enough.ok()) << Text(enough);
  for (const size_t missing : {1, 16}) {
    const Status status = create(embedded_.spotter_bytes - missing);
    EXPECT_EQ(status.code, StatusCode::kArenaTooSmall) << Text(status);
    EXPECT_EQ(status.wanted, static_cast<int32_t>(embedded_.spotter_bytes));
  }
}

// With its own resolver a model says what it says with all kernels.
TEST_P(EmbeddedModelTest, HearsWhatItHearsWithAllKernels) {
  AlignedBytes memory(embedded_.spotter_bytes);
  AlignedBytes other_memory(embedded_.spotter_bytes);
  KeywordSpotter spotter;
  KeywordSpotter other;
  ASSERT_TRUE(
      KeywordSpotter::Create(model_, embedded_.resolver, embedded_.config, memory.span(), &spotter)
          .ok());
  ASSERT_TRUE(KeywordSpotter::Create(model_, AllKernelsResolver(), embedded_.config,
                                     other_memory.span(), &other)
                  .ok());
  std::mt19937 random(1);
  std::vector<int16_t> samples(16000);
  for (int16_t& sample : samples) sample = static_cast<int16_t>(random() % 8192) - 4096;
  int inferences = 0;
  for (Span<const int16_t> rest = samples; !rest.empty();) {
    KeywordSpotter::Result result;
    KeywordSpotter::Result wanted;
    ASSERT_TRUE(spotter.Feed(rest, &result).ok());
    ASSERT_TRUE(other.Feed(rest, &wanted).ok());
    ASSERT_EQ(result.consumed, wanted.consumed);
    ASSERT_EQ(std::vector<uint8_t>(result.scores.begin(), result.scores.end()),
              std::vector<uint8_t>(wanted.scores.begin(), wanted.scores.end()));
    rest = rest.subspan(result.consumed);
    inferences += result.scores.empty() ? 0 : 1;
  }
  EXPECT_GT(inferences, 10);
}

TEST(ShippedModels, BeginWithTheDefaultAndHaveTheirOwnNames) {
  const Span<const EmbeddedModel* const> models = ShippedModels();
  ASSERT_FALSE(models.empty());
  EXPECT_EQ(models[0], &kTinyConvYesNo);
  EXPECT_STREQ(kTinyConvYesNo.name, "tiny_conv_yes_no");
  std::set<std::string> names;
  for (const EmbeddedModel* model : models) names.insert(model->name);
  EXPECT_EQ(names.size(), models.size());
}

// The sizes are constants: they size a buffer that nobody allocates.
TEST(ShippedModels, SizesAreConstants) {
  alignas(KeywordSpotter::kMemoryAlignment) static uint8_t memory[kTinyConvYesNoSpotterBytes];
  Model model;
  KeywordSpotter spotter;
  ASSERT_TRUE(Model::Load(kTinyConvYesNo.bytes, &model).ok());
  ASSERT_TRUE(KeywordSpotter::Create(model, kTinyConvYesNo.resolver, kTinyConvYesNo.config, memory,
                                     &spotter)
                  .ok());
  EXPECT_EQ(spotter.used_bytes(), kTinyConvYesNo.spotter_bytes);
  EXPECT_GE(spotter.arena_used_bytes(), kTinyConvYesNoArenaBytes);
  EXPECT_EQ(kTinyConvYesNo.arena_bytes, kTinyConvYesNoArenaBytes);
  // What docs/architecture.md says.
  EXPECT_EQ(kTinyConvYesNoSpotterBytes, 7696u);
}

}  // namespace
}  // namespace earshot
