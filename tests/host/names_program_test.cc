// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Names of labels, folders and words as they come in real files: the same figures by any spelling.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class NamesProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::copy(test::SourcePath("models/tiny_conv_yes_no/model.tflite"), model_);
  }

  // Folders of sample clips: where they are copied from and how they are called.
  std::string Clips(const std::vector<std::pair<std::string, std::string>>& folders) const {
    const std::string clips = dir_.Path("clips");
    fs::remove_all(clips);
    fs::create_directory(clips);
    for (const auto& [from, to] : folders) {
      fs::copy(test::SourcePath("audio_samples/" + from), clips + "/" + to);
    }
    return clips;
  }

  // Runs with the model and its labels, expects this exit code.
  ProgramRun Run(const std::vector<std::string>& arguments, const std::string& labels,
                 int exit_code = 0) const {
    std::vector<std::string> all = arguments;
    all.insert(all.end(), {"--model", model_, "--labels", labels});
    ProgramRun run = RunEarshot(all);
    EXPECT_EQ(run.exit_code, exit_code) << labels << ": " << run.err;
    return run;
  }

  // The figures of `evaluate --json`.
  json Figures(const std::vector<std::string>& data, const std::string& labels) const {
    std::vector<std::string> arguments = {"evaluate", "--json"};
    arguments.insert(arguments.end(), data.begin(), data.end());
    return json::parse(Run(arguments, labels).out)["models"][0];
  }

  const TempDir dir_;
  const std::string model_ = dir_.Path("m.tflite");
  const std::string streams_ = test::SourcePath("audio_samples/streams");
};

// However background is called, it is never announced.
TEST_F(NamesProgramTest, BackgroundIsBackgroundByAnyUsualName) {
  const std::vector<std::string> data = {"--stream", streams_};
  const json usual = Figures(data, "silence,unknown,yes,no")["metrics"];
  ASSERT_GT(usual["found"]["count"], 0);
  for (const char* labels :
       {"_silence_,_unknown_,yes,no", "_noise,_unknown,yes,no", "Silence,Unknown,Yes,No",
        "silence, unknown, yes, no", "Background Noise,Other,yes,no",
        "_background_noise_,negative,_yes_,NO", "SILENCE , UNKNOWN , YES , NO"}) {
    const json model = Figures(data, labels);
    EXPECT_EQ(model["keywords"].size(), 2u) << labels;
    EXPECT_EQ(model["metrics"]["false_accepts_per_hour"], usual["false_accepts_per_hour"])
        << labels;
    EXPECT_EQ(model["metrics"]["found"], usual["found"]) << labels;
  }
}

TEST_F(NamesProgramTest, ALineSaysWhatIsTakenForBackground) {
  const std::string clip = test::SourcePath("audio_samples/yes/flite_slt.wav");
  const ProgramRun run = Run({"classify", clip}, "_silence_,Unknown,yes,no");
  EXPECT_THAT(run.err, HasSubstr("background by name: _silence_, Unknown; --background A,B"));
  EXPECT_THAT(run.out, HasSubstr("yes"));
  EXPECT_THAT(Run({"classify", "-q", clip}, "_silence_,Unknown,yes,no").err, IsEmpty());
  EXPECT_THAT(Run({"classify", clip}, "a,b,yes,no").err,
              HasSubstr("no label is background by its name"));
  // Where the manifest or --background says it, nothing has to be said.
  EXPECT_THAT(RunEarshot({"classify", clip}).err, IsEmpty());
  EXPECT_THAT(Run({"classify", "--background", "A,b", clip}, "a,b,yes,no").err, IsEmpty());
}

TEST_F(NamesProgramTest, BackgroundCanBeSaid) {
  const std::vector<std::string> data = {"--stream", streams_};
  const json usual = Figures(data, "silence,unknown,yes,no")["metrics"];
  const std::vector<std::string> said = {"--stream", streams_, "--background", "Rauschen,anderes"};
  EXPECT_EQ(Figures(said, "rauschen,anderes,yes,no")["metrics"]["false_accepts_per_hour"],
            usual["false_accepts_per_hour"]);
  const std::vector<std::string> none = {"--stream", streams_, "--background", "none"};
  EXPECT_EQ(Figures(none, "silence,unknown,yes,no")["keywords"].size(), 4u);
  // It holds for models with a manifest as well.
  const ProgramRun shipped = RunEarshot(
      {"evaluate", "--json", "--stream", streams_, "--background", "silence,unknown,no"});
  EXPECT_EQ(json::parse(shipped.out)["models"][0]["keywords"], json({"yes"})) << shipped.err;

  const ProgramRun wrong =
      Run({"classify", "--background", "noise", "a.wav"}, "silence,unknown,yes,no", 2);
  EXPECT_THAT(wrong.err,
              HasSubstr("--background: found noise, wanted some of the first 32 labels"));
  Run({"classify", "--background", "silence,unknown,yes,no", "a.wav"}, "silence,unknown,yes,no", 2);
}

