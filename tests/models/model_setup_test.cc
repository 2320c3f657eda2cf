// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What follows from a model where its manifest is silent, and what of a manifest its model cannot
// honour.

#include "earshot/models/model_setup.h"

#include <gtest/gtest.h>

#include "earshot/base/aligned_bytes.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/models/receptive_field.h"
#include "earshot/models/shipped_models.h"
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

// Adds each input to a variable, which is the output.
test::ModelBuilder Accumulator() {
  const test::TensorSpec row = {{1, 2, 40}, TensorType::INT8, {0.1f}, {-128}};
  test::ModelBuilder model;
  const int input = model.AddTensor(row);
  const int handle = model.AddTensor({{}, TensorType::RESOURCE});
  const int before = model.AddTensor(row);
  const int after = model.AddTensor(row);
  model.SetInputs({input});
  model.SetOutputs({after});
  model.AddOperator(BuiltinOperator::CALL_ONCE, {}, {}, test::CallOnceOptions(1));
  model.AddOperator(BuiltinOperator::VAR_HANDLE, {}, {handle}, test::VarHandleOptions("sum"));
  model.AddOperator(BuiltinOperator::READ_VARIABLE, {handle}, {before});
  model.AddOperator(BuiltinOperator::ADD, {before, input}, {after}, test::AddOptions());
  model.AddOperator(BuiltinOperator::ASSIGN_VARIABLE, {handle, after}, {});
  model.BeginSubgraph();
  const int init_handle = model.AddTensor({{}, TensorType::RESOURCE});
  test::TensorSpec zero = row;
  zero.data.assign(80, 0x80);
  const int start = model.AddTensor(zero);
  model.AddOperator(BuiltinOperator::VAR_HANDLE, {}, {init_handle}, test::VarHandleOptions("sum"));
  model.AddOperator(BuiltinOperator::ASSIGN_VARIABLE, {init_handle, start}, {});
  return model;
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

TEST_F(ModelSetup, TheSoftmaxOfOneScoreIsAlwaysCertain) {
  for (const int32_t scores : {1, 2}) {
    test::ModelBuilder builder;
    const test::TensorSpec spec = {{1, scores}, TensorType::INT8, {1.0f / 256}, {-128}};
    const int input = builder.AddTensor(spec);
    const int output = builder.AddTensor(spec);
    builder.AddOperator(BuiltinOperator::SOFTMAX, {input}, {output}, test::SoftmaxOptions());
    builder.SetInputs({input});
    builder.SetOutputs({output});
    const AlignedBytes bytes = builder.Build();
    EXPECT_EQ(IsAlwaysCertain(Load(bytes.span())), scores == 1) << scores;
  }
  EXPECT_FALSE(IsAlwaysCertain(window_));
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

// Shipped models' manifests have it from their training.
TEST(ReceptiveField, IsWhatTheTrainingSays) {
  int remembering = 0;
  for (const EmbeddedModel* shipped : ShippedModels()) {
    Model model;
    ASSERT_TRUE(Model::Load(shipped->bytes, &model).ok());
    SpotterConfig config = shipped->config;
    if (!model.remembers()) continue;
    ++remembering;
    EXPECT_EQ(ContextMs(model, config), shipped->config.context_ms);
    config.context_ms = 0;
    EXPECT_EQ(UsualContextMs(model, config), shipped->config.context_ms) << shipped->name;
  }
  EXPECT_EQ(remembering, 2);
}

// Five frames of 30 ms, 20 ms apart, of which two are new each time.
TEST_F(ModelSetup, ContextIsWhatTheGraphKeeps) {
  SpotterConfig config;
  config.tables = &kStandardTables;
  config.strides_per_inference = test::kStreamingNewFrames;
  EXPECT_EQ(UsualContextMs(streaming_, config), 110);
  EXPECT_EQ(UsualContextMs(window_, config), 0);
  EXPECT_EQ(ContextMs(window_, config), 110);
  config.context_ms = 70;
  EXPECT_EQ(ContextMs(streaming_, config), 70);

  json manifest = MicroManifest();  // A stride of 10 ms.
  const Manifest silent = ParseManifest(manifest.dump(), "m");
  EXPECT_EQ(MakeModelConfig(streaming_, silent, kStandardTables).context_ms, 70);
  manifest["earshot"]["context_ms"] = 90;
  const Manifest said = ParseManifest(manifest.dump(), "m");
  EXPECT_EQ(MakeModelConfig(streaming_, said, kStandardTables).context_ms, 90);
}

// What a variable keeps that is fed with itself, nobody knows: then it is the input and the
// average.
TEST_F(ModelSetup, ContextOfALoopIsTheAverages) {
  const AlignedBytes bytes = Accumulator().Build();
  const Model model = Load(bytes.span());
  ASSERT_TRUE(model.remembers());
  EXPECT_EQ(ReceptiveFieldMs(model, 50, 40), 0);
  SpotterConfig config;
  config.tables = &kStandardTables;
  config.strides_per_inference = 2;
  config.recognizer.average_window_ms = 400;
  EXPECT_EQ(UsualContextMs(model, config), 50 + 400);
}

}  // namespace
}  // namespace earshot
