// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/path_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;

class PathListTest : public testing::Test {
 protected:
  // "path" or "path: error" for each entry, relative to the directory of the test.
  std::vector<std::string> Expand(const std::vector<std::string>& arguments,
                                  const std::vector<std::string>& lists = {},
                                  const std::string& standard_input = "") {
    std::istringstream input(standard_input);
    std::vector<std::string> texts;
    for (const PathEntry& entry : ExpandPaths(arguments, lists, input)) {
      std::string path = entry.path;
      if (path.rfind(dir_.path() + "/", 0) == 0) path = path.substr(dir_.path().size() + 1);
      texts.push_back(entry.error.empty() ? path : path + ": " + entry.error);
    }
    return texts;
  }

  std::string Make(const std::string& name) {
    std::filesystem::create_directories(std::filesystem::path(dir_.Path(name)).parent_path());
    WriteText(dir_.Path(name), "x");
    return dir_.Path(name);
  }

  TempDir dir_;
};

TEST_F(PathListTest, KeepsTheOrderOfArgumentsAndWhatTheyAreCalled) {
  const std::string b = Make("b.data");
  const std::string a = Make("a.wav");
  EXPECT_THAT(Expand({b, a, b}), ElementsAre("b.data", "a.wav", "b.data"));
}

TEST_F(PathListTest, DirectoriesAreSortedAndOnlyRecordingsTaken) {
  for (const char* name : {"d/b.wav", "d/a/z.FLAC", "d/a.wav", "d/B.ogg", "d/notes.txt",
                           "d/._b.wav", "d/.git/c.wav", "d/c/d/e/f.opus", "d/wav"}) {
    Make(name);
  }
  EXPECT_THAT(Expand({dir_.Path("d")}),
              ElementsAre("d/B.ogg", "d/a.wav", "d/a/z.FLAC", "d/b.wav", "d/c/d/e/f.opus"));
}

TEST_F(PathListTest, ListsComeFromFilesAndStandardInput) {
  const std::string a = Make("a.wav");
  const std::string b = Make("b.wav");
  const std::string c = Make("d/c.wav");
  WriteText(dir_.Path("list.txt"), a + "\r\n\n" + dir_.Path("d"));
  EXPECT_THAT(Expand({"-", a}, {dir_.Path("list.txt")}, b + "\n" + a + "\n"),
              ElementsAre("b.wav", "a.wav", "a.wav", "a.wav", "d/c.wav"));
  EXPECT_THAT(Expand({}, {"-"}, b), ElementsAre("b.wav"));
}

TEST_F(PathListTest, WhatIsNotThereIsAnEntryWithAnError) {
  std::filesystem::create_directories(dir_.Path("empty"));
  EXPECT_THAT(
      Expand({dir_.Path("none.wav"), dir_.Path("empty")}, {dir_.Path("no.txt"), dir_.path()}),
      ElementsAre("none.wav: no such file", "empty: no recordings in this directory",
                  "no.txt: list of paths: No such file or directory",
                  dir_.path() + ": list of paths: is a directory"));
}

}  // namespace
}  // namespace earshot::host
