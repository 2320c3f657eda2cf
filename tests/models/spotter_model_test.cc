// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/spotter_model.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "earshot/frontend/standard_tables.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/models/embedding/packed_model.h"
#include "earshot/models/enough_memory.h"
#include "earshot/models/shipped_models.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

using nlohmann::json;
using testing::HasSubstr;

// The text of what `load` throws, and whether that is a ModelFileError; empty: nothing.
template <typename Load>
std::pair<std::string, bool> Refusal(const Load& load) {
  try {
    load();
  } catch (const ModelFileError& error) {
    return {error.what(), true};
  } catch (const ModelError& error) {
    return {error.what(), false};
  }
  return {};
}

// All that detections depend on.
std::vector<int64_t> Numbers(const SpotterConfig& config) {
  std::vector<int64_t> numbers = {config.label_count};
#define EARSHOT_SPOTTER_SETTING(type, name, ...) numbers.push_back(config.name);
#define EARSHOT_RECOGNIZER_SETTING(type, name, ...) numbers.push_back(config.recognizer.name);
#include "earshot/app/spotter_settings.inc"
  return numbers;
}

class SpotterModelTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("earshot_spotter_model_") +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    std::filesystem::copy_file(test::SourcePath("models/yes_no_streaming/model.tflite"),
                               Path("model.tflite"));
    std::ifstream(test::SourcePath("models/yes_no_streaming/manifest.json")) >> manifest_;
    WriteManifest();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  void WriteManifest() const { std::ofstream(Path("manifest.json")) << manifest_; }

  void WriteSlot(const SpotterModel& model) const {
    const AlignedBytes bytes = PackModel(model).bytes;
    std::ofstream(Path("word.slot"), std::ios::binary)
        << std::string(bytes.span().begin(), bytes.span().end());
  }

  std::filesystem::path folder_;
  json manifest_;
};

TEST_F(SpotterModelTest, FindsTheModelsOfItsFeatures) {
  EXPECT_TRUE(LoadSpotterModel(Path("model.tflite")).features.empty());
  manifest_["micro"]["feature_step_size"] = 80;
  manifest_["earshot"].erase("frontend");
  manifest_["earshot"].erase("context_ms");
  manifest_["earshot"]["features"] =
      json::parse(R"([{"model": "stages/a.tflite", "frame": 2, "hop": 1}])");
  WriteManifest();
  const SpotterModel model = LoadSpotterModel(Path("model.tflite"));
  ASSERT_EQ(model.features.size(), 1u);
  EXPECT_EQ(model.features[0].model, Path("stages/a.tflite"));
  EXPECT_EQ(model.config.tables, nullptr);
  EXPECT_EQ(model.config.stride_ms, 80);
  EXPECT_EQ(model.config.context_ms, 0);
  SpotterModelOptions options;
  options.features = OpenWakeWordStages("mel.tflite", "embedding.tflite");
  const SpotterModel otherwise = LoadSpotterModel(Path("model.tflite"), "", options);
  ASSERT_EQ(otherwise.features.size(), 2u);
  EXPECT_EQ(otherwise.features[1].model, "embedding.tflite");
  options = {};
  options.standard_frontend = true;
  EXPECT_THAT(
      Refusal([&] { LoadSpotterModel(Path("model.tflite"), "", options); }).first,
      HasSubstr("earshot.features: found 1 models, wanted none: images and slots have the front "
                "end before their model"));
}