TEST_F(NamesProgramTest, ListenTellsBackgroundInItsStartEvent) {
  const ProgramRun run = RunEarshot(
      {"listen", "-", "--jsonl", "--model", model_, "--labels", "_silence_,_unknown_,yes,no"},
      std::string(32000, '\0'));
  EXPECT_EQ(run.exit_code, 0) << run.err;
  const json start = json::parse(Lines(run.out).at(0));
  EXPECT_EQ(start["models"][0]["background"], json({"_silence_", "_unknown_"}));
}

TEST_F(NamesProgramTest, FoldersAreLabelsInAnySpelling) {
  const std::string labels = "silence,unknown,yes,no";
  const json usual = Figures(
      {Clips({{"silence", "silence"}, {"unknown", "unknown"}, {"yes", "yes"}, {"no", "no"}})},
      labels)["clips"]["confusion"];
  for (const auto& folders :
       {std::vector<std::pair<std::string, std::string>>{{"silence", "_background_noise_"},
                                                         {"unknown", "Unknown"},
                                                         {"yes", "Yes"},
                                                         {"no", "NO"}},
        {{"silence", "Silence"}, {"unknown", "_unknown_"}, {"yes", "_yes_"}, {"no", " no"}}}) {
    const json clips = Figures({Clips(folders)}, labels)["clips"];
    ASSERT_TRUE(usual.is_array());
    EXPECT_EQ(clips["confusion"], usual) << folders[2].second;
  }
}

// The same of CSV files and event lists.
TEST_F(NamesProgramTest, WordsInListsAreLabelsInAnySpelling) {
  const std::string labels = "silence,unknown,yes,no";
  const std::string recording = streams_ + "/white_10db.wav";
  fs::copy(recording, dir_.Path("s.wav"));
  const std::vector<uint8_t> bytes = test::ReadBytes(streams_ + "/white_10db.csv");
  std::string events(bytes.begin(), bytes.end());
  const json usual = Figures({"--stream", recording}, labels)["metrics"]["found"];
  ASSERT_GT(usual["total"], 0);
  for (const auto& [from, to] : {std::pair("\nyes,", "\n YES ,"), std::pair("\nno,", "\n_No_,")}) {
    for (size_t at = events.find(from); at != std::string::npos; at = events.find(from)) {
      events.replace(at, std::string(from).size(), to);
    }
  }
  WriteText(dir_.Path("s.csv"), events);
  EXPECT_EQ(Figures({"--stream", dir_.Path("s.wav")}, labels)["metrics"]["found"], usual);

  WriteText(dir_.Path("clips.csv"),
            "path,label\n" + test::SourcePath("audio_samples/yes/flite_slt.wav") + ", Yes\n");
  const json recall = Figures({dir_.Path("clips.csv")}, labels)["metrics"]["recall.yes"];
  EXPECT_EQ(recall["total"], 1);
}

TEST_F(NamesProgramTest, GatesKnowLabelsInAnySpelling) {
  const std::string clips = Clips({{"yes", "yes"}, {"no", "no"}, {"silence", "silence"}});
  const ProgramRun run = Run({"evaluate", clips, "--gate", "recall.yes>=0.01", "--gate",
                              "precision.NO.high>=0.01", "--gate", "recall._Yes_>1"},
                             "silence,unknown,Yes,no", 1);
  EXPECT_THAT(run.out, HasSubstr("passed  recall.yes>=0.01"));
  EXPECT_THAT(run.out, HasSubstr("passed  precision.NO.high>=0.01"));
  EXPECT_THAT(run.out, HasSubstr("FAILED  recall._Yes_>1"));
}

