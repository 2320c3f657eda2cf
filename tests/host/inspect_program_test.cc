// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot inspect`, and what every command says about models that do not run or want too much.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "earshot/host/files/npy.h"
#include "earshot/host/models/stack_depth.h"
#include "earshot/host/models/target_memory.h"
#include "earshot/kernels/kernel_sets.h"
#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/kernels/control_flow_model.h"
#include "tests/support/golden.h"
#include "tests/support/model_builder.h"

namespace earshot::host {
namespace {

using nlohmann::json;
using test::ModelBuilder;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;

test::TensorSpec Probabilities(std::vector<int32_t> shape, float scale = 1.0f / 256) {
  return {std::move(shape), TensorType::INT8, {scale}, {-128}};
}

// SOFTMAX over `rows` of 4000.
ModelBuilder Softmax(int32_t rows, float scale = 1.0f / 256) {
  ModelBuilder builder;
  const int input = builder.AddTensor(Probabilities({rows, 4000}));
  const int output = builder.AddTensor(Probabilities({rows, 4000}, scale));
  builder.AddOperator(BuiltinOperator::SOFTMAX, {input}, {output}, test::SoftmaxOptions());
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return builder;
}

// A model that repeats its one input `copies` times.
ModelBuilder Repeat(int copies) {
  ModelBuilder builder;
  const int input = builder.AddTensor(Probabilities({1, 1}));
  const int output = builder.AddTensor(Probabilities({1, copies}));
  builder.AddOperator(BuiltinOperator::CONCATENATION,
                      std::vector<int32_t>(static_cast<size_t>(copies), input), {output},
                      test::ConcatenationOptions(1));
  builder.SetInputs({input});
  builder.SetOutputs({output});
  return builder;
}

class InspectTest : public testing::Test {
 protected:
  // Where the file lies.
  std::string Save(const AlignedBytes& bytes) {
    const std::string path = dir_.Path("model.tflite");
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    const void* begin = bytes.span().data();
    file.write(static_cast<const char*>(begin), static_cast<std::streamsize>(bytes.size()));
    return path;
  }
  std::string Save(const ModelBuilder& model) { return Save(model.Build()); }

  const TempDir dir_;
};

TEST_F(InspectTest, AModelThatAlignsNothingToEightAnswersAsTheSameModelAligned) {
  const std::string shipped = test::SourcePath("models/tiny_conv_yes_no/model.tflite");
  const AlignedBytes bytes(test::ReadBytes(shipped));
  const std::string shifted = Save(test::ShiftedByFour(bytes.span()));
  EXPECT_EQ(RunEarshot({"inspect", shifted}).exit_code, 0);
  const std::string clips = test::SourcePath("audio_samples/yes");
  const auto classify = [&](const std::string& model) {
    return RunEarshot(
        {"classify", "--csv", "--model", model, "--labels", "silence,unknown,yes,no", clips});
  };
  const ProgramRun run = classify(shifted);
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_EQ(run.out, classify(shipped).out);
}

TEST_F(InspectTest, EveryCommandNamesMissingOperatorsBeforeBadTensors) {
  ModelBuilder builder = Softmax(1);
  const int bad = builder.AddTensor(Probabilities({-1}));
  builder.AddOperator(BuiltinOperator::BIDIRECTIONAL_SEQUENCE_LSTM, {1, -1, bad}, {bad});
  builder.AddOperator(BuiltinOperator::RNN, {bad}, {bad});
  const std::string model = Save(builder);
  const std::string wanted = "no kernel for BIDIRECTIONAL_SEQUENCE_LSTM of int8, RNN of int8";
  const ProgramRun text = RunEarshot({"inspect", model});
  EXPECT_EQ(text.exit_code, 4);
  EXPECT_THAT(text.out, HasSubstr("Verdict: does not run: " + wanted + "\n"));
  EXPECT_THAT(text.out, HasSubstr("    &kernels::kRnnInt8,\n"));
  const ProgramRun of_json = RunEarshot({"inspect", "--json", model});
  EXPECT_EQ(of_json.exit_code, 4);
  EXPECT_EQ(json::parse(of_json.out)["error"], wanted);
  EXPECT_EQ(json::parse(of_json.out)["missing"].size(), 2u);
  const std::string wav = test::SourcePath("audio_samples/yes/flite_slt.wav");
  for (const ProgramRun& run : {RunEarshot({"classify", "--model", model, "--labels", "a", wav}),
                                RunEarshot({"run", model, "--input", "x", "--output", "y"})}) {
    EXPECT_EQ(run.exit_code, 4);
    EXPECT_EQ(run.err, "earshot: " + model + ": " + wanted + "\n");
  }
}

TEST_F(InspectTest, TellsWhichImplementationRunsHere) {
  const std::string model = "tiny_conv_yes_no";
  const auto inspect = [&](const std::string& set) {
    return json::parse(
        RunShell("EARSHOT_KERNELS=" + set + " exec \"$0\" \"$@\"", {"inspect", "--json", model})
            .out);
  };
  const auto implementations = [](const json& report) {
    std::vector<std::string> names;
    for (const json& op : report["operators"]) names.push_back(op["implementation"]);
    return names;
  };
  const json reference = inspect("reference");
  EXPECT_THAT(implementations(reference), Each("reference"));
  // All else is about devices, and the same whatever runs here.
  EXPECT_EQ(reference["packed_bytes"], 0);
  for (const char* set : {"portable", "avx2", "avx512vnni"}) {
    if (FindKernelSet(set) == nullptr) continue;
    json report = inspect(set);
    EXPECT_THAT(implementations(report), Contains(set));
    for (json& op : report["operators"]) op["implementation"] = "reference";
    EXPECT_EQ(report["packed_bytes"] != 0, std::string(set) != "portable");
    report["packed_bytes"] = 0;
    EXPECT_EQ(report, reference);
  }
}

TEST_F(InspectTest, RefusesKernelsThatThereAreNot) {
  const ProgramRun run =
      RunShell("EARSHOT_KERNELS=avx3 exec \"$0\" \"$@\"", {"inspect", "tiny_conv_yes_no"});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("earshot: EARSHOT_KERNELS=avx3: no such kernels for this "
                                 "processor; there are reference, portable"));
}

TEST_F(InspectTest, ScalesHaveTheDigitsThatTellThemApart) {
  const ProgramRun run = RunEarshot({"inspect", Save(Softmax(1, 0.003906f))});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.out, HasSubstr("output: scale: found 0.003906, wanted 0.00390625\n"));
}

