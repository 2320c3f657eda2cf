// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot pack`, and `earshot inspect` of what it has packed, as a user runs them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "earshot/base/aligned_bytes.h"
#include "earshot/host/models/intel_hex.h"
#include "earshot/models/shipped_models.h"
#include "earshot/models/slot/model_slot.h"
#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

class PackProgramTest : public testing::Test {
 protected:
  // Packs with the manifest as `manifest_` says and these further arguments.
  ProgramRun Pack(const std::vector<std::string>& more = {}) {
    WriteText(dir_.Path("m.json"), manifest_.dump());
    std::vector<std::string> arguments = {
        "pack", "--model", model_, "--manifest", dir_.Path("m.json"), "--out", out_};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunEarshot(arguments);
  }

  // Expects exit code 4 with this text, and no file.
  void ExpectRefused(const std::string& text, const std::vector<std::string>& more = {}) {
    const ProgramRun run = Pack(more);
    EXPECT_EQ(run.exit_code, 4) << run.err;
    EXPECT_THAT(run.err, HasSubstr(text));
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_FALSE(std::filesystem::exists(out_));
  }

  const TempDir dir_;
  std::string model_ = test::SourcePath("models/tiny_conv_yes_no/model.tflite");
  std::string out_ = dir_.Path("word.slot");
  json manifest_ =
      json::parse(std::ifstream(test::SourcePath("models/tiny_conv_yes_no/manifest.json")));
};

TEST_F(PackProgramTest, PacksWhatTheImageWouldEmbed) {
  const ProgramRun run = Pack({"--name", "tiny_conv_yes_no"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.err, IsEmpty());
  const AlignedBytes file(test::ReadBytes(out_));
  ModelSlot slot;
  ASSERT_TRUE(OpenModelSlot(file.span(), &slot).ok());
  const EmbeddedModel& embedded = *ShippedModels()[0];
  EXPECT_STREQ(slot.name(), embedded.name);
  EXPECT_EQ(slot.bytes().size(), file.size());
  EXPECT_TRUE(std::equal(slot.model_bytes().begin(), slot.model_bytes().end(),
                         embedded.bytes.begin(), embedded.bytes.end()));
  EXPECT_EQ(slot.label_count(), embedded.labels.size());
  EXPECT_STREQ(slot.label(3), embedded.labels[3]);
  EXPECT_EQ(slot.spotter_bytes(), embedded.spotter_bytes);
  EXPECT_EQ(slot.arena_bytes(), embedded.arena_bytes);
  EXPECT_EQ(slot.config().recognizer.threshold, embedded.config.recognizer.threshold);

  EXPECT_THAT(run.out, StartsWith(out_ + ": " + std::to_string(file.size()) + " bytes\n"));
  EXPECT_THAT(run.out, HasSubstr("(silence), (unknown), yes, no\n"));
  EXPECT_THAT(run.out, HasSubstr(std::to_string(embedded.spotter_bytes) +
                                 " bytes exactly; an interpreter alone " +
                                 std::to_string(embedded.arena_bytes) + "\n"));
  EXPECT_THAT(run.out, HasSubstr(std::string("SHA-256 ") + embedded.sha256));
  EXPECT_THAT(run.out, HasSubstr("every 20 ms (stride 20 ms)\n"));
  EXPECT_THAT(run.out, HasSubstr("kSoftmaxInt8,\n"));
}

TEST_F(PackProgramTest, TheManifestBesideTheModelAndItsWakeWordAreTheDefaults) {
  const ProgramRun run = RunEarshot({"pack", "--model", model_, "--out", out_});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("  name        yes\n"));
}

TEST_F(PackProgramTest, StridesPerInference) {
  manifest_["earshot"]["strides_per_inference"] = 10;
  EXPECT_THAT(Pack().out, HasSubstr("every 200 ms (stride 20 ms)\n"));
  EXPECT_THAT(Pack({"--strides-per-inference", "5"}).out, HasSubstr("every 100 ms"));
}

