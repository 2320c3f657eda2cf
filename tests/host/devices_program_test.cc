// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot devices` as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/host/program.h"
#include "tests/host/virtual_microphone.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::ContainsRegex;
using ::testing::HasSubstr;

TEST(DevicesTest, ListsMicrophones) {
  const VirtualMicrophone microphone(Noise(16000, 1));
  const ProgramRun run = RunEarshot({"devices"});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_EQ(run.err, "");
  EXPECT_THAT(run.out, ContainsRegex("\n\\* +[0-9]+ +[0-9]+ +16000 Hz  ALSA +default\n"));
  EXPECT_THAT(run.out, HasSubstr("\n* the default\n"));
}

TEST(DevicesTest, Json) {
  const VirtualMicrophone microphone(Noise(16000, 1));
  const ProgramRun run = RunEarshot({"devices", "--json"});
  EXPECT_EQ(run.exit_code, 0);
  const json answer = json::parse(run.out);
  EXPECT_EQ(answer["v"], 1);
  int defaults = 0;
  for (const json& device : answer["devices"]) {
    EXPECT_TRUE(device["index"].is_number_integer());
    EXPECT_GE(device["channels"], 1);
    if (!device["default"].get<bool>()) continue;
    ++defaults;
    EXPECT_EQ(device["name"], "default");
    EXPECT_EQ(device["host_api"], "ALSA");
    EXPECT_EQ(device["native_rate_hz"], 16000);
  }
  EXPECT_EQ(defaults, 1);
}

TEST(DevicesTest, NoneIsOneLineAndFive) {
  const NoMicrophone none;
  const ProgramRun text = RunEarshot({"devices"});
  EXPECT_EQ(text.exit_code, 5);
  EXPECT_EQ(text.out, "");
  EXPECT_EQ(text.err, "earshot: no microphone was found\n");
  const ProgramRun run = RunEarshot({"devices", "--json"});
  EXPECT_EQ(run.exit_code, 5);
  EXPECT_EQ(json::parse(run.out), json({{"v", 1}, {"devices", json::array()}}));
  EXPECT_EQ(run.err, text.err);
}

}  // namespace
}  // namespace earshot::host
