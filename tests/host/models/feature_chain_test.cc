// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Chains of models, against the same arithmetic in double and without anything kept.

#include "earshot/host/models/feature_chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "earshot/host/errors.h"
#include "earshot/host/models/keyword_model.h"
#include "earshot/host/models/spotter.h"
#include "tests/host/chain_files.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

using Rows = std::vector<std::vector<float>>;

Rows Hear(FeatureChain& chain, Span<const int16_t> samples, size_t piece) {
  Rows heard;
  for (size_t begin = 0; begin < samples.size(); begin += piece) {
    Span<const int16_t> rest = samples.subspan(begin, std::min(piece, samples.size() - begin));
    while (!rest.empty()) {
      const FeatureChain::Result result = chain.Process(rest);
      rest = rest.subspan(result.consumed);
      if (!result.features.empty()) {
        heard.emplace_back(result.features.begin(), result.features.end());
      }
    }
  }
  return heard;
}

class FeatureChainTest : public testing::Test {
 protected:
  FeatureChainTest() {
    chain_.Randomize();
    chain_.Write(dir_.path());
  }

  std::vector<FeatureStage> Stages() const { return chain_.Stages(dir_.path()); }

  ModelChoice Choice() const {
    ModelChoice choice;
    choice.model = dir_.Path("head_v1.2.tflite");
    choice.features = Stages();
    return choice;
  }

  // The error of a chain that cannot be.
  static std::string Refusal(const std::vector<FeatureStage>& stages) {
    try {
      const ChainModels models(stages);
    } catch (const ModelError& error) {
      return error.what();
    }
    return "";
  }

  TempDir dir_;
  TestChain chain_;
  const std::vector<int16_t> noise_ = Noise(8000, 5);
};

TEST_F(FeatureChainTest, GivesWhatTheArithmeticSays) {
  for (TestChain chain : {chain_, TestChain::LikeOpenWakeWord()}) {
    chain.Randomize();
    chain.Write(dir_.path());
    const ChainModels models(chain.Stages(dir_.path()));
    FeatureChain running(models);
    const Rows heard = Hear(running, noise_, noise_.size());
    const std::vector<std::vector<double>> wanted = chain.Features(noise_);
    ASSERT_EQ(heard.size(), wanted.size());
    ASSERT_GE(heard.size(), 6u);
    for (size_t i = 0; i < heard.size(); ++i) {
      ASSERT_EQ(heard[i].size(), wanted[i].size());
      for (size_t j = 0; j < heard[i].size(); ++j) {
        EXPECT_NEAR(heard[i][j], wanted[i][j], 1e-4) << i << " " << j;
      }
    }
    EXPECT_EQ(models.width(), chain.width);
    EXPECT_EQ(models.rows(), 1);
    EXPECT_EQ(models.stride_ms() * 16, chain.PeriodSamples());
  }
}

TEST_F(FeatureChainTest, PiecesDoNotMatterNorWhatWasHeardBefore) {
  const ChainModels models(Stages());
  FeatureChain chain(models);
  const Rows whole = Hear(chain, noise_, noise_.size());
  for (const size_t piece : {1u, 7u, 319u, 320u, 321u, 1000u}) {
    chain.Reset();
    EXPECT_EQ(Hear(chain, noise_, piece), whole) << piece;
  }
  EXPECT_NE(Hear(chain, noise_, noise_.size()), whole);  // Without a reset.
}

// The chain starts as if it had heard zeros all the time.
TEST_F(FeatureChainTest, BeforeTheSoundIsSilence) {
  const ChainModels models(Stages());
  FeatureChain chain(models);
  const std::vector<int16_t> zeros(static_cast<size_t>(chain_.PeriodSamples()) * 3);
  for (const std::vector<float>& features : Hear(chain, zeros, zeros.size())) {
    EXPECT_EQ(features, std::vector<float>(chain.silence().begin(), chain.silence().end()));
  }
}

// By a change of one sample that lies so far back that the features just do not depend on it, and
// one that is as far back as they can reach.
TEST_F(FeatureChainTest, TellsHowFarFeaturesReach) {
  const ChainModels models(Stages());
  // 480 samples, two lots of 320 before them; for two rows another period of 640.
  EXPECT_EQ(models.ContextMs(1), (480 + 2 * 320) / 16);
  EXPECT_EQ(models.ContextMs(2), (480 + 2 * 320 + 640) / 16);
  const size_t reach = static_cast<size_t>(models.ContextMs(1)) * 16;
  const size_t end = static_cast<size_t>(chain_.PeriodSamples()) * 5;
  const auto last = [&](size_t changed) {
    std::vector<int16_t> samples(noise_.begin(), noise_.begin() + static_cast<ptrdiff_t>(end));
    samples[changed] = 32767;
    FeatureChain chain(models);
    return Hear(chain, samples, end).back();
  };
  EXPECT_EQ(last(end - reach - 1), last(0));
  EXPECT_NE(last(end - reach), last(0));
}

