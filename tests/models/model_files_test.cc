// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/model_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "earshot/models/sha256.h"
#include "tests/models/manifest_text.h"

namespace earshot {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ModelFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) /
              (std::string("earshot_model_files_") +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_ / "sub");
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }

  void Write(const std::string& name, const std::string& text) const {
    std::ofstream(Path(name), std::ios::binary) << text;
  }

  // A manifest that names this model.
  void WriteManifest(const std::string& name, const std::string& model,
                     const std::string& sha256 = "") const {
    json manifest = test::MicroManifest();
    manifest["model"] = model;
    if (!sha256.empty()) manifest["earshot"]["sha256"] = sha256;
    Write(name, manifest.dump());
  }

  // The error of finding and loading a model with its manifest; empty: none.
  std::string Refusal(const std::string& model, const std::string& manifest = "") const {
    try {
      const ModelFiles files = FindModelFiles(Path(model), manifest.empty() ? "" : Path(manifest));
      const AlignedBytes bytes = ReadModelFile(files.model);
      LoadManifestOf(files, bytes.span());
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  const std::string bytes_ = std::string("\x1C\0\0\0TFL3 no more", 16);
  fs::path folder_;
};

TEST_F(ModelFilesTest, TheManifestOfTheSameNameComesFirst) {
  Write("okay.tflite", bytes_);
  EXPECT_THAT(FindModelFiles(Path("okay.tflite")).manifest, IsEmpty());
  WriteManifest("manifest.json", "okay.tflite");
  EXPECT_EQ(FindModelFiles(Path("okay.tflite")).manifest, Path("manifest.json"));
  WriteManifest("okay.json", "okay.tflite");
  EXPECT_EQ(FindModelFiles(Path("okay.tflite")).manifest, Path("okay.json"));
  EXPECT_EQ(FindModelFiles(Path("okay.tflite"), "other.json").manifest, "other.json");
}

TEST_F(ModelFilesTest, AManifestLeadsToItsModel) {
  Write("okay.tflite", bytes_);
  Write("sub/okay.tflite", bytes_);
  for (const char* model :
       {"okay.tflite", "./okay.tflite", "https://example.com/raw/main/okay.tflite?raw=true",
        "/home/somebody/okay.tflite", "C:\\models\\okay.tflite", "trained/okay.tflite"}) {
    WriteManifest("a.json", model);
    EXPECT_EQ(FindModelFiles(Path("a.json")).model, Path("okay.tflite")) << model;
    EXPECT_EQ(Refusal("a.json"), "") << model;
  }
  WriteManifest("b.JSON", "sub/okay.tflite");
  EXPECT_EQ(FindModelFiles(Path("b.JSON")).model, Path("sub/okay.tflite"));
  WriteManifest("without_ending", "okay.tflite");
  EXPECT_EQ(FindModelFiles(Path("without_ending")).model, Path("okay.tflite"));
}

TEST_F(ModelFilesTest, AModelThatIsNotThereIsNamed) {
  WriteManifest("a.json", "okay.tflite");
  EXPECT_EQ(Refusal("a.json"), Path("a.json") +
                                   ": model: found \"okay.tflite\", wanted a file beside the "
                                   "manifest: there is no " +
                                   Path("okay.tflite"));
  WriteManifest("b.json", "models/");
  EXPECT_THAT(Refusal("b.json"), HasSubstr("b.json: model: found \"models/\""));
}

TEST_F(ModelFilesTest, AManifestOfAnotherModelIsRefused) {
  Write("okay.tflite", bytes_);
  Write("jarvis.tflite", bytes_);
  WriteManifest("okay.json", "okay.tflite");
  WriteManifest("manifest.json", "okay.tflite");
  EXPECT_EQ(Refusal("okay.tflite"), "");
  EXPECT_EQ(Refusal("okay.tflite", "okay.json"), "");
  const std::string wanted =
      ": model: found \"okay.tflite\", wanted \"jarvis.tflite\", the model that it is to go with";
  EXPECT_EQ(Refusal("jarvis.tflite", "okay.json"), Path("okay.json") + wanted);
  EXPECT_EQ(Refusal("jarvis.tflite"), Path("manifest.json") + wanted);
  EXPECT_THAT(Refusal("okay.json", "okay.json"), HasSubstr("okay.json: is a manifest itself"));
}

// Its hash tells more than its name.
TEST_F(ModelFilesTest, ARenamedModelIsKnownByItsHash) {
  const std::string sha256 =
      Sha256({reinterpret_cast<const uint8_t*>(bytes_.data()), bytes_.size()});
  Write("renamed.tflite", bytes_);
  WriteManifest("renamed.json", "okay.tflite", sha256);
  EXPECT_EQ(Refusal("renamed.tflite"), "");
  EXPECT_EQ(Refusal("renamed.json"), "");
  WriteManifest("renamed.json", "renamed.tflite", std::string(64, '0'));
  EXPECT_THAT(Refusal("renamed.tflite"), HasSubstr("earshot.sha256: found 000"));
}

// What has the manifest's name and is none is not passed over for manifest.json.
TEST_F(ModelFilesTest, AManifestThatCannotBeOneIsAnError) {
  Write("a.tflite", bytes_);
  WriteManifest("manifest.json", "a.tflite");
  fs::create_symlink("nowhere", Path("a.json"));
  EXPECT_THAT(Refusal("a.tflite"), HasSubstr("a.json: found no file: a directory, or a link to"));
  fs::remove(Path("a.json"));
  fs::create_directory(Path("a.json"));
  EXPECT_THAT(Refusal("a.tflite"), HasSubstr("a.json: found no file: a directory, or a link to"));
  fs::remove(Path("a.json"));
  EXPECT_EQ(Refusal("a.tflite"), "");
}

TEST_F(ModelFilesTest, ALinkIsTheFileThatItLeadsTo) {
  Write("okay.tflite", bytes_);
  WriteManifest("okay.json", "okay.tflite");
  fs::create_symlink(Path("okay.tflite"), Path("current.tflite"));
  fs::create_symlink(Path("okay.json"), Path("current.json"));
  EXPECT_EQ(Refusal("current.tflite"), "");
}

TEST_F(ModelFilesTest, WhatIsNoModelIsCalledByItsName) {
  Write("a.tflite", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
  EXPECT_EQ(Refusal("a.tflite"), Path("a.tflite") +
                                     ": is a Git LFS pointer, not the file itself: fetch it with "
                                     "`git lfs pull`; wanted a .tflite file");
  EXPECT_THAT(Refusal("none.tflite"), HasSubstr("none.tflite: No such file"));
  EXPECT_THAT(Refusal("sub"), HasSubstr("sub: is a directory"));
  ASSERT_EQ(mkfifo(Path("pipe").c_str(), 0600), 0);
  EXPECT_THAT(Refusal("pipe"), HasSubstr("pipe: is a pipe or device; wanted a .tflite file"));
  Write("sub/saved_model.pb", "");
  EXPECT_THAT(Refusal("sub"), HasSubstr("sub: is a SavedModel of TensorFlow: convert it"));
}

}  // namespace
}  // namespace earshot
