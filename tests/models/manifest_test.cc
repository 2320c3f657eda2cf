// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "earshot/frontend/standard_tables.h"
#include "tests/models/manifest_text.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

using test::FullManifest;
using test::With;
using testing::ElementsAre;

Manifest Full() { return ParseManifest(FullManifest().dump(), "manifest.json"); }

TEST(Manifest, HoldsEveryKeyOfMicroWakeWord) {
  const Manifest manifest = Full();
  EXPECT_EQ(manifest.wake_word, "yes");
  EXPECT_EQ(manifest.author, "Somebody");
  EXPECT_EQ(manifest.model, "model.tflite");
  EXPECT_THAT(manifest.trained_languages, ElementsAre("en", "de"));
  EXPECT_EQ(manifest.version, 2);
  EXPECT_EQ(manifest.micro.probability_cutoff, 0.9);
  EXPECT_EQ(manifest.micro.sliding_window_size, 7);
  EXPECT_EQ(manifest.micro.feature_step_size, 10);
  EXPECT_EQ(manifest.micro.tensor_arena_size, 12345);
}

TEST(Manifest, HoldsLabelsAndRecognizer) {
  const Manifest manifest = Full();
  EXPECT_THAT(manifest.labels, ElementsAre("noise", "yes", "no", "other"));
  EXPECT_EQ(manifest.spotter.stride_ms, 10);
  EXPECT_FALSE(manifest.averages_results);
  const RecognizerConfig& recognizer = manifest.spotter.recognizer;
  EXPECT_EQ(recognizer.average_window_ms, 500);
  EXPECT_EQ(recognizer.threshold, 179);          // 0.7 * 256 = 179.2
  EXPECT_EQ(recognizer.release_threshold, 102);  // 0.4 * 256 = 102.4
  EXPECT_EQ(recognizer.suppression_ms, 700);
  EXPECT_EQ(recognizer.minimum_count, 2);
  EXPECT_EQ(recognizer.background_labels, 0b1001u);
  EXPECT_EQ(recognizer.warm_up_ms, 900);
  EXPECT_EQ(manifest.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// Each key of the front end, changed alone, changes its own member and is no longer standard.
TEST(Manifest, HoldsEachKeyOfTheFrontend) {
  struct Case {
    const char* pointer;
    nlohmann::json value;
    double (*member)(const FrontendConfig& config);
  };
  const Case cases[] = {
      {"window_ms", 25, [](const FrontendConfig& c) -> double { return c.window_ms; }},
      {"channels", 32, [](const FrontendConfig& c) -> double { return c.channels; }},
      {"lower_hz", 62.5, [](const FrontendConfig& c) -> double { return c.lower_hz; }},
      {"upper_hz", 7000, [](const FrontendConfig& c) -> double { return c.upper_hz; }},
      {"noise_reduction/smoothing_bits", 9,
       [](const FrontendConfig& c) -> double { return c.noise_reduction.smoothing_bits; }},
      {"noise_reduction/even", 0.5,
       [](const FrontendConfig& c) -> double { return c.noise_reduction.even_smoothing; }},
      {"noise_reduction/odd", 0.25,
       [](const FrontendConfig& c) -> double { return c.noise_reduction.odd_smoothing; }},
      {"noise_reduction/min_signal_remaining", 0.125,
       [](const FrontendConfig& c) -> double { return c.noise_reduction.min_signal_remaining; }},
      {"pcan/enabled", false, [](const FrontendConfig& c) -> double { return c.pcan.enabled; }},
      {"pcan/strength", 0.75, [](const FrontendConfig& c) -> double { return c.pcan.strength; }},
      {"pcan/offset", 60, [](const FrontendConfig& c) -> double { return c.pcan.offset; }},
      {"pcan/gain_bits", 20, [](const FrontendConfig& c) -> double { return c.pcan.gain_bits; }},
      {"log/enabled", false, [](const FrontendConfig& c) -> double { return c.log.enabled; }},
      {"log/scale_shift", 5, [](const FrontendConfig& c) -> double { return c.log.scale_shift; }},
  };
  CheckStandardFrontend(Full());
  for (const Case& one : cases) {
    SCOPED_TRACE(one.pointer);
    const std::string text =
        With(FullManifest(), std::string("/earshot/frontend/") + one.pointer, one.value);
    const Manifest manifest = ParseManifest(text, "manifest.json");
    const double wanted = one.value.is_boolean() ? 0 : one.value.get<double>();
    EXPECT_EQ(one.member(manifest.frontend), wanted);
    EXPECT_THROW(CheckStandardFrontend(manifest), ManifestError);
  }
}

TEST(Manifest, NamesWhatIsNotStandardInTheFrontend) {
  const std::string text = With(FullManifest(), "/earshot/frontend/noise_reduction/odd", 0.07);
  try {
    CheckStandardFrontend(ParseManifest(text, "m.json"), "m.json");
    FAIL() << "accepted";
  } catch (const ManifestError& error) {
    EXPECT_STREQ(error.what(),
                 "m.json: earshot.frontend.noise_reduction.odd: found 0.07, wanted 0.06, the "
                 "standard front end's");
  }
}

TEST(Manifest, OtherModelsMayMakeTheFeatures) {
  nlohmann::json text = test::MicroManifest();
  EXPECT_TRUE(ParseManifest(text.dump(), "m").features.empty());
  text["earshot"]["features"] = nlohmann::json::parse(R"([
    {"model": "a.tflite", "frame": 1760, "hop": 1280, "scale": 0.5, "offset": -2},
    {"model": "b.tflite", "frame": 76, "hop": 8}])");
  const Manifest manifest = ParseManifest(text.dump(), "m");
  ASSERT_EQ(manifest.features.size(), 2u);
  EXPECT_EQ(manifest.features[0].model, "a.tflite");
  EXPECT_EQ(manifest.features[0].frame, 1760);
  EXPECT_EQ(manifest.features[0].hop, 1280);
  EXPECT_EQ(manifest.features[0].scale, 0.5f);
  EXPECT_EQ(manifest.features[0].offset, -2.0f);
  EXPECT_EQ(manifest.features[1].scale, 1.0f);
  EXPECT_EQ(manifest.features[1].offset, 0.0f);
  EXPECT_NO_THROW(CheckStandardFrontend(manifest));
  EXPECT_THROW(CheckNoStages(manifest), ManifestError);
  EXPECT_NO_THROW(CheckNoStages(ParseManifest(test::MicroManifest().dump(), "m")));
}

TEST(Manifest, MayNameAModelOfVoiceActivity) {
  nlohmann::json text = test::MicroManifest();
  EXPECT_EQ(ParseManifest(text.dump(), "m").voice_model, "");
  EXPECT_NO_THROW(CheckNoVoiceModel(ParseManifest(text.dump(), "m")));
  text["earshot"]["vad"] = {{"model", "voices/vad.json"}};
  const Manifest manifest = ParseManifest(text.dump(), "m");
  EXPECT_EQ(manifest.voice_model, "voices/vad.json");
  EXPECT_THROW(CheckNoVoiceModel(manifest), ManifestError);
}

// It is as it is: beside the type only what every front end has may be said.
TEST(Manifest, ChoosesTheLogMelFrontend) {
  nlohmann::json document = FullManifest();
  document["earshot"]["frontend"] = {{"type", "log_mel"}, {"sample_rate_hz", 16000}};
  const Manifest manifest = ParseManifest(document.dump(), "m.json");
  EXPECT_EQ(manifest.frontend.type, FrontendType::kLogMel);
  EXPECT_EQ(manifest.frontend.window_ms, 64);
  EXPECT_EQ(manifest.frontend.channels, 40);
  EXPECT_FALSE(IsStandardFrontend(manifest.frontend));
  CheckStandardFrontend(manifest);  // Images can have it.
  document["earshot"]["frontend"]["channels"] = 40;
  EXPECT_THROW(ParseManifest(document.dump(), "m.json"), ManifestError);
  document["earshot"]["frontend"] = {{"type", "microfrontend"}};
  EXPECT_TRUE(IsStandardFrontend(ParseManifest(document.dump(), "m.json").frontend));
}

TEST(Manifest, IsLoadedFromAFile) {
  const std::string path = testing::TempDir() + "earshot_manifest_test.json";
  std::ofstream(path) << FullManifest();
  EXPECT_EQ(LoadManifest(path).wake_word, "yes");
  std::remove(path.c_str());
}

TEST(Manifest, FileThatCannotBeReadIsAnError) {
  for (const std::string& path : {testing::TempDir() + "no/such/file", testing::TempDir()}) {
    try {
      LoadManifest(path);
      FAIL() << path << " accepted";
    } catch (const ManifestError& error) {
      EXPECT_EQ(error.file(), path);
      EXPECT_EQ(error.key(), "");
      EXPECT_EQ(error.found(),
                path == testing::TempDir() ? "a directory" : "No such file or directory");
    }
  }
  // A device without an end.
  EXPECT_THROW(LoadManifest("/dev/zero"), ManifestError);
}

TEST(Manifest, OfEveryShippedModelIsValid) {
  const Manifest manifest = LoadManifest(test::SourcePath("models/tiny_conv_yes_no/manifest.json"));
  EXPECT_THAT(manifest.labels, ElementsAre("silence", "unknown", "yes", "no"));
  EXPECT_EQ(manifest.spotter.recognizer.background_labels, 0b11u);
  const std::vector<uint8_t> bytes =
      test::ReadBytes(test::SourcePath("models/tiny_conv_yes_no/model.tflite"));
  EXPECT_FALSE(manifest.sha256.empty());
  CheckModelHash(bytes, manifest.sha256);
}

TEST(SpotterConfig, IsWhatTheManifestSays) {
  const SpotterConfig config = MakeSpotterConfig(Full(), kStandardTables, 2);
  EXPECT_EQ(config.tables, &kStandardTables);
  EXPECT_EQ(config.stride_ms, 10);
  EXPECT_EQ(config.strides_per_inference, 2);
  EXPECT_EQ(config.label_count, 4);
  EXPECT_EQ(config.recognizer.average_window_ms, 500);
  EXPECT_EQ(config.recognizer.minimum_count, 2);
}

}  // namespace
}  // namespace earshot