TEST_F(SpotterModelTest, IsTheSameWhereverItComesFrom) {
  const SpotterModel wanted = LoadSpotterModel(Path("model.tflite"));
  EXPECT_EQ(wanted.name, "yes");
  EXPECT_EQ(wanted.labels, (std::vector<std::string>{"silence", "unknown", "yes", "no"}));
  EXPECT_EQ(wanted.config.context_ms, 1350);
  EXPECT_EQ(wanted.clip.tail_ms, 300);
  WriteSlot(wanted);
  for (const char* path : {"manifest.json", "word.slot", "constant"}) {
    const SpotterModel model = path == std::string("constant")
                                   ? LoadSpotterModel(*FindShippedModel("yes_no_streaming"))
                                   : LoadSpotterModel(Path(path));
    EXPECT_EQ(model.labels, wanted.labels) << path;
    EXPECT_EQ(Numbers(model.config), Numbers(wanted.config)) << path;
    EXPECT_EQ(model.config.tables, &kStandardTables) << path;
    EXPECT_EQ(model.tables, nullptr) << path;
    EXPECT_EQ(std::vector<uint8_t>(model.model.bytes().begin(), model.model.bytes().end()),
              test::ReadBytes(Path("model.tflite")))
        << path;
    EXPECT_TRUE(model.says_background_labels) << path;
    EXPECT_EQ(model.clip.tail_ms, path == std::string("word.slot") ? 0 : 300) << path;
  }
}

TEST_F(SpotterModelTest, HasItsNameAndWhatErrorsCallIt) {
  WriteSlot(LoadSpotterModel(Path("model.tflite")));
  const SpotterModel slot = LoadSpotterModel(Path("word.slot"));
  EXPECT_EQ(slot.origin, Path("word.slot"));
  EXPECT_EQ(slot.name, "yes");
  const SpotterModel constant = LoadSpotterModel(*ShippedModels()[0]);
  EXPECT_EQ(constant.origin, "tiny_conv_yes_no");
  EXPECT_EQ(constant.name, "tiny_conv_yes_no");
  EXPECT_EQ(FindShippedModel("tiny_conv"), nullptr);
}

// A spotter of what was moved finds bytes and tables where they were.
TEST_F(SpotterModelTest, CanBeMoved) {
  manifest_["earshot"]["frontend"]["upper_hz"] = 7000;
  WriteManifest();
  SpotterModel loaded = LoadSpotterModel(Path("model.tflite"));
  ASSERT_NE(loaded.tables, nullptr);
  const SpotterModel model = std::move(loaded);
  EXPECT_EQ(model.config.tables, &model.tables->tables());
  AlignedBytes memory;
  KeywordSpotter spotter;
  const auto create = [&](Span<uint8_t> bytes) {
    return KeywordSpotter::Create(model.model, AllKernelsResolver(), model.config, bytes, &spotter);
  };
  ASSERT_TRUE(CreateInEnoughMemory(model.origin, create, &memory).ok());
  const std::vector<int16_t> samples(16000);
  KeywordSpotter::Result result;
  EXPECT_TRUE(spotter.Feed(samples, &result).ok());
}

TEST_F(SpotterModelTest, TheStandardFrontEndCanBeWanted) {
  SpotterModelOptions standard;
  standard.standard_frontend = true;
  EXPECT_EQ(LoadSpotterModel(Path("model.tflite"), "", standard).tables, nullptr);
  manifest_["earshot"]["frontend"]["upper_hz"] = 7000;
  WriteManifest();
  EXPECT_EQ(Refusal([&] { LoadSpotterModel(Path("model.tflite"), "", standard); }),
            std::pair(Path("manifest.json") + ": earshot.frontend.upper_hz: found 7000, wanted "
                                              "7500, the standard front end's",
                      true));
}

TEST_F(SpotterModelTest, StridesTakeThePlaceOfItsOwn) {
  WriteSlot(LoadSpotterModel(Path("model.tflite")));
  SpotterModelOptions options;
  options.strides_per_inference = 7;
  for (const char* path : {"model.tflite", "word.slot"}) {
    EXPECT_EQ(LoadSpotterModel(Path(path), "", options).config.strides_per_inference, 7) << path;
  }
  EXPECT_EQ(LoadSpotterModel(*ShippedModels()[0], options).config.strides_per_inference, 7);
  EXPECT_EQ(LoadUnlabelledModel(Path("model.tflite"), options).config.strides_per_inference, 7);
}

