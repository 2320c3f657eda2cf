// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The whole way against recordings of TFLM's: samples in, each inference's scores and each answer
// of RecognizeCommands out.

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "earshot/app/tflm_recognizer.h"
#include "earshot/earshot.h"
#include "earshot/kernels/all_kernels.h"
#include "tests/app/spotter_fixture.h"
#include "tests/support/golden.h"

namespace earshot {
namespace {

constexpr const char* kLabels[] = {"silence", "unknown", "yes", "no"};

// One row of NAME.slice.tsv: slice, time_ms, o0 to o3, status, command, score, is_new.
std::vector<std::string> RowOf(size_t slice, const Heard& heard,
                               const TflmRecognizer::Result& recognized) {
  std::vector<std::string> row = {std::to_string(slice), std::to_string(heard.time_ms)};
  for (const uint8_t score : heard.scores) row.push_back(std::to_string(score - 128));
  row.push_back("0");
  row.push_back(kLabels[recognized.label]);
  row.push_back(std::to_string(recognized.score));
  row.push_back(recognized.is_new() ? "1" : "0");
  return row;
}

TEST(PipelineGoldenTest, EverySignalThroughMicroSpeech) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const AlignedBytes bytes(
      test::ReadBytes(test::SharedPath("models/micro_speech_quantized.tflite")));
  Model model;
  ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
  OwnedSpotter owned(model, AllKernelsResolver(), StandardConfig());
  ASSERT_TRUE(owned.status().ok()) << owned.status().what;

  size_t slices = 0;
  const auto signals = test::ReadTsv(test::SharedPath("golden/frontend/index.tsv"));
  for (size_t i = 1; i < signals.size(); ++i) {
    const std::string& name = signals[i][0];
    const std::string stem = test::SharedPath("golden/");
    const auto samples = host::ReadNpy(stem + "frontend/" + name + ".pcm.npy").As<int16_t>();
    const auto wanted = test::ReadTsv(stem + "pipeline/" + name + ".slice.tsv");
    owned.spotter().Reset();
    TflmRecognizer recognizer;
    ASSERT_TRUE(TflmRecognizer::Create({}, 4, &recognizer).ok());
    const std::vector<Heard> heard = FeedAll(owned.spotter(), samples, {512});
    ASSERT_EQ(heard.size() + 1, wanted.size()) << name;
    for (size_t slice = 0; slice < heard.size(); ++slice) {
      TflmRecognizer::Result result;
      ASSERT_TRUE(recognizer.Process(heard[slice].time_ms, heard[slice].scores, &result).ok());
      ASSERT_EQ(RowOf(slice, heard[slice], result), wanted[slice + 1]) << name;
    }
    slices += heard.size();
  }
  EXPECT_GT(slices, 2900u);
}

// microWakeWord's models, which remember: features at a stride of 20 (the first version) or 10 ms.
TEST(PipelineGoldenTest, EverySignalThroughModelsThatRemember) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  struct Remembering {
    const char* name;
    int32_t stride_ms;
    int32_t strides_per_inference;
  };
  for (const Remembering& each :
       {Remembering{"mww_v1_okay_nabu", 20, 1}, Remembering{"mww_v2_hey_jarvis", 10, 3},
        Remembering{"mww_v2_okay_nabu", 10, 3}, Remembering{"mww_v2_vad", 10, 3}}) {
    const std::string model_name = each.name;
    SCOPED_TRACE(model_name);
    const AlignedBytes bytes(test::ReadBytes(test::SharedPath("models/" + model_name + ".tflite")));
    Model model;
    ASSERT_TRUE(Model::Load(bytes.span(), &model).ok());
    SpotterConfig config = StandardConfig();
    config.label_count = 1;
    config.recognizer.background_labels = 0;
    config.stride_ms = each.stride_ms;
    config.strides_per_inference = each.strides_per_inference;
    OwnedSpotter owned(model, AllKernelsResolver(), config);
    ASSERT_TRUE(owned.status().ok()) << owned.status().what;
    const auto signals =
        test::ReadTsv(test::SharedPath("golden/pipeline/mww/" + model_name + ".tsv"));
    ASSERT_GT(signals.size(), 20u);
    for (size_t i = 1; i < signals.size(); ++i) {
      const std::string stem = test::SharedPath("golden/frontend/" + signals[i][0]);
      const auto samples = host::ReadNpy(stem + ".pcm.npy").As<int16_t>();
      owned.spotter().Reset();
      std::string scores;
      for (const Heard& heard : FeedAll(owned.spotter(), samples, {512})) {
        scores += (scores.empty() ? "" : " ") + std::to_string(heard.scores[0]);
      }
      ASSERT_EQ(scores, signals[i].size() > 2 ? signals[i][2] : "") << signals[i][0];
    }
  }
}

// The same model through the C interface, with the kernels that C programs get.
TEST(PipelineGoldenTest, TheCInterfaceSaysTheSame) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const AlignedBytes bytes(
      test::ReadBytes(test::SharedPath("models/micro_speech_quantized.tflite")));
  earshot_model model = {};
  model.struct_bytes = sizeof(model);
  model.bytes = bytes.span().data();
  model.size = bytes.size();
  model.labels = kLabels;
  model.label_count = 4;
  model.kernels = earshot_all_kernels();
  AlignedBytes memory(1 << 16);
  earshot_spotter* spotter = nullptr;
  ASSERT_EQ(earshot_spotter_create(&model, memory.span().data(), memory.size(), &spotter).code,
            EARSHOT_OK);

  const std::string stem = test::SharedPath("golden/");
  const auto samples = host::ReadNpy(stem + "frontend/wav_yes_1000ms.pcm.npy").As<int16_t>();
  const auto wanted = test::ReadTsv(stem + "pipeline/wav_yes_1000ms.slice.tsv");
  size_t row = 0;
  for (Span<const int16_t> rest = samples; !rest.empty();) {
    earshot_result result = {};
    result.struct_bytes = sizeof(result);
    ASSERT_EQ(earshot_spotter_feed(spotter, rest.data(), rest.size(), &result).code, EARSHOT_OK);
    rest = rest.subspan(result.consumed);
    if (result.scores == nullptr) continue;
    ASSERT_LT(++row, wanted.size());
    EXPECT_EQ(std::to_string(result.time_ms), wanted[row][1]);
    for (size_t i = 0; i < 4; ++i) {
      EXPECT_EQ(std::to_string(result.scores[i] - 128), wanted[row][2 + i]);
    }
  }
  EXPECT_EQ(row + 1, wanted.size());
}

}  // namespace
}  // namespace earshot
