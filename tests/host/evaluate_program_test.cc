// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// `earshot evaluate` as a user runs it.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "earshot/host/files/csv.h"
#include "earshot/models/manifest.h"
#include "tests/host/program.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A copy of the sample clips: folders named like their words.
class EvaluateProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directory(clips_);
    for (const char* label : {"silence", "unknown", "yes", "no"}) {
      fs::copy(test::SourcePath(std::string("audio_samples/") + label), clips_ + "/" + label);
    }
  }

  // Runs with `arguments`, expects this exit code.
  ProgramRun Run(const std::vector<std::string>& arguments, int exit_code = 0) {
    std::vector<std::string> all = {"evaluate"};
    all.insert(all.end(), arguments.begin(), arguments.end());
    ProgramRun run = RunEarshot(all);
    EXPECT_EQ(run.exit_code, exit_code) << run.err;
    return run;
  }

  const TempDir dir_;
  const std::string clips_ = dir_.Path("clips");
};

TEST_F(EvaluateProgramTest, FiguresAreThoseOfClassify) {
  const json figures = json::parse(Run({clips_, "--json"}).out);
  EXPECT_EQ(figures["v"], 1);
  ASSERT_EQ(figures["models"].size(), 1u);
  const json& model = figures["models"][0];
  EXPECT_EQ(model["keywords"], json({"yes", "no"}));

  size_t right = 0;
  size_t all = 0;
  std::map<std::string, std::string> wrong;
  for (const std::string& line : Lines(RunEarshot({"classify", "--jsonl", clips_}).out)) {
    const json answer = json::parse(line);
    const std::string path = answer["path"];
    const std::string heard = answer["label"];
    const bool is_right = fs::path(path).parent_path().filename() == heard;
    right += is_right ? 1 : 0;
    ++all;
    if (!is_right) wrong[path] = heard;
  }
  EXPECT_EQ(all, 48u);
  const json& accuracy = model["metrics"]["accuracy"];
  EXPECT_EQ(accuracy["count"], right);
  EXPECT_EQ(accuracy["total"], all);
  EXPECT_LT(accuracy["low"], accuracy["value"]);
  EXPECT_GT(accuracy["high"], accuracy["value"]);
  EXPECT_TRUE(model["metrics"]["found"]["value"].is_null());
  std::map<std::string, std::string> listed;
  for (const json& clip : model["clips"]["wrong"]) listed[clip["path"]] = clip["heard"];
  EXPECT_EQ(listed, wrong);
}

TEST_F(EvaluateProgramTest, TablesShowModelsSideBySide) {
  const std::string file = test::SourcePath("models/tiny_conv_yes_no/model.tflite");
  const ProgramRun run = Run({clips_, "--model", "tiny_conv_yes_no", "--model", file});
  EXPECT_THAT(run.err, IsEmpty());
  EXPECT_THAT(run.out, HasSubstr("tiny_conv_yes_no  " + file));
  EXPECT_THAT(run.out, HasSubstr("balanced accuracy"));
  EXPECT_THAT(run.out, HasSubstr("== " + file + "\n"));
  EXPECT_THAT(run.out, HasSubstr("said \\ heard"));
}

TEST_F(EvaluateProgramTest, ReportIsAPageWithEachMistake) {
  const std::string page = dir_.Path("report.html");
  Run({clips_, "--report", page});
  const std::vector<uint8_t> bytes = test::ReadBytes(page);
  const std::string html(bytes.begin(), bytes.end());
  EXPECT_THAT(html, HasSubstr("festival_kal_slow.wav"));
  EXPECT_THAT(html, HasSubstr("data:audio/wav;base64,"));
  Run({clips_, "--report", dir_.Path("none/report.html")}, 3);
}

TEST_F(EvaluateProgramTest, OutputDoesNotDependOnTheNumberOfThreads) {
  const std::string one = Run({clips_, "--json", "--jobs", "1"}).out;
  EXPECT_EQ(Run({clips_, "--json", "--jobs", "7"}).out, one);
}