TEST_F(FeatureChainTest, EqualFilesAreOneChain) {
  const TempDir other;
  chain_.Write(other.path());
  const ChainModels models(Stages());
  EXPECT_TRUE(models == ChainModels(chain_.Stages(other.path())));
  std::vector<FeatureStage> stages = Stages();
  stages[0].offset = 3;
  EXPECT_FALSE(models == ChainModels(stages));
  stages = Stages();
  stages.pop_back();
  EXPECT_FALSE(models == ChainModels(stages));
  chain_.dense.bias[0] += 1;
  chain_.Write(other.path());
  EXPECT_FALSE(models == ChainModels(chain_.Stages(other.path())));
}

TEST_F(FeatureChainTest, RefusesWhatDoesNotFit) {
  const std::string window = dir_.Path("window.tflite");
  const std::string dense = dir_.Path("dense.tflite");
  std::vector<FeatureStage> stages = Stages();
  stages[1].frame = 8;
  EXPECT_EQ(Refusal(stages), dense + ": stage 1: input: found [1,36], wanted 8 rows of 4");
  stages = Stages();
  stages[1].hop = 4;
  EXPECT_THAT(Refusal(stages), HasSubstr("stage 1: found a frame of 9 and a hop of 4 rows, wanted "
                                         "1 or more of each, and hops of whole lots of 3"));
  stages = Stages();
  stages[0].frame = 100;
  EXPECT_THAT(Refusal(stages), AllOf(HasSubstr(window + ": stage 0: operator 0 (CONV_2D)"),
                                     HasSubstr("found 100 along an axis, wanted at least 160")));
  stages = Stages();
  stages[0].hop = 321;
  EXPECT_THAT(Refusal(stages), HasSubstr("found 642 samples from one time that it gives features "
                                         "to the next, wanted whole milliseconds"));
  stages = Stages();
  stages[0].hop = 16001;
  EXPECT_THAT(Refusal(stages), HasSubstr("wanted at most 16000"));
  stages = Stages();
  std::swap(stages[0].model, stages[1].model);
  EXPECT_THAT(Refusal(stages), HasSubstr("stage 0"));
  stages = Stages();
  stages[1].model = dir_.Path("none.tflite");
  EXPECT_THAT(Refusal(stages), HasSubstr("none.tflite: No such file"));
}

// A probability p as the program has it: 256 p, rounded.
TEST_F(FeatureChainTest, ASpotterGivesTheHeadsProbabilities) {
  const KeywordModel model(Choice());
  EXPECT_EQ(model.labels(), std::vector<std::string>{"head"});
  EXPECT_EQ(model.config().stride_ms, 40);
  EXPECT_EQ(model.config().recognizer.threshold, 128);
  Spotter spotter(model, model.config());
  const std::vector<double> wanted = chain_.Probabilities(noise_);
  for (int round = 0; round < 2; ++round) {
    std::vector<double> heard;
    Span<const int16_t> rest = noise_;
    while (!rest.empty()) {
      const Spotter::Result result = spotter.Feed(rest);
      rest = rest.subspan(result.consumed);
      if (result.scores.empty()) continue;
      heard.push_back(result.scores[0] / 256.0);
      EXPECT_EQ(result.time_ms, static_cast<int64_t>(heard.size()) * 40);
    }
    ASSERT_EQ(heard.size(), wanted.size());
    for (size_t i = 0; i < heard.size(); ++i) EXPECT_NEAR(heard[i], wanted[i], 0.6 / 256) << i;
    const auto [lowest, highest] = std::minmax_element(wanted.begin(), wanted.end());
    EXPECT_GT(*highest - *lowest, 0.1);
    spotter.Reset();
  }
}

TEST_F(FeatureChainTest, RefusesAHeadThatDoesNotFit) {
  const auto refusal = [](const ModelChoice& choice) {
    try {
      const KeywordModel model(choice);
      Spotter(model, model.config());
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  ModelChoice choice = Choice();
  choice.features.pop_back();  // Rows of four in place of five.
  EXPECT_THAT(refusal(choice),
              AllOf(HasSubstr("input: found float32 [1,15], wanted float32 in rows of 4, as "),
                    HasSubstr("window.tflite gives them")));
  choice = Choice();
  choice.strides_per_inference = 4;
  EXPECT_THAT(refusal(choice), HasSubstr("strides_per_inference: found 4, wanted at most 3"));
  choice = Choice();
  choice.labels = {"a", "b"};
  EXPECT_THAT(refusal(choice), HasSubstr("--labels: found 2 (a, b), wanted 1"));
  choice = Choice();
  choice.features.clear();
  EXPECT_THAT(refusal(choice), HasSubstr("input: found float32 [1,15], wanted int8, as the front "
                                         "end's features are. If other models make its features, "
                                         "name these: --features"));
  choice = Choice();
  choice.model = "yes_no_streaming";
  EXPECT_THAT(refusal(choice), HasSubstr("hears with the front end"));
}

}  // namespace
}  // namespace earshot::host
