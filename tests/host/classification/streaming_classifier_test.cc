// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Clips and streams with a model that remembers.

#include <gtest/gtest.h>

#include "earshot/host/classification/classifier.h"
#include "earshot/host/errors.h"
#include "tests/host/streaming_files.h"
#include "tests/host/test_files.h"
#include "tests/support/streaming_model.h"

namespace earshot::host {
namespace {

const std::vector<LabelKind> kKinds = {LabelKind::kSilence, LabelKind::kKeyword,
                                       LabelKind::kKeyword};

class StreamingClassifierTest : public testing::Test {
 protected:
  KeywordModel Load(const nlohmann::json& manifest,
                    std::optional<int32_t> strides_per_inference = {}) {
    ModelChoice choice;
    choice.model = WriteStreamingModel(dir_.path(), manifest);
    choice.strides_per_inference = strides_per_inference;
    return KeywordModel(choice);
  }

  ClipAnswer Clip(const KeywordModel& model, const std::vector<int16_t>& pcm) {
    WriteWav(dir_.Path("a.wav"), pcm);
    Classifier classifier(model);
    classifier.Classify(dir_.Path("a.wav"), ClassifyMode::kClip);  // Nothing of it is left.
    return classifier.Classify(dir_.Path("a.wav"), ClassifyMode::kClip).clip.value();
  }

  TempDir dir_;
};

// What `judge` makes of all answers to `pcm` with `tail` zeros behind it, from a fresh start.
ClipAnswer JudgedStream(ClipJudge judge, const KeywordModel& model, std::vector<int16_t> pcm,
                        size_t tail) {
  pcm.resize(pcm.size() + tail);
  Spotter spotter(model, model.config());
  for (Span<const int16_t> rest = pcm; !rest.empty();) {
    const Spotter::Result result = spotter.Feed(rest);
    rest = rest.subspan(result.consumed);
    if (!result.scores.empty()) judge.Add(result.scores);
  }
  return judge.Answer();
}

TEST_F(StreamingClassifierTest, AClipIsJudgedOverAllAnswersAndItsTail) {
  nlohmann::json manifest = StreamingManifest();
  for (const int tail_ms : {0, 100, 1000}) {
    manifest["earshot"]["clip_tail_ms"] = tail_ms;
    const KeywordModel model = Load(manifest);
    for (const size_t samples : {800, 801, 5000, 16000, 40000}) {
      const std::vector<int16_t> pcm = Noise(samples, 3);
      const ClipAnswer wanted = JudgedStream(ClipJudge(kKinds, {1, 1, {}}), model, pcm,
                                             static_cast<size_t>(tail_ms) * 16);
      const ClipAnswer found = Clip(model, pcm);
      EXPECT_EQ(found.scores, wanted.scores) << samples << " samples, tail " << tail_ms;
      EXPECT_EQ(found.label, wanted.label);
    }
  }
}

// The best answer here comes when the tail is heard.
TEST_F(StreamingClassifierTest, TheTailCounts) {
  nlohmann::json manifest = StreamingManifest();
  std::vector<int16_t> pcm = Noise(900, 5);
  manifest["earshot"]["clip_tail_ms"] = 0;
  const ClipAnswer without = Clip(Load(manifest), pcm);
  manifest["earshot"]["clip_tail_ms"] = 500;
  EXPECT_NE(Clip(Load(manifest), pcm).scores, without.scores);
}

// Of three answers in a row, where the manifest says so.
TEST_F(StreamingClassifierTest, AveragesOfAnswersAreCompared) {
  nlohmann::json manifest = StreamingManifest();
  const std::vector<int16_t> pcm = Noise(5000, 3);
  const ClipAnswer without = Clip(Load(manifest), pcm);
  manifest["earshot"]["clip_average_ms"] = 3 * 20 * test::kStreamingNewFrames + 1;
  const KeywordModel model = Load(manifest);
  const ClipJudge three(kKinds, {3, 3, {}});
  EXPECT_EQ(Clip(model, pcm).scores, JudgedStream(three, model, pcm, 1600).scores);
  EXPECT_NE(Clip(model, pcm).scores, without.scores);
}

// Not even one input: filled up with silence.
TEST_F(StreamingClassifierTest, AClipOfAFewSamplesHasAnAnswer) {
  nlohmann::json manifest = StreamingManifest();
  manifest["earshot"]["clip_tail_ms"] = 0;
  const KeywordModel model = Load(manifest);
  const std::vector<int16_t> pcm = Noise(10, 5);
  EXPECT_EQ(Clip(model, pcm).scores,
            JudgedStream(ClipJudge(kKinds, {1, 1, {}}), model, pcm, 800 - 10).scores);
}

TEST_F(StreamingClassifierTest, OtherStridesAreRefused) {
  for (const int32_t strides : {1, 3}) {
    const KeywordModel model = Load(StreamingManifest(), strides);
    EXPECT_THROW(Classifier{model}, ModelError) << strides;
  }
  nlohmann::json manifest = StreamingManifest();
  manifest["earshot"]["strides_per_inference"] = 1;
  const KeywordModel model = Load(manifest);
  EXPECT_THROW(Classifier{model}, ModelError);
}

// Where nobody says how many strides there are for an inference, the input does.
TEST_F(StreamingClassifierTest, StridesAreTheInputsUnlessSaid) {
  nlohmann::json manifest = StreamingManifest();
  manifest["earshot"].erase("strides_per_inference");
  EXPECT_EQ(Load(manifest).config().strides_per_inference, test::kStreamingNewFrames);
  ModelChoice choice;
  choice.model = dir_.Path("model.tflite");
  choice.labels = {"silence", "yes", "no"};
  EXPECT_EQ(KeywordModel(choice).config().strides_per_inference, test::kStreamingNewFrames);
  EXPECT_EQ(KeywordModel(choice).clip().tail_ms, 0);
}

}  // namespace
}  // namespace earshot::host