// 1.6 GB of activations, laid out in less than a megabyte.
TEST_F(InspectTest, TellsTheArenaWithoutTakingIt) {
  const std::string model = Save(Softmax(200000));
  const ProgramRun run = RunEarshot({"inspect", "--json", "--max-memory", "64K", model});
  EXPECT_EQ(run.exit_code, 0) << run.err << run.out;
  const json arena = json::parse(run.out)["arena"];
  EXPECT_EQ(arena["activations"], 1600000000);
  EXPECT_LT(arena["persistent"], 1000);
}

TEST_F(InspectTest, ShowsWhatLiesWhereInTheArena) {
  const std::string svg = dir_.Path("arena.svg");
  const ProgramRun run = RunEarshot({"inspect", "--json", "--arena-svg", svg, "tiny_conv_yes_no"});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json arena = json::parse(run.out)["arena"];
  const json& map = arena["map"];
  ASSERT_EQ(map["buffers"].size(), 4u);
  uint64_t end = 0;
  for (const json& buffer : map["buffers"]) {
    end = std::max(end, buffer["offset"].get<uint64_t>() + buffer["bytes"].get<uint64_t>());
  }
  EXPECT_EQ(map["bytes"], end);
  EXPECT_EQ(map["least_bytes"], end);
  EXPECT_EQ(arena["placed_bytes"], arena["bytes"]);
  EXPECT_THAT(map["operators"],
              ::testing::ElementsAre("0 CONV_2D", "1 FULLY_CONNECTED", "2 SOFTMAX"));
  EXPECT_EQ(map["peak"], 0);

  const std::vector<uint8_t> drawn = test::ReadBytes(svg);
  const std::string text(drawn.begin(), drawn.end());
  EXPECT_THAT(text, testing::StartsWith("<svg "));
  EXPECT_THAT(text,
              HasSubstr("most is in use, " + std::to_string(end) + " bytes, while 0 CONV_2D"));
  for (const json& buffer : map["buffers"]) {
    EXPECT_THAT(text, HasSubstr(buffer["name"].get<std::string>()));
  }
  EXPECT_THAT(RunEarshot({"inspect", "tiny_conv_yes_no"}).out,
              HasSubstr(std::to_string(end) + " bytes, while 0 CONV_2D runs\n"));
}