TEST_F(SpotterModelTest, WithoutAManifestNothingSaysItsLabels) {
  std::filesystem::remove(Path("manifest.json"));
  const auto [text, is_file] = Refusal([&] { LoadSpotterModel(Path("model.tflite")); });
  EXPECT_THAT(text, HasSubstr("model.tflite: no manifest beside the model"));
  EXPECT_TRUE(is_file);
  const SpotterModel model = LoadUnlabelledModel(Path("model.tflite"));
  EXPECT_TRUE(model.labels.empty());
  EXPECT_FALSE(model.says_background_labels);
  EXPECT_EQ(model.config.strides_per_inference, 2);
  EXPECT_EQ(model.config.tables, &kStandardTables);
  EXPECT_NE(model.config.context_ms, 0);
}

// Fewer results come in the averaging window then; a slot has said how many it wants as a number.
TEST_F(SpotterModelTest, StridesLimitTheResultsThatAreWanted) {
  SpotterModel model = LoadSpotterModel(Path("model.tflite"));
  RecognizerConfig& recognizer = model.config.recognizer;
  recognizer.average_window_ms = 200;
  recognizer.minimum_count = 5;
  WriteSlot(model);
  EXPECT_EQ(LoadSpotterModel(Path("word.slot")).config.recognizer.minimum_count, 5);
  SpotterModelOptions options;
  options.strides_per_inference = 4;  // Of 20 ms.
  EXPECT_EQ(LoadSpotterModel(Path("word.slot"), "", options).config.recognizer.minimum_count, 3);
}

TEST_F(SpotterModelTest, AManifestDoesNotGoWithASlot) {
  WriteSlot(LoadSpotterModel(Path("model.tflite")));
  manifest_["model"] = "word.slot";
  WriteManifest();
  const auto [text, is_file] = Refusal([&] { LoadSpotterModel(Path("manifest.json")); });
  EXPECT_EQ(text, Path("manifest.json") +
                      ": model: found \"word.slot\", a packed slot, which has its labels and "
                      "settings itself, wanted a .tflite file");
  EXPECT_TRUE(is_file);
}

TEST_F(SpotterModelTest, NamesTheFileThatIsDamaged) {
  std::filesystem::resize_file(Path("model.tflite"), 1000);
  EXPECT_THAT(Refusal([&] { LoadSpotterModel(Path("manifest.json")); }).first,
              testing::StartsWith(Path("model.tflite") + ": invalid model"));
}

TEST_F(SpotterModelTest, NamesWhatIsWrong) {
  WriteSlot(LoadSpotterModel(Path("model.tflite")));
  const auto with_manifest = [&] { LoadSpotterModel(Path("word.slot"), Path("manifest.json")); };
  EXPECT_THAT(Refusal(with_manifest).first, HasSubstr("word.slot: is a model slot, which has"));
  EXPECT_TRUE(Refusal(with_manifest).second);

  const auto slot = [&] { LoadSpotterModel(Path("word.slot")); };
  std::filesystem::resize_file(Path("word.slot"), 1000);
  EXPECT_THAT(Refusal(slot).first, testing::StartsWith(Path("word.slot") + ": invalid model: "));
  EXPECT_FALSE(Refusal(slot).second);
  std::filesystem::resize_file(Path("word.slot"), 12);
  EXPECT_THAT(Refusal(slot).first, HasSubstr("shorter than the header"));

  const auto model = [&] { LoadSpotterModel(Path("model.tflite")); };
  std::filesystem::resize_file(Path("model.tflite"), 1000);
  EXPECT_THAT(Refusal(model).first, testing::StartsWith(Path("model.tflite") + ": invalid model"));
  EXPECT_FALSE(Refusal(model).second);
  std::filesystem::remove(Path("model.tflite"));
  EXPECT_THAT(Refusal(model).first, HasSubstr("model.tflite: No such file"));
  EXPECT_TRUE(Refusal(model).second);
}

}  // namespace
}  // namespace earshot
