// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot run`, `inspect` and `features` as a user runs them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sndfile.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "earshot/frontend/feature_quantization.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/host/classification/feature_extractor.h"
#include "earshot/host/files/npy.h"
#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"
#include "tests/support/streaming_model.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;

std::string ShippedModel() { return test::SourcePath("models/tiny_conv_yes_no/model.tflite"); }

std::vector<uint16_t> Features(const std::vector<int16_t>& pcm, int stride_ms) {
  std::vector<uint16_t> features;
  FeatureExtractor(kStandardTables, stride_ms).Extract(pcm, &features);
  return features;
}

TEST(FeaturesProgramTest, AreTheFrontEnds) {
  const TempDir dir;
  const std::vector<int16_t> pcm = Noise(40000, 1);
  WriteWav(dir.Path("a.wav"), pcm);
  for (const int stride_ms : {20, 10}) {
    const std::string stride = std::to_string(stride_ms);
    const std::vector<uint16_t> wanted = Features(pcm, stride_ms);
    const size_t frames = wanted.size() / 40;
    EXPECT_EQ(frames, (40000u - 480) / (static_cast<size_t>(stride_ms) * 16) + 1);

    const std::string out = dir.Path("f.npy");
    EXPECT_EQ(
        RunEarshot({"features", dir.Path("a.wav"), "--out", out, "--stride-ms", stride}).exit_code,
        0);
    EXPECT_EQ(ReadNpy(out).shape, (std::vector<size_t>{frames, 40}));
    EXPECT_EQ(ReadNpy(out).As<uint16_t>(), wanted);

    EXPECT_EQ(
        RunEarshot({"features", dir.Path("a.wav"), "--out", out, "--stride-ms", stride, "--int8"})
            .exit_code,
        0);
    const std::vector<int8_t> quantized = ReadNpy(out).As<int8_t>();
    ASSERT_EQ(quantized.size(), wanted.size());
    for (size_t i = 0; i < wanted.size(); ++i) {
      ASSERT_EQ(quantized[i], QuantizeFeature(wanted[i]));
    }
  }
}

TEST(FeaturesProgramTest, EachClipStartsFresh) {
  const TempDir dir;
  constexpr size_t kClips = 50;
  constexpr size_t kSamples = 5000;
  std::vector<int16_t> pcm;
  std::vector<uint16_t> wanted;
  for (size_t i = 0; i < kClips; ++i) {
    const std::vector<int16_t> clip = Noise(kSamples, static_cast<uint32_t>(i));
    const std::vector<uint16_t> features = Features(clip, 20);
    pcm.insert(pcm.end(), clip.begin(), clip.end());
    wanted.insert(wanted.end(), features.begin(), features.end());
  }
  WriteNpy(dir.Path("x.npy"), MakeNpy({kClips, kSamples}, pcm));
  for (const char* jobs : {"1", "8"}) {
    const ProgramRun run = RunEarshot(
        {"features", "--clips", dir.Path("x.npy"), "--out", dir.Path("f.npy"), "--jobs", jobs});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_EQ(ReadNpy(dir.Path("f.npy")).shape, (std::vector<size_t>{kClips, 15, 40}));
    EXPECT_EQ(ReadNpy(dir.Path("f.npy")).As<uint16_t>(), wanted);
  }
}

TEST(FeaturesProgramTest, WrongClipsAreRefused) {
  const TempDir dir;
  const std::string clips = dir.Path("x.npy");
  const std::vector<std::string> arguments = {"features", "--clips", clips, "--out",
                                              dir.Path("f.npy")};
  WriteNpy(clips, MakeNpy({2, 3}, std::vector<float>(6)));
  EXPECT_THAT(RunEarshot(arguments).err, HasSubstr("found <f4 [2, 3], wanted <i2"));
  WriteNpy(clips, MakeNpy({6}, std::vector<int16_t>(6)));
  EXPECT_EQ(RunEarshot(arguments).exit_code, 3);
  WriteNpy(clips, MakeNpy({6, 0}, std::vector<int16_t>()));
  EXPECT_THAT(RunEarshot(arguments).err, HasSubstr("no samples"));
}

