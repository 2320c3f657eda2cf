// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The examples print what the library says.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include <fstream>
#include <string>
#include <vector>

#include "earshot/app/units.h"
#include "earshot/frontend/frontend.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/host/models/spotter.h"
#include "earshot/kernels/all_kernels.h"
#include "earshot/runtime/interpreter.h"
#include "tests/host/program.h"
#include "tests/host/streaming_files.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"
#include "tests/support/streaming_model.h"

namespace earshot::host {
namespace {

using ::testing::HasSubstr;

class ExamplesTest : public testing::Test {
 protected:
  // A program's run with these bytes on standard input.
  ProgramRun Run(const std::string& program, const std::string& arguments,
                 const std::string& input) const {
    WriteText(dir_.Path("input"), input);
    return RunShell(fmt::format("'{}' {} < '{}'", program, arguments, dir_.Path("input")), {});
  }

  // A packed slot of a model; its path.
  std::string Pack(const std::string& model) const {
    const std::string slot = model.substr(0, model.rfind('.')) + ".slot";
    const ProgramRun run = RunEarshot({"pack", "--model", model, "--out", slot});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return slot;
  }

  // What is announced, line by line as the examples print it.
  static std::string Words(const KeywordModel& model, Span<const int16_t> samples) {
    Spotter spotter(model, model.config());
    std::string lines;
    while (!samples.empty()) {
      const Spotter::Result result = spotter.Feed(samples);
      samples = samples.subspan(result.consumed);
      if (result.detection == nullptr) continue;
      const Detection& word = *result.detection;
      lines += fmt::format("{} {} ms score {}\n", model.labels()[static_cast<size_t>(word.label)],
                           word.time_ms, word.score);
    }
    return lines;
  }

  const TempDir dir_;
  const std::vector<int16_t> samples_ =
      ReadFile(test::SourcePath("audio_samples/streams/pink_20db.wav"));
};

TEST_F(ExamplesTest, Words) {
  ModelChoice choice;
  choice.model = WriteStreamingModel(dir_.path(), StreamingManifest());
  const std::string wanted = Words(KeywordModel(choice), samples_);
  EXPECT_THAT(wanted, HasSubstr("yes "));
  const ProgramRun run = Run(EARSHOT_EXAMPLE_words, "'" + Pack(choice.model) + "'", Raw(samples_));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, wanted);
}

TEST_F(ExamplesTest, Several) {
  ModelChoice choice;
  choice.model = WriteStreamingModel(dir_.path(), StreamingManifest());
  const std::string all = Words(KeywordModel(choice), samples_);
  choice.voice = WriteVoiceModel(dir_.path(), 0.7);
  const std::string wanted = Words(KeywordModel(choice), samples_);
  EXPECT_NE(wanted, all);
  EXPECT_THAT(wanted, HasSubstr(" ms score "));
  const std::string slots = fmt::format("'{}' '{}'", Pack(choice.voice), Pack(choice.model));
  const ProgramRun run = Run(EARSHOT_EXAMPLE_several, slots, Raw(samples_));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, wanted);
}

TEST_F(ExamplesTest, Features) {
  AlignedBytes memory(Frontend::RequiredBytes(kStandardTables));
  Frontend frontend;
  ASSERT_TRUE(Frontend::Create(kStandardTables, 20 * static_cast<int32_t>(kSamplesPerMs),
                               memory.span(), &frontend)
                  .ok());
  std::string wanted;
  for (Span<const int16_t> rest = samples_; !rest.empty();) {
    const Frontend::Result frame = frontend.Process(rest);
    rest = rest.subspan(frame.consumed);
    for (size_t i = 0; i < frame.features.size(); ++i) {
      wanted += fmt::format("{}{}", frame.features[i], i + 1 < frame.features.size() ? " " : "\n");
    }
  }
  const ProgramRun run = Run(EARSHOT_EXAMPLE_features, "20", Raw(samples_));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(run.out == wanted);
  EXPECT_THAT(Run(EARSHOT_EXAMPLE_features, "31", "").err, HasSubstr("stride_ms"));
}

TEST_F(ExamplesTest, RunModel) {
  const AlignedBytes file = test::StreamingModel().Build();
  const std::string path = WriteStreamingModel(dir_.path(), nullptr);
  Model model;
  ASSERT_TRUE(Model::Load(file.span(), &model).ok());
  AlignedBytes arena(size_t{1} << 16);
  Interpreter interpreter(model, AllKernelsResolver(), arena.span());
  ASSERT_TRUE(interpreter.AllocateTensors().ok());
  std::string inputs;
  std::string wanted;
  for (int row = 0; row < 7; ++row) {
    for (uint8_t& byte : interpreter.input(0).bytes) {
      byte = static_cast<uint8_t>(inputs.size() * 37 % 251);
      inputs.push_back(static_cast<char>(byte));
    }
    ASSERT_TRUE(interpreter.Invoke().ok());
    for (const uint8_t byte : interpreter.output(0).bytes)
      wanted.push_back(static_cast<char>(byte));
  }
  const ProgramRun run = Run(EARSHOT_EXAMPLE_run_model, "'" + path + "'", inputs);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, wanted);
  EXPECT_THAT(run.err, HasSubstr("8 SOFTMAX: 7\n"));
}

TEST_F(ExamplesTest, SayWhatIsWrong) {
  const std::string path = dir_.Path("none");
  for (const std::string program : {EARSHOT_EXAMPLE_words, EARSHOT_EXAMPLE_run_model,
                                    EARSHOT_EXAMPLE_features, EARSHOT_EXAMPLE_several}) {
    EXPECT_EQ(Run(program, "", "").exit_code, 2);
  }
  EXPECT_THAT(Run(EARSHOT_EXAMPLE_words, "'" + path + "'", "").err, HasSubstr("cannot be read"));
  WriteText(path, "no slot, but some text");
  const ProgramRun run = Run(EARSHOT_EXAMPLE_words, "'" + path + "'", "");
  EXPECT_EQ(run.exit_code, 1);
  EXPECT_THAT(run.err, HasSubstr("invalid model"));
}

}  // namespace
}  // namespace earshot::host
