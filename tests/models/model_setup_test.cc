// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What follows from a model where its manifest is silent, and what of a manifest its model cannot
// honour.

#include "models/model_setup.h"

#include <gtest/gtest.h>

#include "base/aligned_bytes.h"
#include "frontend/standard_tables.h"
#include "tests/models/manifest_text.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

using nlohmann::json;

// MicroWakeWord's, with the labels of both models.
json MicroManifest() {
  json manifest = test::MicroManifest();
  manifest["earshot"]["labels"] = {"silence", "yes", "no"};
  return manifest;
}

class ModelSetup : public testing::Test {
 protected:
  // The error of MakeModelConfig(); empty: none.
  static std::string Refusal(const Model& model, const json& manifest) {
    try {
      MakeModelConfig(model, ParseManifest(manifest.dump(), "m"), kStandardTables, {}, "m");
    } catch (const ManifestError& error) {
      return error.what();
    }
    return "";
  }

  static Model Load(Span<const uint8_t> bytes) {
    Model model;
    EXPECT_TRUE(Model::Load(bytes, &model).ok());
    return model;
  }

  const AlignedBytes streaming_bytes_ = test::StreamingModel().Build();
  const AlignedBytes window_bytes_ = test::WindowModel().Build();
  const Model streaming_ = Load(streaming_bytes_.span());
  const Model window_ = Load(window_bytes_.span());
};

TEST_F(ModelSetup, AModelThatRemembersIsAskedForAllFramesOfItsInput) {
  EXPECT_EQ(UsualStrides(streaming_, 40), test::kStreamingNewFrames);
  EXPECT_EQ(UsualStrides(streaming_, 20), 2 * test::kStreamingNewFrames);
  EXPECT_EQ(UsualStrides(window_, 40), 1);
}

TEST_F(ModelSetup, WhatIsSaidComesFirst) {
  json said = MicroManifest();
  const auto strides = [&](const Model& model, std::optional<int32_t> overriding) {
    const Manifest manifest = ParseManifest(said.dump(), "m");
    return MakeModelConfig(model, manifest, kStandardTables, overriding).strides_per_inference;
  };
  EXPECT_EQ(strides(streaming_, {}), 2);
  EXPECT_EQ(strides(window_, {}), 1);
  EXPECT_EQ(strides(streaming_, 5), 5);
  said["earshot"]["strides_per_inference"] = 3;
  EXPECT_EQ(strides(streaming_, {}), 3);
  EXPECT_EQ(strides(window_, {}), 3);
  EXPECT_EQ(strides(window_, 5), 5);
}

// Five results of a model that is asked every 2 strides of 10 ms: 80 ms from first to last.
TEST_F(ModelSetup, ResultsAreCountedAtTheModelsPace) {
  const Manifest manifest = ParseManifest(MicroManifest().dump(), "m");
  EXPECT_EQ(MakeModelConfig(streaming_, manifest, kStandardTables).recognizer.average_window_ms,
            80);
}

TEST_F(ModelSetup, RefusesAnotherNumberOfLabels) {
  EXPECT_EQ(Refusal(window_, MicroManifest()), "");
  EXPECT_EQ(Refusal(window_, test::MicroManifest()),
            "m: earshot.labels: found 1 (Okay House), wanted 3, one for each output of the model");
  json manifest = MicroManifest();
  manifest["earshot"]["labels"].push_back("stop");
  EXPECT_EQ(Refusal(streaming_, manifest),
            "m: earshot.labels: found 4 (silence, yes, no, stop), wanted 3, one for each output of "
            "the model");
}

TEST_F(ModelSetup, RefusesMoreContextThanTheInputHas) {
  json manifest = MicroManifest();
  manifest["earshot"]["context_ms"] = 70;  // Five frames of 30 ms, 10 ms apart.
  EXPECT_EQ(Refusal(window_, manifest), "");
  manifest["earshot"]["context_ms"] = 71;
  EXPECT_EQ(Refusal(window_, manifest),
            "m: earshot.context_ms: found 71, wanted at most 70: the model remembers nothing, so "
            "this is all that its input holds");
  EXPECT_EQ(Refusal(streaming_, manifest), "");
}

TEST_F(ModelSetup, RefusesToAverageLessThanOneAnswer) {
  json manifest = MicroManifest();
  manifest["earshot"]["clip_average_ms"] = 0;
  EXPECT_EQ(Refusal(streaming_, manifest), "");
  manifest["earshot"]["clip_average_ms"] = 19;
  EXPECT_EQ(Refusal(streaming_, manifest),
            "m: earshot.clip_average_ms: found 19, wanted 0, or at least 20, from one answer to "
            "the next in a clip");
  EXPECT_EQ(Refusal(window_, manifest), "");
  manifest["earshot"]["clip_average_ms"] = 9;
  EXPECT_NE(Refusal(window_, manifest), "");
}

}  // namespace
}  // namespace earshot