TEST_F(NamesProgramTest, AKeywordWithoutRecordingsIsTold) {
  const ProgramRun run =
      Run({"evaluate", Clips({{"yes", "yess"}, {"no", "no"}})}, "silence,unknown,yes,no");
  EXPECT_THAT(run.err, HasSubstr("no clips of yes; words there that are no label: yess ("));
  EXPECT_THAT(run.err, Not(HasSubstr("no clips of yes, no")));
}

TEST_F(NamesProgramTest, LabelsComeFromAFile) {
  WriteText(dir_.Path("labels.txt"),
            "\xEF\xBB\xBF"
            "0 silence\r\n1 unknown\r\n2 Yes\r\n3 no\r\n");
  const std::string clip = test::SourcePath("audio_samples/yes/flite_slt.wav");
  const ProgramRun run = Run({"classify", "--jsonl", clip}, dir_.Path("labels.txt"));
  EXPECT_EQ(json::parse(run.out)["label"], "Yes");
  EXPECT_THAT(Run({"classify", clip}, dir_.Path("none.txt"), 3).err,
              HasSubstr("none.txt: No such"));
  // In another order, with their numbers.
  WriteText(dir_.Path("labels.txt"), "3 no\n1 unknown\n2 Yes\n0 silence\n");
  EXPECT_EQ(Run({"classify", "--jsonl", clip}, dir_.Path("labels.txt")).out, run.out);
}

TEST_F(NamesProgramTest, WhatIsNoListOfLabelsIsRefused) {
  const std::pair<std::string, std::string> cases[] = {
      {"{\"0\": \"silence\", \"1\": \"unknown\"}",
       "found a JSON object, wanted labels, one a line"},
      {std::string("\xFF\xFEs\0i\0", 6), "found text in UTF-16, wanted labels in UTF-8"},
      {"\n \n", "found nothing, wanted labels, one a line"}};
  for (const auto& [text, error] : cases) {
    WriteText(dir_.Path("labels.txt"), text);
    EXPECT_THAT(Run({"classify", "a.wav"}, dir_.Path("labels.txt"), 2).err, HasSubstr(error));
  }
}

TEST_F(NamesProgramTest, LabelsThatCannotBeAreRefused) {
  EXPECT_THAT(Run({"classify", "a.wav"}, "silence,unknown,yes,YES", 2).err,
              HasSubstr("\"yes\" and \"YES\" are one name"));
  EXPECT_THAT(Run({"classify", "a.wav"}, "a,a,b,c", 2).err, HasSubstr("\"a\" comes twice"));
  EXPECT_THAT(Run({"classify", "a.wav"}, "noise,silence,other,unknown", 2).err,
              HasSubstr("wanted at least one label that is not background"));
  EXPECT_THAT(Run({"classify", "a.wav"}, "yes,no", 4).err,
              HasSubstr("--labels: found 2 (yes, no), wanted 4, one for each output of " + model_));
  EXPECT_THAT(Run({"classify", "a.wav"}, "silence,,yes,no", 2).err,
              HasSubstr("--labels: found silence,,yes,no, wanted labels that are not empty"));
  EXPECT_THAT(Run({"classify", "a.wav"}, "silence,unknown,yes,no,", 2).err,
              HasSubstr("wanted labels that are not empty"));
}

TEST_F(NamesProgramTest, MixKnowsKeywordsInAnySpelling) {
  const std::string clips = Clips({{"yes", "Yes"}, {"no", "_no_"}, {"unknown", "cat"}});
  const ProgramRun run = RunEarshot({"mix", "--words", clips, "--keywords", "yes, NO", "--minutes",
                                     "0.5", "--noise", "none", "--out", dir_.Path("s.wav")});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_THAT(run.out, HasSubstr("yes "));
  EXPECT_THAT(run.out, HasSubstr("NO "));
  const ProgramRun twice = RunEarshot({"mix", "--words", clips, "--keywords", "yes,Yes",
                                       "--minutes", "0.5", "--out", dir_.Path("t.wav")});
  EXPECT_EQ(twice.exit_code, 2);
  EXPECT_THAT(twice.err, HasSubstr("\"yes\" and \"Yes\" are one name"));
  const ProgramRun none = RunEarshot({"mix", "--words", clips, "--keywords", "stop", "--minutes",
                                      "0.5", "--out", dir_.Path("u.wav")});
  EXPECT_EQ(none.exit_code, 3);
  EXPECT_THAT(none.err, HasSubstr("no clips of the keyword \"stop\"; there are: cat, _no_, Yes"));
}

}  // namespace
}  // namespace earshot::host
