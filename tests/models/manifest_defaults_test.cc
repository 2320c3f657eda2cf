// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a manifest means that leaves things out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "earshot/app/command_recognizer.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/models/manifest.h"
#include "tests/models/manifest_text.h"

namespace earshot {
namespace {

using nlohmann::json;
using test::FullManifest;
using test::MicroManifest;
using test::With;
using test::Without;
using testing::ElementsAre;
using testing::IsEmpty;

Manifest Parse(const std::string& text) { return ParseManifest(text, "manifest.json"); }

TEST(ManifestDefaults, ManifestOfMicroWakeWordWorks) {
  const Manifest manifest = Parse(MicroManifest().dump());
  EXPECT_THAT(manifest.labels, ElementsAre("Okay House"));
  EXPECT_EQ(manifest.spotter.stride_ms, 10);
  CheckStandardFrontend(manifest);
  EXPECT_EQ(manifest.spotter.recognizer.threshold, 248);  // 0.97 * 256 = 248.3
  EXPECT_EQ(manifest.spotter.recognizer.background_labels, 0u);
  EXPECT_TRUE(manifest.averages_results);
  EXPECT_EQ(manifest.sha256, "");
}

// Another name for the window, and no step: all models of that version have 20 ms.
TEST(ManifestDefaults, Version1Works) {
  json version_1 = MicroManifest();
  version_1["version"] = 1;
  version_1["micro"] = {{"probability_cutoff", 0.5}, {"sliding_window_average_size", 10}};
  version_1.erase("trained_languages");
  const Manifest manifest = Parse(version_1.dump());
  EXPECT_EQ(manifest.micro.sliding_window_size, 10);
  EXPECT_EQ(manifest.spotter.stride_ms, 20);
  EXPECT_EQ(manifest.spotter.recognizer.threshold, 128);
  EXPECT_EQ(manifest.spotter.recognizer.average_window_ms, 180);
  EXPECT_EQ(manifest.spotter.recognizer.minimum_count, 10);
  // Either name is seen in either version.
  json mixed = MicroManifest();
  mixed["micro"].erase("sliding_window_size");
  mixed["micro"]["sliding_window_average_size"] = 7;
  EXPECT_EQ(Parse(mixed.dump()).micro.sliding_window_size, 7);
  version_1["micro"] = {{"probability_cutoff", 0.5}, {"sliding_window_size", 9}};
  EXPECT_EQ(Parse(version_1.dump()).micro.sliding_window_size, 9);
}

// Five results are four periods apart from first to last; only then is there an average.
TEST(ManifestDefaults, SlidingWindowCountsResults) {
  const Manifest manifest = Parse(MicroManifest().dump());
  EXPECT_EQ(manifest.spotter.recognizer.average_window_ms, 40);
  const SpotterConfig config = MakeSpotterConfig(manifest, kStandardTables, 3);
  EXPECT_EQ(config.recognizer.average_window_ms, 120);
  EXPECT_EQ(config.recognizer.minimum_count, 5);
  EXPECT_EQ(config.recognizer.threshold, 248);
}

TEST(ManifestDefaults, InferencesComeAtEveryStrideUnlessTheManifestSaysOtherwise) {
  EXPECT_EQ(MakeSpotterConfig(Parse(FullManifest().dump()), kStandardTables).strides_per_inference,
            1);
  const std::string key = "/earshot/strides_per_inference";
  const Manifest full = Parse(With(FullManifest(), key, 20));
  EXPECT_EQ(full.spotter.strides_per_inference, 20);
  EXPECT_EQ(MakeSpotterConfig(full, kStandardTables).strides_per_inference, 20);
  EXPECT_EQ(MakeSpotterConfig(full, kStandardTables).recognizer.average_window_ms, 500);
  EXPECT_EQ(MakeSpotterConfig(full, kStandardTables, 2).strides_per_inference, 2);
  // Where the recognizer counts results, their distance counts, too.
  const Manifest micro = Parse(With(MicroManifest(), key, 20));
  EXPECT_EQ(micro.spotter.recognizer.average_window_ms, 800);
  EXPECT_EQ(MakeSpotterConfig(micro, kStandardTables).recognizer.average_window_ms, 800);
  EXPECT_EQ(MakeSpotterConfig(micro, kStandardTables, 1).recognizer.average_window_ms, 40);
}

TEST(ManifestDefaults, ContextIsTheInputsAndClipsAreHeardAsTheyAre) {
  const Manifest plain = Parse(FullManifest().dump());
  EXPECT_EQ(plain.spotter.context_ms, 0);
  EXPECT_EQ(plain.clip.tail_ms, 0);
  EXPECT_EQ(plain.clip.average_ms, 0);
  EXPECT_FALSE(plain.says_strides_per_inference);
  EXPECT_EQ(MakeSpotterConfig(plain, kStandardTables).context_ms, 0);
  nlohmann::json said = FullManifest();
  said["earshot"]["context_ms"] = 1270;
  said["earshot"]["clip_tail_ms"] = 300;
  said["earshot"]["clip_average_ms"] = 400;
  said["earshot"]["strides_per_inference"] = 1;
  const Manifest manifest = Parse(said.dump());
  EXPECT_EQ(manifest.clip.tail_ms, 300);
  EXPECT_EQ(manifest.clip.average_ms, 400);
  EXPECT_TRUE(manifest.says_strides_per_inference);
  EXPECT_EQ(MakeSpotterConfig(manifest, kStandardTables).context_ms, 1270);
}

// The recognizer itself agrees that exactly the last five results count.
TEST(ManifestDefaults, SlidingWindowHoldsThatManyResults) {
  constexpr int kPeriodMs = 30;
  const RecognizerConfig config = RecognizerAt(kPeriodMs, Parse(MicroManifest().dump()));
  std::vector<uint8_t> memory(CommandRecognizer::RequiredBytes(config, 1, kPeriodMs) + 16);
  void* begin = memory.data();
  size_t size = memory.size();
  ASSERT_NE(std::align(16, size - 15, begin, size), nullptr);
  CommandRecognizer recognizer;
  ASSERT_TRUE(CommandRecognizer::Create(config, 1, kPeriodMs, 1000,
                                        {static_cast<uint8_t*>(begin), size}, &recognizer)
                  .ok());
  int64_t announced_at = -1;
  for (int64_t i = 0; i < 12; ++i) {
    const uint8_t scores[] = {static_cast<uint8_t>(i < 4 ? 0 : 255)};
    CommandRecognizer::Result result;
    Detection detection;
    ASSERT_TRUE(recognizer.Process(i * kPeriodMs, scores, &result, &detection).ok());
    if (result.is_new()) announced_at = i;
  }
  EXPECT_EQ(announced_at, 8);  // Results 4 to 8: the first five without a zero among them.
}

TEST(ManifestDefaults, OneLanguageNeedsNoList) {
  EXPECT_THAT(Parse(With(MicroManifest(), "/trained_languages", "de")).trained_languages,
              ElementsAre("de"));
}

TEST(ManifestDefaults, OptionalKeysOfMicroWakeWord) {
  json manifest = MicroManifest();
  manifest.erase("author");
  manifest.erase("trained_languages");
  manifest["micro"].erase("tensor_arena_size");
  const Manifest parsed = Parse(manifest.dump());
  EXPECT_EQ(parsed.author, "");
  EXPECT_THAT(parsed.trained_languages, IsEmpty());
  EXPECT_EQ(parsed.micro.tensor_arena_size, 0);
}

// Whoever adds one setting of the recognizer does not lose microWakeWord's others.
TEST(ManifestDefaults, WhatTheRecognizerDoesNotSayIsAsMicroWakeWordSays) {
  const json one = {{"suppression_ms", 700}};
  const Manifest manifest = Parse(With(MicroManifest(), "/earshot/recognizer", one));
  const Manifest plain = Parse(MicroManifest().dump());
  EXPECT_EQ(manifest.spotter.recognizer.suppression_ms, 700);
  EXPECT_TRUE(manifest.averages_results);
  EXPECT_EQ(manifest.spotter.recognizer.average_window_ms,
            plain.spotter.recognizer.average_window_ms);
  EXPECT_EQ(manifest.spotter.recognizer.minimum_count, plain.spotter.recognizer.minimum_count);
  EXPECT_EQ(manifest.spotter.recognizer.threshold, plain.spotter.recognizer.threshold);
  EXPECT_EQ(manifest.spotter.recognizer.release_threshold,
            plain.spotter.recognizer.release_threshold);
}

// One of the two that say what is averaged, and the other is RecognizerConfig's.
TEST(ManifestDefaults, HalfAnAverageIsCompletedByRecognizerConfig) {
  const RecognizerConfig wanted;
  const json window = {{"average_window_ms", 400}};
  const Manifest time = Parse(With(MicroManifest(), "/earshot/recognizer", window));
  EXPECT_FALSE(time.averages_results);
  EXPECT_EQ(time.spotter.recognizer.average_window_ms, 400);
  EXPECT_EQ(time.spotter.recognizer.minimum_count, wanted.minimum_count);
  const json least = {{"minimum_count", 7}};
  const Manifest count = Parse(With(MicroManifest(), "/earshot/recognizer", least));
  EXPECT_FALSE(count.averages_results);
  EXPECT_EQ(count.spotter.recognizer.average_window_ms, wanted.average_window_ms);
  EXPECT_EQ(count.spotter.recognizer.minimum_count, 7);
}

TEST(ManifestDefaults, ReleaseIsThreeQuartersOfTheThreshold) {
  json manifest = FullManifest();
  manifest["earshot"]["recognizer"].erase("release_threshold");
  for (const auto& [threshold, release] :
       {std::pair(0.5, 96), std::pair(1.0, 192), std::pair(1.0 / 256, 1)}) {
    const Manifest parsed = Parse(With(manifest, "/earshot/recognizer/threshold", threshold));
    EXPECT_EQ(parsed.spotter.recognizer.release_threshold, release) << threshold;
    EXPECT_LE(parsed.spotter.recognizer.release_threshold, parsed.spotter.recognizer.threshold);
  }
}

TEST(ManifestDefaults, CertaintyIsTheHighestScoreThatThereIs) {
  const Manifest manifest = Parse(With(FullManifest(), "/earshot/recognizer/threshold", 1));
  EXPECT_EQ(manifest.spotter.recognizer.threshold, 255);
}

TEST(ManifestDefaults, SilenceAndUnknownAreBackground) {
  json manifest = FullManifest();
  manifest["earshot"]["recognizer"].erase("background_labels");
  const auto bits = [&manifest](const std::vector<std::string>& labels) {
    return Parse(With(manifest, "/earshot/labels", labels)).spotter.recognizer.background_labels;
  };
  EXPECT_EQ(bits({"silence", "unknown", "yes", "no"}), 0b0011u);
  EXPECT_EQ(bits({"yes", "unknown", "no"}), 0b010u);
  EXPECT_EQ(bits({"yes", "no"}), 0u);
}

TEST(ManifestDefaults, NoBackgroundLabelsIsPossible) {
  const Manifest manifest =
      Parse(With(FullManifest(), "/earshot/recognizer/background_labels", json::array()));
  EXPECT_EQ(manifest.spotter.recognizer.background_labels, 0u);
}

TEST(ManifestDefaults, ThirtyTwoLabelsCanBeBackground) {
  json manifest = FullManifest();
  std::vector<std::string> labels(40);
  for (size_t i = 0; i < labels.size(); ++i) labels[i] = "label " + std::to_string(i);
  manifest["earshot"]["labels"] = labels;
  const std::string key = "/earshot/recognizer/background_labels";
  EXPECT_EQ(Parse(With(manifest, key, {"label 31"})).spotter.recognizer.background_labels,
            0x80000000u);
  EXPECT_THROW(Parse(With(manifest, key, {"label 32"})), ManifestError);
}

TEST(ManifestDefaults, MissingFrontendIsTheStandardOneWithMicrosStride) {
  const Manifest manifest = Parse(Without(FullManifest(), "/earshot/frontend"));
  CheckStandardFrontend(manifest);
  EXPECT_EQ(manifest.spotter.stride_ms, 10);
}

}  // namespace
}  // namespace earshot