// Copies a sample stream with its event list to `dir`.
void CopyStream(const std::string& name, const std::string& dir) {
  const std::string from = test::SourcePath("audio_samples/streams/" + name);
  fs::copy(from + ".wav", dir + "/" + name + ".wav");
  fs::copy(from + ".csv", dir + "/" + name + ".csv");
}

TEST_F(EvaluateProgramTest, StreamsAndNegatives) {
  CopyStream("pink_20db", dir_.path());
  const std::string stream = dir_.Path("pink_20db.wav");
  const json figures =
      json::parse(Run({"--stream", stream, "--negatives", clips_ + "/silence", "--json"}).out);
  const json& model = figures["models"][0];
  EXPECT_FALSE(model.contains("clips"));

  // Each announcement of classify is a hit, or a false accept.
  std::vector<json> announced;
  for (const std::string& line :
       Lines(RunEarshot({"classify", "--mode", "stream", "--jsonl", stream}).out)) {
    const json detection = json::parse(line);
    if (detection.contains("label")) announced.push_back(detection["time"]);
  }
  std::vector<json> told;
  for (const json& event : model["streams"]["events"]) {
    if (event.value("outcome", "") == "hit") told.push_back(event["time"]);
  }
  for (const json& accept : model["streams"]["false_accepts"]) told.push_back(accept["time"]);
  EXPECT_FALSE(announced.empty());
  EXPECT_THAT(told, testing::UnorderedElementsAreArray(announced));

  const json& metrics = model["metrics"];
  EXPECT_EQ(metrics["found"]["total"], 3);
  EXPECT_EQ(metrics["found.yes"]["total"], 2);
  EXPECT_NEAR(metrics["false_accepts_per_hour"]["total"].get<double>(), 10.0 / 3600, 1e-4);
  EXPECT_FALSE(metrics["negatives_false_accepts_per_hour"]["high"].is_null());
  EXPECT_FALSE(model["det"].empty());
}

TEST_F(EvaluateProgramTest, StreamsNeedTheirEventLists) {
  fs::copy(test::SourcePath("audio_samples/streams/pink_20db.wav"), dir_.Path("alone.wav"));
  EXPECT_THAT(Run({"--stream", dir_.Path("alone.wav")}, 3).err, HasSubstr("no event list"));
  WriteText(dir_.Path("alone.csv"), "label,start,end\nyes,2,1\n");
  EXPECT_THAT(Run({"--stream", dir_.Path("alone.wav")}, 3).err,
              HasSubstr("alone.csv:2: found \"yes\" from 2 to 1, wanted"));
}

TEST_F(EvaluateProgramTest, GoesOnWhereSomethingCannotBeRead) {
  WriteText(dir_.Path("list.csv"),
            "path,label\nclips/yes/espeak_us_male.wav,yes\nclips/none.wav,no\n,no\nclips,cat\n");
  const ProgramRun run = Run({dir_.Path("list.csv"), dir_.Path("missing"), "--json", "--model",
                              "tiny_conv_yes_no", "--model", "tiny_conv_yes_no"},
                             3);
  const json figures = json::parse(run.out);
  ASSERT_EQ(figures["models"].size(), 2u);
  EXPECT_EQ(figures["models"][1]["clips"]["count"], 1);
  EXPECT_EQ(figures["unread"].size(), 4u);  // Once, not for each model.
  EXPECT_EQ(Lines(run.err).size(), 4u);
  EXPECT_THAT(run.err, HasSubstr(dir_.Path("list.csv") + ":4: wanted a path and a label\n"));
  EXPECT_THAT(run.err, HasSubstr(dir_.Path("clips/none.wav") + ": "));
  EXPECT_THAT(run.err, HasSubstr(dir_.Path("missing") + ": no such file or directory\n"));
}

