// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/path_list.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

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

TEST_F(PathListTest, LinksToFoldersAreFollowedOnce) {
  Make("d/real/a.wav");
  Make("elsewhere/b.wav");
  std::filesystem::create_directory_symlink(dir_.Path("elsewhere"), dir_.Path("d/link"));
  std::filesystem::create_directory_symlink(dir_.Path("elsewhere"), dir_.Path("d/link_too"));
  std::filesystem::create_directory_symlink("..", dir_.Path("d/real/up"));  // A loop.
  std::filesystem::create_directory_symlink(dir_.Path("d/real"), dir_.Path("d/a_link"));
  std::filesystem::create_symlink(dir_.Path("elsewhere/b.wav"), dir_.Path("d/file.wav"));
  std::filesystem::create_symlink("nowhere", dir_.Path("d/lost.wav"));
  std::filesystem::create_symlink("nowhere", dir_.Path("d/lost.txt"));
  std::filesystem::create_symlink("self", dir_.Path("d/self"));
  EXPECT_THAT(Expand({dir_.Path("d")}),
              ElementsAre("d/file.wav", "d/link/b.wav", "d/lost.wav: a link to what is not there",
                          "d/real/a.wav", "d/self: Too many levels of symbolic links"));
}

// One folder that cannot be read (here for its long path, which holds for root, too) does not end
// the walk.
TEST_F(PathListTest, AFolderThatCannotBeReadIsNamedAndTheRestGoesOn) {
  Make("d/a.wav");
  Make("d/z/b.wav");
  const int before = open(".", O_RDONLY | O_DIRECTORY);
  ASSERT_EQ(chdir(dir_.Path("d").c_str()), 0);
  const std::string name(250, 'm');
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(mkdir(name.c_str(), 0700), 0);
    ASSERT_EQ(chdir(name.c_str()), 0);
  }
  ASSERT_EQ(fchdir(before), 0);
  close(before);
  const std::vector<std::string> entries = Expand({dir_.Path("d")});
  ASSERT_EQ(entries.size(), 3u);
  EXPECT_EQ(entries[0], "d/a.wav");
  EXPECT_THAT(entries[1], testing::StartsWith("d/" + name + "/" + name));
  EXPECT_THAT(entries[1], testing::EndsWith(": File name too long"));
  EXPECT_EQ(entries[2], "d/z/b.wav");
}

TEST_F(PathListTest, SoundThatNothingDecodesIsCounted) {
  for (const char* name : {"d/a.wav", "d/b.m4a", "d/x/c.M4A", "d/d.webm", "d/notes.txt"}) {
    Make(name);
  }
  testing::internal::CaptureStderr();
  EXPECT_THAT(Expand({dir_.Path("d")}), ElementsAre("d/a.wav"));
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::HasSubstr("passed over sound files that nothing here decodes (.m4a 2, .webm "
                                 "1)"));
  EXPECT_THAT(Expand({dir_.Path("d/x")}),
              ElementsAre(testing::StartsWith("d/x: no recordings in this directory, only sound "
                                              "files that nothing here decodes (.m4a 1)")));
}

TEST_F(PathListTest, EndingsOfSound) {
  for (const char* name : {"a.8svx", "a.caf", "a.OGA", "a.w64", "a.pvf", "a.wve"}) Make(name);
  for (const char* name : {"b.adts", "b.avi", "b.flv", "b.gsm", "b.m4r", "b.MPG", "b.qcp", "b.shn",
                           "b.spx", "b.tak", "b.vox"}) {
    Make(name);
  }
  testing::internal::CaptureStderr();
  EXPECT_THAT(Expand({dir_.path()}),
              ElementsAre("a.8svx", "a.OGA", "a.caf", "a.pvf", "a.w64", "a.wve"));
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::HasSubstr("(.adts 1, .avi 1, .flv 1, .gsm 1, .m4r 1, .mpg 1, .qcp 1, .shn "
                                 "1, .spx 1, .tak 1, .vox 1)"));
}

// Names that are more often those of other files.
TEST_F(PathListTest, EndingsThatTellLittleAreLookedInto) {
  Make("matrix.mat");
  Make("source.ts");
  Make("picture.iff");
  WriteText(dir_.Path("sound.iff"), std::string("FORM\0\0\0\0008SVXVHDR", 16));
  WriteText(dir_.Path("sound.sf"), std::string("\0\1\xA3\x64", 4));
  WriteText(dir_.Path("film.dts"), "\x7F\xFE\x80\x01");
  testing::internal::CaptureStderr();
  EXPECT_THAT(Expand({dir_.path()}), ElementsAre("sound.iff", "sound.sf"));
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr("decodes (.dts 1)"));
}

TEST_F(PathListTest, ListsWithAByteOrderMark) {
  const std::string a = Make("a.wav");
  WriteText(dir_.Path("list.txt"), "\xEF\xBB\xBF" + a + "\r\n\xEF\xBB\xBF" + a + "\r\n");
  EXPECT_THAT(Expand({}, {dir_.Path("list.txt")}), ElementsAre("a.wav", "a.wav"));
  WriteText(dir_.Path("list.txt"), std::string("\xFF\xFE"
                                               "a\0.\0w\0",
                                               8));
  EXPECT_THAT(Expand({}, {dir_.Path("list.txt")}),
              ElementsAre(testing::StartsWith("list.txt: list of paths: found a byte of 0")));
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
