// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// earshot-embed as the build runs it: what it refuses, with which exit code.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "earshot/models/embedding/packed_model.h"
#include "earshot/models/slot/model_slot.h"
#include "tests/models/manifest_text.h"
#include "tests/support/golden.h"
#include "tests/support/streaming_model.h"

namespace earshot {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr char kModel[] = "models/tiny_conv_yes_no/model.tflite";

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class EmbedTool : public testing::Test {
 protected:
  void SetUp() override {
    // One folder per test: they may run at the same time.
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("earshot_embed_") +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_);
    manifest_ = json::parse(ReadText(test::SourcePath("models/tiny_conv_yes_no/manifest.json")));
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Runs the program and returns its exit code; what it said is in `said_`.
  int Run(const std::string& model, const std::string& name = "kWord") {
    std::ofstream(folder_ / "manifest.json") << manifest_;
    return RunTool("--model '" + model + "' --manifest '" + (folder_ / "manifest.json").string() +
                   "' --name '" + name + "'");
  }

  int RunTool(const std::string& arguments) {
    const std::filesystem::path said = folder_ / "said";
    const std::string command = "'" EARSHOT_EMBED_TOOL "' " + arguments + " --out-dir '" +
                                (folder_ / "out").string() + "' 2> '" + said.string() + "'";
    const int status = std::system(command.c_str());
    said_ = ReadText(said);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::filesystem::path folder_;
  json manifest_;
  std::string said_;
};

TEST_F(EmbedTool, WritesHeaderAndSource) {
  EXPECT_EQ(Run(test::SourcePath(kModel)), 0) << said_;
  EXPECT_EQ(said_, "");
  EXPECT_THAT(ReadText(folder_ / "out/word.h"), HasSubstr("extern const EmbeddedModel kWord;"));
  EXPECT_THAT(ReadText(folder_ / "out/word.cc"), HasSubstr("constexpr EmbeddedModel kWord ="));
}

// micro_speech begins with a RESHAPE of its input, 1,960 bytes that need not be there twice. The
// shipped model has nothing of the kind, so its image does not hold what it would take.
TEST_F(EmbedTool, HasOperatorsShareMemoryWhereItSavesEnough) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  EXPECT_EQ(Run(test::SourcePath(kModel)), 0) << said_;
  const auto is_in_place = [&] {  // The whole source would be a long message.
    return ReadText(folder_ / "out/word.cc").find("plan.make = PlanInPlace;") != std::string::npos;
  };
  EXPECT_FALSE(is_in_place());
  manifest_["earshot"].erase("sha256");
  manifest_["model"] = "micro_speech_quantized.tflite";
  const std::string model = test::SharedPath("models/micro_speech_quantized.tflite");
  EXPECT_EQ(Run(model), 0) << said_;
  EXPECT_TRUE(is_in_place());
  // A slot cannot ask for it.
  const PackedModel packed =
      PackModel(LoadSpotterModel(model, (folder_ / "manifest.json").string()), "word");
  ModelSlot slot;
  ASSERT_TRUE(OpenModelSlot(packed.bytes.span(), &slot).ok());
  const std::string bytes = std::to_string(slot.spotter_bytes() - 1952);
  EXPECT_THAT(ReadText(folder_ / "out/word.h"), HasSubstr("kWordSpotterBytes = " + bytes + ";"));
}

// As they are published: NAME.json beside NAME.tflite, and either leads to the other.
TEST_F(EmbedTool, OneOfTwoFilesIsEnough) {
  EXPECT_EQ(Run(test::SourcePath(kModel)), 0) << said_;
  const std::string source = ReadText(folder_ / "out/word.cc");
  manifest_["model"] = "published.tflite";
  std::ofstream(folder_ / "published.json") << manifest_;
  std::filesystem::copy_file(test::SourcePath(kModel), folder_ / "published.tflite");
  for (const char* extension : {".json", ".tflite"}) {
    std::filesystem::remove_all(folder_ / "out");
    const std::string file = (folder_ / "published").string() + extension;
    EXPECT_EQ(RunTool("--model '" + file + "' --name kWord"), 0) << said_;
    EXPECT_EQ(ReadText(folder_ / "out/word.cc"), source);
  }
}

TEST_F(EmbedTool, PacksWhatTheProgramPacks) {
  std::ofstream(folder_ / "manifest.json") << manifest_;
  const std::string slot = (folder_ / "word.slot").string();
  const auto pack = [&](const std::string& more) {
    const std::string command = "'" EARSHOT_EMBED_TOOL "' --model '" + test::SourcePath(kModel) +
                                "' --manifest '" + (folder_ / "manifest.json").string() +
                                "' --slot '" + slot + "' --slot-name word " + more + " 2> '" +
                                (folder_ / "said").string() + "'";
    const int status = std::system(command.c_str());
    said_ = ReadText(folder_ / "said");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  };
  EXPECT_EQ(pack(""), 0) << said_;
  const SpotterModel model =
      LoadSpotterModel(test::SourcePath(kModel), (folder_ / "manifest.json").string());
  const AlignedBytes wanted = PackModel(model, "word").bytes;
  EXPECT_EQ(ReadText(slot), std::string(wanted.span().begin(), wanted.span().end()));
  EXPECT_EQ(pack("--slot-bytes 100"), 4);
  EXPECT_THAT(said_, HasSubstr("wanted at most 100 (--slot-bytes)"));
  for (const char* wrong : {"abc", "-1", "0", "10k", "99999999999999999999999"}) {
    EXPECT_EQ(pack(std::string("--slot-bytes ") + wrong), 2);
    EXPECT_THAT(said_, HasSubstr(std::string("--slot-bytes: found ") + wrong));
  }
}

TEST_F(EmbedTool, DoesNotWriteOverTheModel) {
  manifest_["model"] = "word.tflite";
  std::ofstream(folder_ / "word.json") << manifest_;
  std::filesystem::copy_file(test::SourcePath(kModel), folder_ / "word.tflite");
  for (const char* file : {"word.tflite", "word.json"}) {
    const std::string before = ReadText(folder_ / file);
    EXPECT_EQ(RunTool("--model '" + (folder_ / "word.json").string() + "' --slot '" +
                      (folder_ / file).string() + "'"),
              3);
    EXPECT_THAT(said_, HasSubstr(std::string(file) + ": is read as the model"));
    EXPECT_EQ(ReadText(folder_ / file), before);
  }
}

// A slot has all that the constant needs but the settings for clips.
TEST_F(EmbedTool, TakesAPackedSlot) {
  const std::string model = test::SourcePath("models/yes_no_streaming/model.tflite");
  const std::string slot = (folder_ / "word.slot").string();
  ASSERT_EQ(RunTool("--model '" + model + "' --name kWord"), 0) << said_;
  std::string wanted = ReadText(folder_ / "out/word.cc");
  const std::string header = ReadText(folder_ / "out/word.h");
  for (const auto& [setting, fallback] :
       {std::pair{"tail_ms = 300", "tail_ms = 0"}, {"average_ms = 400", "average_ms = 0"}}) {
    ASSERT_THAT(wanted, HasSubstr(std::string("clip.") + setting));
    wanted.replace(wanted.find(setting), std::string(setting).size(), fallback);
  }
  ASSERT_EQ(RunTool("--model '" + model + "' --slot '" + slot + "'"), 0) << said_;
  std::filesystem::remove_all(folder_ / "out");
  EXPECT_EQ(RunTool("--model '" + slot + "' --name kWord"), 0) << said_;
  EXPECT_EQ(ReadText(folder_ / "out/word.cc"), wanted);
  EXPECT_EQ(ReadText(folder_ / "out/word.h"), header);

  const std::string packed = ReadText(slot);
  EXPECT_EQ(RunTool("--model '" + slot + "' --slot '" + slot + ".2'"), 0) << said_;
  EXPECT_EQ(ReadText(slot + ".2"), packed);
  EXPECT_EQ(Run(slot), 3);
  EXPECT_THAT(said_, HasSubstr("word.slot: is a model slot, which has its labels and settings"));
  std::ofstream(slot, std::ios::binary) << packed.substr(0, packed.size() - 100);
  EXPECT_EQ(RunTool("--model '" + slot + "' --name kWord"), 4);
  EXPECT_THAT(said_, HasSubstr("word.slot: invalid model: model: slot: larger than its region"));
}

// Nothing but microWakeWord's own, for a model that remembers.
TEST_F(EmbedTool, TakesABareManifest) {
  const AlignedBytes model = test::StreamingWakeWord().Build();
  const std::string file = (folder_ / "okay_house").string();
  std::ofstream(file + ".tflite", std::ios::binary)
      << std::string(model.span().begin(), model.span().end());
  std::ofstream(file + ".json") << test::MicroManifest();
  ASSERT_EQ(RunTool("--model '" + file + ".json' --name kWord"), 0) << said_;
  const std::string source = ReadText(folder_ / "out/word.cc");
  EXPECT_THAT(source, HasSubstr("kLabels[] = {\n    \"Okay House\",\n}"));
  EXPECT_THAT(source, HasSubstr("config.stride_ms = 10;"));
  EXPECT_THAT(source, HasSubstr("config.strides_per_inference = 2;"));
  EXPECT_THAT(source, HasSubstr("config.context_ms = 70;"));
  EXPECT_THAT(source, HasSubstr("config.recognizer.average_window_ms = 80;"));
  EXPECT_THAT(source, HasSubstr("config.recognizer.minimum_count = 5;"));
  EXPECT_THAT(source, HasSubstr("config.recognizer.threshold = 248;"));
}

TEST_F(EmbedTool, TakesABareManifestAsItIsPublished) {
  EARSHOT_SKIP_WITHOUT_SHARED();
  json manifest = test::MicroManifest();
  manifest["model"] = "mww_v2_okay_nabu.tflite";
  std::filesystem::copy_file(test::SharedPath("models/mww_v2_okay_nabu.tflite"),
                             folder_ / "mww_v2_okay_nabu.tflite");
  std::ofstream(folder_ / "mww_v2_okay_nabu.json") << manifest;
  const std::string file = (folder_ / "mww_v2_okay_nabu.json").string();
  EXPECT_EQ(RunTool("--model '" + file + "' --name kWord"), 0) << said_;
  EXPECT_THAT(ReadText(folder_ / "out/word.cc"), HasSubstr("config.strides_per_inference = 3;"));
}

TEST_F(EmbedTool, RefusesArgumentsThatItDoesNotKnow) {
  const auto exit_code = [](const std::string& arguments) {
    const int status =
        std::system(("'" EARSHOT_EMBED_TOOL "' " + arguments + " > /dev/null 2>&1").c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  };
  EXPECT_EQ(exit_code("--help"), 0);
  EXPECT_EQ(exit_code(""), 2);
  EXPECT_EQ(exit_code("--model m --name kWord"), 2);
  EXPECT_EQ(exit_code("--model m --name kWord --out-dir"), 2);
  EXPECT_EQ(exit_code("--model m --name kWord --out-dir d --colour red"), 2);
  EXPECT_EQ(exit_code("--model m --name kWord --out-dir d --slot-name word"), 2);
}

TEST_F(EmbedTool, RefusesAnotherFrontend) {
  manifest_["earshot"]["frontend"]["channels"] = 32;
  EXPECT_EQ(Run(test::SourcePath(kModel)), 3);
  EXPECT_THAT(said_, HasSubstr("earshot.frontend.channels: found 32, wanted 40"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out"));
}

TEST_F(EmbedTool, RefusesAnotherModelThanTheManifests) {
  manifest_["earshot"]["sha256"] = std::string(64, '0');
  EXPECT_EQ(Run(test::SourcePath(kModel)), 3);
  EXPECT_THAT(said_, HasSubstr("earshot.sha256: found 000"));
}

TEST_F(EmbedTool, RefusesLabelsThatTheModelDoesNotHave) {
  manifest_["earshot"]["labels"] = {"silence", "unknown", "yes"};
  EXPECT_EQ(Run(test::SourcePath(kModel)), 3);
  EXPECT_THAT(said_, HasSubstr("earshot.labels: found 3 (silence, unknown, yes), wanted 4, one for "
                               "each output of the model"));
}

TEST_F(EmbedTool, RefusesADamagedModel) {
  manifest_["earshot"].erase("sha256");
  manifest_["model"] = "damaged.tflite";
  const std::filesystem::path damaged = folder_ / "damaged.tflite";
  std::ofstream(damaged, std::ios::binary) << ReadText(test::SourcePath(kModel)).substr(0, 1000);
  EXPECT_EQ(Run(damaged.string()), 4);
  EXPECT_THAT(said_, HasSubstr("damaged.tflite: invalid model"));
}

TEST_F(EmbedTool, RefusesFilesThatCannotBeRead) {
  EXPECT_EQ(Run((folder_ / "none.tflite").string()), 3);
  EXPECT_THAT(said_, HasSubstr("none.tflite: No such file"));
  EXPECT_EQ(Run(folder_.string()), 3);
}

TEST_F(EmbedTool, RefusesTheManifestOfAnotherModel) {
  manifest_["earshot"].erase("sha256");
  manifest_["model"] = "other.tflite";
  EXPECT_EQ(Run(test::SourcePath(kModel)), 3);
  EXPECT_THAT(said_, HasSubstr("model: found \"other.tflite\", wanted \"model.tflite\""));
}

TEST_F(EmbedTool, RefusesOtherNames) {
  EXPECT_EQ(Run(test::SourcePath(kModel), "tiny"), 2);
  EXPECT_THAT(said_, HasSubstr("--name: \"tiny\": wanted a name like kTinyConvYesNo"));
}

}  // namespace
}  // namespace earshot