// Nobody writes to this pipe: it is not even opened.
TEST_F(EvaluateProgramTest, PipesAreNotHeardTwice) {
  const std::string pipe = dir_.Path("pipe.wav");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  const ProgramRun several =
      Run({"--negatives", pipe, "--model", "tiny_conv_yes_no", "--model", "yes_no_streaming"}, 3);
  EXPECT_THAT(several.err, HasSubstr(pipe + ": comes only once, as from a pipe"));
  const ProgramRun report = Run({"--negatives", pipe, "--report", dir_.Path("page.html")}, 3);
  EXPECT_THAT(report.err, HasSubstr(pipe + ": comes only once, as from a pipe"));
  const ProgramRun mix = RunEarshot(
      {"mix", "--words", clips_, "--all-words", "--noise", pipe, "--out", dir_.Path("mixed.wav")});
  EXPECT_EQ(mix.exit_code, 3);
  EXPECT_THAT(mix.err, HasSubstr(pipe + ": comes only once, as from a pipe"));
}

TEST_F(EvaluateProgramTest, ListsThatAreNone) {
  WriteText(dir_.Path("a.csv"), "file,word\na.wav,yes\n");
  WriteText(dir_.Path("b.csv"), "path,label\n\"a.wav,yes\n");
  WriteText(dir_.Path("c.csv"), "");
  fs::create_directory(dir_.Path("empty"));
  const auto expect = [this](const std::string& name, const std::string& error) {
    const ProgramRun run = Run({dir_.Path(name)}, 3);
    EXPECT_THAT(run.err, HasSubstr("earshot: " + dir_.Path(name) + error));
  };
  expect("a.csv", ":1: no column \"path\"");
  expect("b.csv", ":2: a quote that is not closed");
  expect("c.csv", ": found nothing, wanted a header line");
  expect("empty", ": no recordings");
  expect("clips/yes/form_8k.wav", ": wanted a directory of label folders or a .csv file");
}

TEST_F(EvaluateProgramTest, FailingGatesNameWhatIsWrong) {
  const std::string junit = dir_.Path("gates.xml");
  const ProgramRun run = Run({clips_, "--gate", "recall.yes >= 0.99", "--gate", "accuracy>0.5",
                              "--gate", "accuracy.high<=1", "--gate", "found>=0", "--junit", junit},
                             1);
  EXPECT_THAT(run.out, HasSubstr("  FAILED  recall.yes >= 0.99: 0.7857 (0.5241 to 0.9243)\n    " +
                                 clips_ + "/yes/"));
  EXPECT_THAT(run.out, HasSubstr("  passed  accuracy>0.5: "));
  EXPECT_THAT(run.out, HasSubstr("  passed  accuracy.high<=1: "));
  EXPECT_THAT(run.out, HasSubstr("  FAILED  found>=0: not measured\n"));
  const std::vector<uint8_t> bytes = test::ReadBytes(junit);
  const std::string xml(bytes.begin(), bytes.end());
  EXPECT_THAT(xml, HasSubstr("<testsuite name=\"tiny_conv_yes_no\" tests=\"4\" failures=\"2\""));
  EXPECT_THAT(xml, HasSubstr("name=\"accuracy&gt;0.5\"/>"));
  EXPECT_THAT(xml, HasSubstr("<failure message=\"FAILED  recall.yes &gt;= 0.99: "));
  EXPECT_THAT(Run({clips_, "--gate", "accuracy>0.5"}).err, IsEmpty());
}

TEST_F(EvaluateProgramTest, GatesThatAreNone) {
  for (const char* gate : {"accuracy", "accuracy>", "accuracy>=x", "accuracy>=1x", "accuracy>=nan",
                           "accuracy<inf", "accuracy>=0x1", "recall.cat>0.5", ">0.5", ""}) {
    const ProgramRun run = Run({clips_, "--gate", gate}, 2);
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_NE(run.err, "");
  }
  EXPECT_THAT(Run({clips_, "--gate", "recall.cat>0.5"}, 2).err, HasSubstr("recall.yes"));
}