TEST_F(PackProgramTest, IntelHexIsTheSameBytes) {
  ASSERT_EQ(Pack().exit_code, 0);
  const std::vector<uint8_t> bytes = test::ReadBytes(out_);
  const ProgramRun run = Pack({"--format", "hex", "--address", "0x0800B000"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr(" bytes at 0x0800b000\n"));
  const std::vector<uint8_t> hex = test::ReadBytes(out_);
  EXPECT_EQ(std::string(hex.begin(), hex.end()), IntelHex(0x0800B000, bytes));
  for (const char* address : {"0x0800B004", "0xFFFFFFF0", "4294967296", "-16", "flash", "16k"}) {
    const ProgramRun bad = Pack({"--format", "hex", "--address", address});
    EXPECT_EQ(bad.exit_code, 2) << address;
    EXPECT_THAT(bad.err, HasSubstr(std::string("--address: found ") + address)) << address;
  }
}

TEST_F(PackProgramTest, WhatDoesNotFitIsRefused) {
  ASSERT_EQ(Pack().exit_code, 0);
  const auto size = std::filesystem::file_size(out_);
  std::filesystem::remove(out_);
  ExpectRefused("packed: found " + std::to_string(size) + " bytes, wanted at most " +
                    std::to_string(size - 1) + " (--slot-bytes)",
                {"--slot-bytes", std::to_string(size - 1)});
  const ProgramRun run = Pack({"--slot-bytes", std::to_string(size + 100)});
  EXPECT_EQ(run.exit_code, 0);
  EXPECT_THAT(run.out, HasSubstr(" bytes, 100 of " + std::to_string(size + 100) + " free\n"));
  EXPECT_EQ(Pack({"--slot-bytes", std::to_string(size)}).exit_code, 0);
}

TEST_F(PackProgramTest, WhatADeviceCannotRunIsRefused) {
  const json whole = manifest_;
  const auto with = [&whole](const char* pointer, const json& value) {
    json changed = whole;
    changed[json::json_pointer(pointer)] = value;
    return changed;
  };
  manifest_ = with("/earshot/labels", {"silence", "unknown", "yes"});
  ExpectRefused("earshot.labels: found 3 (silence, unknown, yes), wanted 4");
  manifest_ = with("/earshot/frontend/channels", 32);
  ExpectRefused("earshot.frontend.channels: found 32, wanted 40");
  manifest_ = with("/earshot/frontend/sample_rate_hz", 8000);
  ExpectRefused("earshot.frontend.sample_rate_hz: found 8000, wanted 16000");
  manifest_ = with("/earshot/context_ms", 1000);
  ExpectRefused("earshot.context_ms: found 1000, wanted at most 990");
  manifest_ = with("/earshot/sha256", std::string(64, '0'));
  ExpectRefused("earshot.sha256: found 000");
  manifest_ = with("/earshot/strides_per_inference", 50);
  ExpectRefused("strides_per_inference: found 50, wanted 49");
  manifest_ = with("/earshot/labels/2", std::string("y\0s", 3));
  ExpectRefused("label: found a control character, wanted plain text");
  manifest_ = with("/earshot/labels/2", std::string(64, 'y'));
  ExpectRefused("found 64 bytes, wanted 1 to 63");
  manifest_ = with("/wake_word", std::string(32, 'w'));
  ExpectRefused("found 32 bytes, wanted 1 to 31");
  manifest_ = with("/version", 3);
  ExpectRefused("version: found 3, wanted");

  manifest_ = whole;
  manifest_["earshot"].erase("sha256");
  manifest_["model"] = "other.tflite";
  ExpectRefused("m.json: model: found \"other.tflite\", wanted \"model.tflite\"");
  manifest_["model"] = "cut.tflite";
  const std::vector<uint8_t> model = test::ReadBytes(model_);
  model_ = dir_.Path("cut.tflite");
  WriteBytes(model_, {model.begin(), model.begin() + 1000});
  ExpectRefused("cut.tflite: invalid model");
}

TEST_F(PackProgramTest, AFileThatCannotBeWrittenIsThree) {
  out_ = dir_.Path("no/such/folder/word.slot");
  const ProgramRun run = Pack();
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("word.slot: "));
}

TEST_F(PackProgramTest, ModelsWithUnknownOperatorsAreRefused) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  model_ = test::SharedPath("models/audio_preprocessor_int8.tflite");
  manifest_["earshot"].erase("sha256");
  manifest_["model"] = "audio_preprocessor_int8.tflite";
  std::vector<std::string> labels(40);  // As many as it has outputs.
  for (size_t i = 0; i < labels.size(); ++i) labels[i] = "label " + std::to_string(i);
  manifest_["earshot"]["labels"] = labels;
  manifest_["earshot"]["recognizer"].erase("background_labels");
  ExpectRefused("audio_preprocessor_int8.tflite: ");
}

TEST_F(PackProgramTest, InspectShowsAPackedSlot) {
  ASSERT_EQ(Pack().exit_code, 0);
  const ProgramRun text = RunEarshot({"inspect", out_});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, StartsWith(out_ + ": model slot, "));
  EXPECT_THAT(text.out, HasSubstr("(silence), (unknown), yes, no\n"));
  EXPECT_THAT(text.out, HasSubstr("\nVerdict: runs\n"));
  const json report = json::parse(RunEarshot({"inspect", "--json", out_}).out);
  EXPECT_EQ(report["runs"], true);
  EXPECT_EQ(report["slot"]["labels"], json({"silence", "unknown", "yes", "no"}));
  EXPECT_EQ(report["slot"]["spotter_bytes"], ShippedModels()[0]->spotter_bytes);
  EXPECT_EQ(report["slot"]["sha256"], ShippedModels()[0]->sha256);

  std::vector<uint8_t> bytes = test::ReadBytes(out_);
  bytes[bytes.size() / 2] ^= 1;
  WriteBytes(out_, bytes);
  const ProgramRun damaged = RunEarshot({"inspect", out_});
  EXPECT_EQ(damaged.exit_code, 4);
  EXPECT_THAT(damaged.err, HasSubstr("slot: damaged or half written (CRC-32)"));
}

}  // namespace
}  // namespace earshot::host
