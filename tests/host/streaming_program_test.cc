// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The program with a model that remembers, as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "earshot/base/aligned_bytes.h"
#include "earshot/host/files/npy.h"
#include "earshot/models/slot/model_slot.h"
#include "tests/host/program.h"
#include "tests/host/streaming_files.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"
#include "tests/support/streaming_model.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;

constexpr size_t kRowElements = test::kStreamingNewFrames * test::kStreamingChannels;

class StreamingProgramTest : public testing::Test {
 protected:
  // The scores of each row.
  std::vector<int8_t> Run(const std::vector<int8_t>& features,
                          const std::vector<std::string>& more = {}) {
    const size_t rows = features.size() / kRowElements;
    WriteNpy(dir_.Path("x.npy"), MakeNpy({rows, 2, 40}, features));
    std::vector<std::string> arguments = {
        "run", model_, "--input", dir_.Path("x.npy"), "--output", dir_.Path("o.npy")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const ProgramRun run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return ReadNpy(dir_.Path("o.npy")).As<int8_t>();
  }

  TempDir dir_;
  const std::string model_ = WriteStreamingModel(dir_.path(), StreamingManifest());
};

// Six rows at once, in pairs that start anew, and each pair in a run of its own.
TEST_F(StreamingProgramTest, RunResetsBeforeEveryNthRow) {
  std::vector<int8_t> features;
  for (const int16_t sample : Noise(6 * kRowElements, 1)) {
    features.push_back(static_cast<int8_t>(sample));
  }
  std::vector<int8_t> pairs;
  for (size_t i = 0; i < 3; ++i) {
    const auto begin = features.begin() + static_cast<ptrdiff_t>(i * 2 * kRowElements);
    const std::vector<int8_t> scores =
        Run(std::vector<int8_t>(begin, begin + static_cast<ptrdiff_t>(2 * kRowElements)));
    pairs.insert(pairs.end(), scores.begin(), scores.end());
  }
  EXPECT_EQ(Run(features, {"--reset-every", "2"}), pairs);
  EXPECT_NE(Run(features), pairs);
  EXPECT_EQ(Run(features), Run(features, {"--reset-every", "6"}));
  EXPECT_EQ(RunEarshot({"run", model_, "--input", dir_.Path("x.npy"), "--output",
                        dir_.Path("o.npy"), "--reset-every", "0"})
                .exit_code,
            2);
}

TEST_F(StreamingProgramTest, InspectShowsWhatItRemembers) {
  const ProgramRun text = RunEarshot({"inspect", model_});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("2 subgraphs"));
  EXPECT_THAT(text.out, HasSubstr("frames    int8  [1,3,40]    120\n"));
  EXPECT_THAT(text.out, HasSubstr("\nRemembers 120 bytes from one inference to the next\n"));
  EXPECT_THAT(text.out, HasSubstr("&kernels::kCallOnce,\n"));
  const ProgramRun run = RunEarshot({"inspect", "--json", model_});
  const nlohmann::json report = nlohmann::json::parse(run.out);
  EXPECT_EQ(report["variables"],
            nlohmann::json::parse(
                R"([{"name": "frames", "type": "int8", "shape": [1, 3, 40], "bytes": 120}])"));
  EXPECT_EQ(
      nlohmann::json::parse(RunEarshot({"inspect", "--json", "tiny_conv_yes_no"}).out)["variables"]
          .size(),
      0u);
}

TEST_F(StreamingProgramTest, PackKeepsTheContext) {
  const ProgramRun run = RunEarshot({"pack", "--model", model_, "--out", dir_.Path("a.slot")});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("asked       every 40 ms (stride 20 ms)\n"));
  EXPECT_THAT(run.out, HasSubstr("context     110 ms\n"));
  EXPECT_THAT(run.out, HasSubstr("&kernels::kAssignVariable,\n"));
  const AlignedBytes bytes(test::ReadBytes(dir_.Path("a.slot")));
  ModelSlot slot;
  ASSERT_TRUE(OpenModelSlot(bytes.span(), &slot).ok());
  EXPECT_EQ(slot.config().context_ms, 110);
  EXPECT_EQ(slot.config().strides_per_inference, 2);
  const ProgramRun bad = RunEarshot(
      {"pack", "--model", model_, "--out", dir_.Path("b.slot"), "--strides-per-inference", "1"});
  EXPECT_EQ(bad.exit_code, 4);
  EXPECT_THAT(bad.err, HasSubstr("strides_per_inference: found 1, wanted 2"));
}

TEST_F(StreamingProgramTest, ClassifyLabelsClipsAndStreams) {
  WriteWav(dir_.Path("a.wav"), Noise(16000, 1));
  WriteWav(dir_.Path("b.wav"), Noise(48000, 2));
  const ProgramRun run = RunEarshot(
      {"classify", "--model", model_, "--jsonl", dir_.Path("a.wav"), dir_.Path("b.wav")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"label\":"));
  EXPECT_THAT(run.out, HasSubstr("\"detections\":"));
  const ProgramRun bad = RunEarshot(
      {"classify", "--model", model_, "--strides-per-inference", "1", dir_.Path("a.wav")});
  EXPECT_EQ(bad.exit_code, 4);
  EXPECT_THAT(bad.err, HasSubstr("strides_per_inference: found 1, wanted 2"));
}

// A model of microWakeWord with nothing but microWakeWord's manifest.
TEST_F(StreamingProgramTest, ClassifyTakesModelsOfMicroWakeWord) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const std::string wav = dir_.Path("jarvis.wav");
  WriteWav(wav,
           ReadNpy(test::SharedPath("golden/frontend/tts_slt_hey_jarvis.pcm.npy")).As<int16_t>());
  WriteText(dir_.Path("hey.json"), R"({
    "type": "micro", "version": 2, "wake_word": "Hey Jarvis",
    "model": "mww_v2_hey_jarvis.tflite",
    "micro": {"probability_cutoff": 0.97, "sliding_window_size": 5, "feature_step_size": 10}})");
  const ProgramRun run = RunEarshot({"classify", "--mode", "stream", "--jsonl", "--model",
                                     test::SharedPath("models/mww_v2_hey_jarvis.tflite"),
                                     "--manifest", dir_.Path("hey.json"), wav});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"label\":\"Hey Jarvis\""));
  // Recorded is 2.03 s, by a cutoff that is not rounded to 1/256; one inference later it is as
  // well.
  EXPECT_THAT(run.out, HasSubstr("\"time\":2.06"));
}

}  // namespace
}  // namespace earshot::host