TEST_F(EvaluateProgramTest, CompareNamesWhatChangedSides) {
  CopyStream("pink_20db", dir_.path());
  CopyStream("white_10db", dir_.path());
  const std::string saved = dir_.Path("answers.csv");
  const std::vector<std::string> arguments = {
      clips_,  "--stream", dir_.Path("pink_20db.wav"), "--stream", dir_.Path("white_10db.wav"),
      "--json"};
  const auto run_with = [&](const std::vector<std::string>& more, int exit_code = 0) {
    std::vector<std::string> all = arguments;
    all.insert(all.end(), more.begin(), more.end());
    return json::parse(Run(all, exit_code).out)["models"][0];
  };
  run_with({"--save-answers", saved});
  const json same = run_with({"--compare", saved, "--gate", "worse<=0"});
  EXPECT_FALSE(same.contains("changes"));
  EXPECT_EQ(same["metrics"]["worse"]["value"], 0);
  // What was not compared passes no gate.
  EXPECT_TRUE(run_with({"--gate", "worse<=0"}, 1)["metrics"]["worse"]["value"].is_null());

  // One clip that was right is now another's recording, and one word is no longer said.
  const std::string clip = clips_ + "/yes/flite_slt.wav";
  fs::copy(clips_ + "/no/flite_slt.wav", clip, fs::copy_options::overwrite_existing);
  fs::copy(dir_.Path("white_10db.wav"), dir_.Path("pink_20db.wav"),
           fs::copy_options::overwrite_existing);
  const json now =
      run_with({"--compare", saved, "--gate", "recall.yes>=1", "--gate", "worse<=0"}, 1);
  std::map<std::string, json> changes;
  for (const json& change : now["changes"]) changes[change["what"]] = change;
  ASSERT_EQ(changes.count(clip + " (yes)"), 1u);
  EXPECT_EQ(changes[clip + " (yes)"]["better"], false);
  EXPECT_THAT(changes[clip + " (yes)"]["now"].get<std::string>(), HasSubstr("heard as no"));
  EXPECT_EQ(changes[dir_.Path("pink_20db.wav") + " at 1.20 s (yes)"]["before"], "hit");
  // The gate names the clip that is new among the wrong ones, and no other.
  ASSERT_EQ(now["gates"][0]["wrong"].size(), 1u);
  EXPECT_THAT(now["gates"][0]["wrong"][0].get<std::string>(), HasSubstr(clip));
  size_t worse = 0;
  for (const json& change : now["changes"]) worse += change["better"] ? 0 : 1;
  EXPECT_EQ(now["metrics"]["worse"]["value"], worse);
  EXPECT_EQ(now["gates"][1]["wrong"].size(), worse);
}