// Each part adds up, on every target. That boards take as much is in tests/on_device.
TEST_F(InspectTest, TellsATargetsMemoryPartByPart) {
  const std::string model = Save(test::BranchesWithScratch(1000, 1));
  for (const std::string& target : MemoryTargets()) {
    SCOPED_TRACE(target);
    const ProgramRun run = RunEarshot({"inspect", "--json", "--target", target, model});
    ASSERT_EQ(run.exit_code, 0) << run.err;
    const json report = json::parse(run.out);
    const json& memory = report["memory"];
    EXPECT_EQ(memory["target"], target);
    EXPECT_EQ(memory["arena"], report["arena"]["bytes"]);
    EXPECT_EQ(memory["persistent"].get<int>() + memory["shared"].get<int>(),
              memory["arena"].get<int>());
    const json& map = report["arena"]["map"];
    EXPECT_EQ(memory["peak"], "0 IF");
    EXPECT_EQ(memory["activations"].get<int>() + memory["scratch"].get<int>(),
              map["least_bytes"].get<int>());
    EXPECT_EQ(memory["most_scratch"], map["buffers"][0]["bytes"]);
    EXPECT_EQ(memory["scratch_operator"], "0 IF");
    EXPECT_EQ(memory.contains("stack"), target != kHostTarget);
    const std::string text = RunEarshot({"inspect", "--target", target, model}).out;
    EXPECT_THAT(text, HasSubstr("Memory on " + target + ", in bytes:\n  arena        " +
                                memory["arena"].dump() + ": " + memory["persistent"].dump() +
                                " persistent, " + memory["shared"].dump() + " shared\n"));
    if (target == kHostTarget) continue;
    EXPECT_THAT(text, HasSubstr("at most " + memory["stack"]["load"].dump() + " to load, " +
                                memory["stack"]["set_up"].dump() + " to set up, " +
                                memory["stack"]["inference"].dump() + " for an inference"));
  }
  const ProgramRun run = RunEarshot({"inspect", "--target", "cortex-m1", model});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("found \"cortex-m1\", wanted cortex-m0|"));
}

// Of the kernels the one that goes deepest decides.
TEST(StackDepthTest, IsThatOfTheDeepestKernel) {
  const std::vector<std::string> shallow = {"kernels::kReshape"};
  const std::vector<std::string> deep = {"kernels::kConv2DInt8"};
  const std::vector<std::string> both = {"kernels::kReshape", "kernels::kConv2DInt8"};
  for (const std::string& target : StackTargets()) {
    const auto none = FindStackDepth(target, {});
    const auto one = FindStackDepth(target, shallow);
    const auto other = FindStackDepth(target, deep);
    const auto all = FindStackDepth(target, both);
    ASSERT_TRUE(none && one && other && all) << target;
    EXPECT_LT(none->inference, one->inference);
    EXPECT_LT(one->inference, other->inference);
    EXPECT_LT(one->set_up, other->set_up);
    EXPECT_EQ(all->set_up, other->set_up);
    EXPECT_EQ(all->inference, other->inference);
    EXPECT_EQ(all->load, none->load);
    EXPECT_FALSE(FindStackDepth(target, {"my::kKernel"}));
  }
  EXPECT_FALSE(FindStackDepth("cortex-m1", shallow));
}

// It is used as an order of placement, or told to be wrong.
TEST_F(InspectTest, TellsOfTheFilesOwnPlan) {
  ModelBuilder builder = Softmax(1);
  builder.SetMetadata("OfflineMemoryAllocation", test::BytesOf<int32_t>({1, 0, 2, 8192, 0}));
  const std::string model = Save(builder);
  const json arena = json::parse(RunEarshot({"inspect", "--json", model}).out)["arena"];
  EXPECT_EQ(arena["offline_plan_bytes"], 8192 + 4000);
  EXPECT_EQ(arena["offline_plan_error"], "");
  EXPECT_THAT(RunEarshot({"inspect", model}).out,
              HasSubstr("The file's own plan: 12192 bytes for activations\n"));
  builder.SetMetadata("OfflineMemoryAllocation", test::BytesOf<int32_t>({1, 0, 2, 0, 0}));
  const ProgramRun overlap = RunEarshot({"inspect", Save(builder)});
  EXPECT_EQ(overlap.exit_code, 0);
  EXPECT_THAT(overlap.out, HasSubstr("The file's own plan is not used: OfflineMemoryAllocation: "
                                     "tensors 0 and 1: found bytes 0 to 4000 and 0 to 4000"));
}

// What SOFTMAX gives is as large as what it takes, and may lie there.
TEST_F(InspectTest, TellsWhatOperatorsInPlaceSave) {
  const std::string model = Save(Softmax(1));
  const json arena = json::parse(RunEarshot({"inspect", "--json", model}).out)["arena"];
  EXPECT_EQ(arena["in_place_bytes"].get<int>() + 4000, arena["placed_bytes"].get<int>());
  EXPECT_THAT(RunEarshot({"inspect", model}).out,
              HasSubstr("In place: " + arena["in_place_bytes"].dump() + " bytes"));
  const std::string shipped = RunEarshot({"inspect", "tiny_conv_yes_no"}).out;
  EXPECT_THAT(shipped, testing::Not(HasSubstr("In place")));
}

