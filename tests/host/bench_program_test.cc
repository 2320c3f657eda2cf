// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot bench`: that it says of whom it speaks; how fast is not for a test to say.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "earshot/kernels/kernel_sets.h"
#include "tests/host/program.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(BenchTest, TimesEachModelWithEachSetOfKernels) {
  const ProgramRun run =
      RunEarshot({"bench", "--json", "--seconds", "0.01", "--operators", "--frontend", "--kernels",
                  "reference", "--kernels", "portable", "tiny_conv_yes_no", "commands_7"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json report = json::parse(run.out);
  EXPECT_GT(report["frontend"]["frame_microseconds"], 0);
  std::vector<std::string> paths;
  for (const json& model : report["models"]) {
    paths.push_back(model["path"]);
    std::vector<std::string> sets;
    for (const json& timing : model["timings"]) {
      sets.push_back(timing["kernels"]);
      EXPECT_GT(timing["microseconds"], 0);
      EXPECT_LE(timing["fastest"], timing["microseconds"]);
      EXPECT_EQ(timing["packed_bytes"], 0);
      EXPECT_EQ(timing["arena_bytes"], model["timings"][0]["arena_bytes"]);
      uint64_t macs = 0;
      for (const json& op : timing["operators"]) macs += op["macs"].get<uint64_t>();
      EXPECT_EQ(macs, model["macs"]);
    }
    EXPECT_THAT(sets, ElementsAre("reference", "portable"));
  }
  EXPECT_THAT(paths, ElementsAre("tiny_conv_yes_no", "commands_7"));
  const json& portable = report["models"][0]["timings"][1]["operators"];
  EXPECT_EQ(portable[0]["operator"], "CONV_2D");
  EXPECT_EQ(portable[0]["implementation"], "portable");
}

TEST(BenchTest, WithoutModelsTimesTheShippedOnesOnTheKernelsOfChoice) {
  const ProgramRun run = RunEarshot({"bench", "--seconds", "0.01"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  for (const char* text : {"tiny_conv_yes_no", "yes_no_streaming", "commands_7", "MACs/us"}) {
    EXPECT_THAT(run.out, HasSubstr(text));
  }
  EXPECT_THAT(run.out, HasSubstr(ChosenKernelSet().name));
}

TEST(BenchTest, SaysWhatIsWrong) {
  const ProgramRun kernels = RunEarshot({"bench", "--kernels", "avx3"});
  EXPECT_EQ(kernels.exit_code, 2);
  EXPECT_THAT(kernels.err, HasSubstr("--kernels: found avx3"));
  const ProgramRun model = RunEarshot({"bench", "nothing.tflite"});
  EXPECT_EQ(model.exit_code, 4);
  EXPECT_THAT(model.err, HasSubstr("nothing.tflite: no such file"));
  EXPECT_EQ(RunEarshot({"bench", "--seconds", "0"}).exit_code, 2);
}

}  // namespace
}  // namespace earshot::host