TEST_F(EvaluateProgramTest, SavedAnswersThatAreNone) {
  WriteText(dir_.Path("a.csv"), "path\n");
  EXPECT_THAT(Run({clips_, "--compare", dir_.Path("a.csv")}, 3).err, HasSubstr("a.csv:1: no col"));
  WriteText(dir_.Path("a.csv"),
            "model,kind,path,label,time,heard,score,outcome\nm,talk,a.wav,yes,0,yes,1,right\n");
  EXPECT_THAT(Run({clips_, "--compare", dir_.Path("a.csv")}, 3).err,
              HasSubstr("a.csv:2: found the kind \"talk\", wanted clip, "));
  WriteText(dir_.Path("a.csv"),
            "model,kind,path,label,time,heard,score,outcome\nm,clip,a.wav,yes,0,yes,1,right\n"
            "n,clip,a.wav,yes,0,yes,1,right\n");
  EXPECT_THAT(Run({clips_, "--compare", dir_.Path("a.csv")}, 3).err,
              HasSubstr("has answers of m, n, wanted those of tiny_conv_yes_no"));
  WriteText(dir_.Path("a.csv"),
            "model,kind,path,label,time,heard,score,outcome\nm,clip,a.wav,yes,0,yes,1,Right\n");
  EXPECT_THAT(Run({clips_, "--compare", dir_.Path("a.csv")}, 3).err,
              HasSubstr("a.csv:2: found the outcome \"Right\", wanted right, "));
  // Of other recordings: nothing can be compared, so nothing is known to be no worse.
  WriteText(dir_.Path("a.csv"),
            "model,kind,path,label,time,heard,score,outcome\nm,clip,a.wav,yes,0,yes,1,right\n");
  EXPECT_THAT(Run({clips_, "--compare", dir_.Path("a.csv"), "--gate", "worse<=0"}, 1).err,
              HasSubstr("a.csv: none of its 1 answers is to what was measured now"));
  Run({clips_, "--compare", dir_.Path("none.csv")}, 3);
  Run({clips_, "--save-answers", dir_.Path("none/a.csv")}, 3);
  Run({clips_, "--junit", dir_.Path("none/a.xml")}, 3);
}

// Per cents for shares, and what no figure can reach, would always or never pass.
TEST_F(EvaluateProgramTest, GatesHaveLimitsThatTheirFiguresCanHave) {
  for (const char* gate : {"accuracy>=93", "other_words_accepted<5", "auc.yes>1.5", "worse<=-1"}) {
    const ProgramRun run = Run({clips_, "--gate", gate}, 2);
    EXPECT_THAT(run.err, HasSubstr(fmt::format("--gate \"{}\": found ", gate)));
    EXPECT_THAT(run.err, HasSubstr(", wanted a number from 0 "));
  }
  Run({clips_, "--gate", "median_delay_ms<-20"}, 1);
}

TEST_F(EvaluateProgramTest, AListOfNothingIsAnError) {
  WriteText(dir_.Path("empty.csv"), "path,label\n");
  for (const char* option : {"--negatives=", ""}) {
    const ProgramRun run = Run({option + dir_.Path("empty.csv")}, 3);
    EXPECT_THAT(run.err, HasSubstr("empty.csv: found no line below the header, wanted recordings"));
  }
}

TEST_F(EvaluateProgramTest, RecordingsThatAreGivenTwiceAreTold) {
  EXPECT_THAT(Run({clips_}, 0).err, Not(HasSubstr("given again")));
  CopyStream("pink_20db", dir_.path());
  const std::string stream = dir_.Path("pink_20db.wav");
  const ProgramRun run = Run({clips_, clips_ + "/.", "--stream", stream, "--negatives", stream}, 0);
  const json usual = json::parse(Run({clips_, "--json"}, 0).out);
  const int clips = usual["models"][0]["metrics"]["accuracy"]["total"];
  EXPECT_THAT(run.err, HasSubstr(fmt::format("{} of the recordings are given again", clips + 1)));
}