// What an operator calls lies in its scratch buffer.
TEST_F(InspectTest, ShowsTheMainSubgraphOfAModelThatCalls) {
  const ProgramRun run =
      RunEarshot({"inspect", "--json", Save(test::BranchesWithScratch(1000, 1))});
  ASSERT_EQ(run.exit_code, 0) << run.err;
  const json map = json::parse(run.out)["arena"]["map"];
  EXPECT_EQ(map["operators"], json({"0 IF"}));
  ASSERT_EQ(map["buffers"].size(), 4u);
  const json& largest = map["buffers"][0];  // Which is placed first.
  EXPECT_EQ(largest["name"], "scratch of 0 IF");
  EXPECT_GT(largest["bytes"], 4 * 1000);
}

TEST_F(InspectTest, DrawsOverNoModel) {
  const std::string model = Save(Softmax(1));
  const ProgramRun run = RunEarshot({"inspect", "--arena-svg", model, model});
  EXPECT_EQ(run.exit_code, 2);
  EXPECT_THAT(run.err, HasSubstr("--arena-svg"));
}

TEST_F(InspectTest, SaysHowMuchIsMoreThanThereCanBe) {
  const ProgramRun run = RunEarshot({"inspect", Save(Softmax(300000))});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.out, HasSubstr("arena: size in MiB (wanted: at most): found 2289, wanted 2047"));
}

TEST_F(InspectTest, OthersRefuseWhatIsMoreThanTheyMayTake) {
  const std::string model = Save(Softmax(1000));  // Two times 4 MB.
  const std::string input = dir_.Path("x.npy");
  WriteNpy(input, {"|i1", {1, 1000, 4000}, std::vector<uint8_t>(4000000)});
  const std::string output = dir_.Path("y.npy");
  const auto run = [&](const std::string& limit) {
    return RunEarshot({"run", model, "--input", input, "--output", output, "--max-memory", limit});
  };
  EXPECT_EQ(run("16M").exit_code, 0) << run("16M").err;
  const ProgramRun refused = run("4M");
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_THAT(refused.err, testing::MatchesRegex("earshot: .*model.tflite: needs 8000[0-9]+ bytes "
                                                 "\\(7.6 MiB\\) of memory or more, at most 4194304 "
                                                 "\\(4.0 MiB\\) are allowed: .*\n"));
  const std::string wav = test::SourcePath("audio_samples/yes/flite_slt.wav");
  const ProgramRun classify = RunEarshot({"classify", "--max-memory", "4K", wav});
  EXPECT_EQ(classify.exit_code, 4);
  EXPECT_THAT(classify.err, HasSubstr("tiny_conv_yes_no: needs "));
}

// Small files that make large ones: 100 KB of input, 25 MB of output.
TEST_F(InspectTest, OutputsCountAsWell) {
  const std::string model = Save(Repeat(250));
  const std::string input = dir_.Path("x.npy");
  const std::string output = dir_.Path("y.npy");
  WriteNpy(input, {"|i1", {100000, 1, 1}, std::vector<uint8_t>(100000)});
  const ProgramRun run =
      RunEarshot({"run", model, "--input", input, "--output", output, "--max-memory", "20M"});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.err, HasSubstr(": needs 25"));
  EXPECT_FALSE(std::filesystem::exists(output));
}

TEST_F(InspectTest, FilesThatAreTooLargeAreNotRead) {
  const std::string path = dir_.Path("large.tflite");
  std::ofstream(path) << "x";
  std::filesystem::resize_file(path, uintmax_t{10} << 30);  // Without taking disk for it.
  const ProgramRun run = RunEarshot({"inspect", path});
  EXPECT_EQ(run.exit_code, 4);
  EXPECT_THAT(run.err, HasSubstr("has 10737418240 bytes, a model has at most 2147483647"));
  EXPECT_EQ(RunEarshot({"inspect", "/dev/zero"}).exit_code, 4);
}

TEST_F(InspectTest, MaxMemoryTakesUnits) {
  const std::string model = Save(Softmax(1));
  for (const char* good : {"1000000", "512K", "512M", "2G", "2GiB", "1t"}) {
    EXPECT_EQ(RunEarshot({"inspect", model, "--max-memory", good}).exit_code, 0) << good;
  }
  for (const char* bad : {"0", "-1", "", "M", "1.5G", "1X", "nan", "99999999999G", "2 G"}) {
    EXPECT_EQ(RunEarshot({"inspect", model, "--max-memory", bad}).exit_code, 2) << bad;
  }
}

}  // namespace
}  // namespace earshot::host