TEST(FeaturesGoldenTest, EqualTheRecordedOnes) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const TempDir dir;
  for (const std::string name : {"wav_yes_1000ms", "syn_bursts_4s"}) {
    const std::string golden = test::SharedPath("golden/frontend/" + name);
    WriteWav(dir.Path("a.wav"), ReadNpy(golden + ".pcm.npy").As<int16_t>());
    const std::string out = dir.Path("f.npy");
    RunEarshot({"features", dir.Path("a.wav"), "--out", out});
    EXPECT_EQ(ReadNpy(out).bytes, ReadNpy(golden + ".fe20_u16.npy").bytes);
    RunEarshot({"features", dir.Path("a.wav"), "--out", out, "--stride-ms", "10", "--int8"});
    EXPECT_EQ(ReadNpy(out).bytes, ReadNpy(golden + ".fe10_i8.npy").bytes);
  }
}

TEST(RunProgramTest, EachModelGivesTheRecordedOutputs) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const TempDir dir;
  const std::string out = dir.Path("o.npy");
  for (const std::string name :
       {"micro_speech_quantized", "kws_ref_model", "ad01_int8", "hello_world_int8",
        "pretrainedResnet_quant", "simple_add", "str_ww_ref_model", "person_detect",
        "mww_v1_okay_nabu", "mww_v2_vad"}) {
    for (const std::string set : {"rand", "real"}) {
      const std::string golden = test::SharedPath("golden/nn/" + name + "/" + set);
      if (!std::filesystem::exists(golden + ".in0.npy")) continue;
      std::vector<std::string> arguments = {"run", test::SharedPath("models/" + name + ".tflite")};
      for (const char* input : {".in0.npy", ".in1.npy"}) {
        if (!std::filesystem::exists(golden + input)) continue;
        arguments.insert(arguments.end(), {"--input", golden + input});
      }
      arguments.insert(arguments.end(), {"--output", out});
      const ProgramRun run = RunEarshot(arguments);
      ASSERT_EQ(run.exit_code, 0) << name << " " << run.err;
      const NpyArray wanted = ReadNpy(golden + ".out0.npy");
      EXPECT_EQ(ReadNpy(out).shape, wanted.shape) << name;
      EXPECT_TRUE(ReadNpy(out).bytes == wanted.bytes) << name << " " << set;
    }
  }
}

TEST(RunProgramTest, ForgetsBeforeEveryNRows) {
  const TempDir dir;
  const AlignedBytes model = test::StreamingModel().Build();
  WriteBytes(dir.Path("m.tflite"), {model.span().begin(), model.span().end()});
  NpyArray rows;  // The third and fourth are the first and second again.
  rows.descr = "|i1";
  rows.shape = {4, 1, test::kStreamingNewFrames, test::kStreamingChannels};
  for (size_t i = 0; i < 4u * test::kStreamingNewFrames * test::kStreamingChannels; ++i) {
    rows.bytes.push_back(static_cast<uint8_t>(i % (2u * test::kStreamingNewFrames * 40) * 37));
  }
  WriteNpy(dir.Path("x.npy"), rows);
  const std::string out = dir.Path("o.npy");
  std::vector<std::string> arguments = {
      "run", dir.Path("m.tflite"), "--input", dir.Path("x.npy"), "--output", out};
  const auto halves_are_equal = [&] {
    const ProgramRun run = RunEarshot(arguments);
    EXPECT_EQ(run.exit_code, 0) << run.err;
    const std::vector<uint8_t> bytes = ReadNpy(out).bytes;
    return std::equal(bytes.begin(), bytes.begin() + static_cast<long>(bytes.size() / 2),
                      bytes.begin() + static_cast<long>(bytes.size() / 2));
  };
  EXPECT_FALSE(halves_are_equal());
  arguments.insert(arguments.end(), {"--reset-every", "2"});
  EXPECT_TRUE(halves_are_equal());
}