TEST_F(EvaluateProgramTest, CalibratesAndExplains) {
  for (const char* name : {"pink_20db", "white_10db"}) CopyStream(name, dir_.path());
  const std::string model = test::SourcePath("models/tiny_conv_yes_no/model.tflite");
  const std::string manifest = dir_.Path("calibrated.json");
  const std::vector<std::string> streams = {"--stream", dir_.Path("pink_20db.wav"),
                                            "--stream", dir_.Path("white_10db.wav"),
                                            "--model",  model};
  const auto run_with = [&](const std::vector<std::string>& more, int exit_code) {
    std::vector<std::string> all = streams;
    all.insert(all.end(), more.begin(), more.end());
    return Run(all, exit_code).out;
  };
  EXPECT_THAT(run_with({"--explain"}, 0), HasSubstr("\nmissed \"yes\" at 3.30-3.68 s in "));
  const std::string told =
      run_with({"--calibrate", "--max-fa-per-hour", "200", "--write-manifest", manifest}, 0);
  EXPECT_THAT(told, HasSubstr("settings with at most 200 false accepts per hour"));
  // The new manifest is heard with, and finds at least as many words.
  const json before = json::parse(run_with({"--json"}, 0))["models"][0];
  const json after = json::parse(run_with({"--json", "--manifest", manifest}, 0))["models"][0];
  EXPECT_NE(after["recognizer"], before["recognizer"]);
  EXPECT_GE(after["metrics"]["found"]["count"], before["metrics"]["found"]["count"]);
  EXPECT_LE(after["metrics"]["false_accepts_per_hour"]["value"], 200);
  // Also with what the options have set.
  run_with({"--calibrate", "--max-fa-per-hour", "1000", "--strides-per-inference", "5",
            "--background", "silence", "--write-manifest", manifest},
           0);
  const Manifest written = LoadManifest(manifest);
  EXPECT_EQ(written.spotter.strides_per_inference, 5);
  EXPECT_EQ(written.spotter.recognizer.background_labels, 1u);

  Run({clips_, "--calibrate"}, 2);  // No streams.
  run_with({"--calibrate", "--json"}, 2);
  run_with({"--calibrate", "--model", "tiny_conv_yes_no"}, 2);  // Two models.
  run_with({"--write-manifest", manifest}, 2);                  // Without --calibrate.
  Run({"--stream", dir_.Path("pink_20db.wav"), "--calibrate", "--write-manifest", manifest}, 2);
}

// One list in milliseconds, one in seconds: the first counts nowhere, not even its hours.
TEST_F(EvaluateProgramTest, AnEventBehindTheEndIsAnError) {
  CopyStream("pink_20db", dir_.path());
  CopyStream("white_10db", dir_.path());
  const std::vector<std::string> one = {"--stream", dir_.Path("white_10db.wav"), "--json"};
  const json alone = json::parse(Run(one, 0).out);
  std::string ms = "label,start,end\n";
  for (const CsvRow& row : ReadCsv(dir_.Path("pink_20db.csv"), {"label", "start", "end"})) {
    ms += fmt::format("{},{:.0f},{:.0f}\n", row.cells[0], 1000 * std::stod(row.cells[1]),
                      1000 * std::stod(row.cells[2]));
  }
  WriteText(dir_.Path("pink_20db.csv"), ms);
  std::vector<std::string> both = one;
  both.insert(both.end(), {"--stream", dir_.Path("pink_20db.wav")});
  const ProgramRun run = Run(both, 3);
  EXPECT_THAT(run.err, HasSubstr("pink_20db.csv:2: found "));
  EXPECT_THAT(run.err, HasSubstr("milliseconds: divide them by 1000"));
  const json figures = json::parse(run.out);
  EXPECT_EQ(figures["models"][0]["metrics"], alone["models"][0]["metrics"]);
  EXPECT_EQ(figures["unread"].size(), 1u);

  // Times that no number of milliseconds, samples or days can hold.
  for (const char* times : {"0,1e13", "0,1e300", "0,inf", "nan,1", "-1,1", "2,1", "0,0x10", "0,"}) {
    WriteText(dir_.Path("pink_20db.csv"), std::string("label,start,end\nyes,") + times + "\n");
    EXPECT_THAT(Run(both, 3).err, HasSubstr("pink_20db.csv:2: found ")) << times;
  }
}

TEST_F(EvaluateProgramTest, WrongArguments) {
  Run({}, 2);
  Run({clips_, "--model", "a", "--model", "b", "--labels", "x,y"}, 2);
  EXPECT_THAT(Run({clips_, "--model", "no_such_model"}, 4).err, HasSubstr("no_such_model"));
}

}  // namespace
}  // namespace earshot::host