TEST(RunProgramTest, RowsMayHaveAnotherShapeButNotAnotherSizeOrType) {
  const TempDir dir;
  const std::string in = dir.Path("x.npy");
  const std::vector<std::string> arguments = {"run", ShippedModel(), "--input",
                                              in,    "--output",     dir.Path("o.npy")};
  WriteNpy(in, MakeNpy({3, 1, 49, 40, 1}, std::vector<int8_t>(3 * 1960)));
  EXPECT_EQ(RunEarshot(arguments).exit_code, 0);
  const NpyArray wanted = ReadNpy(dir.Path("o.npy"));
  EXPECT_EQ(wanted.shape, (std::vector<size_t>{3, 1, 4}));
  WriteNpy(in, MakeNpy({3, 1960}, std::vector<int8_t>(3 * 1960)));
  EXPECT_EQ(RunEarshot(arguments).exit_code, 0);
  EXPECT_EQ(ReadNpy(dir.Path("o.npy")).bytes, wanted.bytes);

  WriteNpy(in, MakeNpy({3, 1961}, std::vector<int8_t>(3 * 1961)));
  ProgramRun run = RunEarshot(arguments);
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("shape: found [3, 1961], wanted [rows, 1, 49, 40, 1]"));
  WriteNpy(in, MakeNpy({3, 1960}, std::vector<uint8_t>(3 * 1960)));
  run = RunEarshot(arguments);
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("element type: found |u1, wanted |i1"));
}

TEST(RunProgramTest, DoesNotWriteOverTheModelThatAManifestNames) {
  const TempDir dir;
  const std::string model = dir.Path("model.tflite");
  std::filesystem::copy_file(ShippedModel(), model);
  std::filesystem::copy_file(test::SourcePath("models/tiny_conv_yes_no/manifest.json"),
                             dir.Path("manifest.json"));
  WriteNpy(dir.Path("x.npy"), MakeNpy({1, 1960}, std::vector<int8_t>(1960)));
  for (const std::string& output : {model, dir.Path("manifest.json")}) {
    const auto size = std::filesystem::file_size(output);
    const ProgramRun run = RunEarshot(
        {"run", dir.Path("manifest.json"), "--input", dir.Path("x.npy"), "--output", output});
    EXPECT_EQ(run.exit_code, 2) << run.err;
    EXPECT_EQ(std::filesystem::file_size(output), size);
  }
}

TEST(InspectProgramTest, TakesAShippedModelByItsName) {
  const ProgramRun by_name = RunEarshot({"inspect", "tiny_conv_yes_no"});
  EXPECT_EQ(by_name.exit_code, 0) << by_name.err;
  EXPECT_THAT(by_name.out, HasSubstr("\nVerdict: runs\n"));

  const ProgramRun unknown = RunEarshot({"inspect", "no_such_model"});
  EXPECT_EQ(unknown.exit_code, 4);
  EXPECT_THAT(unknown.err, HasSubstr("no_such_model: no such file, and no shipped model of this "
                                     "name (tiny_conv_yes_no, yes_no_streaming, commands_7)"));
}

TEST(InspectProgramTest, TheShippedModelRuns) {
  const ProgramRun text = RunEarshot({"inspect", ShippedModel()});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_THAT(text.out, HasSubstr("CONV_2D"));
  EXPECT_THAT(text.out, HasSubstr("\nVerdict: runs\n"));
  EXPECT_THAT(text.out, HasSubstr("&kernels::kFullyConnectedInt8,\n"));

  const ProgramRun run = RunEarshot({"inspect", "--json", ShippedModel()});
  EXPECT_EQ(run.exit_code, 0);
  const json report = json::parse(run.out);
  EXPECT_EQ(report["runs"], true);
  uint64_t macs = 0;
  for (const json& op : report["operators"]) macs += op["macs"].get<uint64_t>();
  EXPECT_EQ(report["macs"], macs);
  EXPECT_EQ(
      report["arena"]["bytes"].get<size_t>(),
      report["arena"]["persistent"].get<size_t>() + report["arena"]["activations"].get<size_t>());
}

TEST(InspectProgramTest, CountsMultiplyAccumulates) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  const ProgramRun run =
      RunEarshot({"inspect", "--json", test::SharedPath("models/micro_speech_quantized.tflite")});
  EXPECT_EQ(run.exit_code, 0);
  // 25 x 20 x 8 outputs of 10 x 8 filters, then 4000 x 4.
  EXPECT_EQ(json::parse(run.out)["macs"], 25 * 20 * 8 * 10 * 8 + 4000 * 4);
}

}  // namespace
}  // namespace earshot::host
