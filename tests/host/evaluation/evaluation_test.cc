// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cmath>
#include <filesystem>
#include <thread>

#include "earshot/host/errors.h"
#include "earshot/host/evaluation/clip_figures.h"
#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/evaluation/evaluation_junit.h"
#include "earshot/host/evaluation/intervals.h"
#include "earshot/host/evaluation/saved_answers.h"
#include "earshot/host/files/csv.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

// Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17
// (1998), table I, method 3.
TEST(IntervalsTest, WilsonAsPublished) {
  const Estimate share = Share(81, 263);
  EXPECT_NEAR(share.low, 0.2553, 5e-5);
  EXPECT_NEAR(share.high, 0.3662, 5e-5);
  EXPECT_NEAR(Share(15, 148).low, 0.0624, 5e-5);
  EXPECT_NEAR(Share(15, 148).high, 0.1605, 5e-5);
  EXPECT_EQ(Share(0, 20).low, 0);
  EXPECT_NEAR(Share(0, 20).high, 0.1611, 5e-5);
  EXPECT_NEAR(Share(1, 29).low, 0.0061, 5e-5);
  EXPECT_TRUE(std::isnan(Share(0, 0).value));
}

// Half of the chi-square distribution's 2.5 % and 97.5 % points, for 2c and 2c + 2 degrees.
TEST(IntervalsTest, PoissonIsExact) {
  EXPECT_EQ(RatePerHour(0, 1).low, 0);
  EXPECT_NEAR(RatePerHour(0, 1).high, 3.688879, 1e-6);
  EXPECT_NEAR(RatePerHour(5, 2).low, 1.623486 / 2, 1e-6);
  EXPECT_NEAR(RatePerHour(5, 2).high, 11.668332 / 2, 1e-6);
  EXPECT_NEAR(RatePerHour(5000, 1).low, 4862.359189, 1e-3);
  EXPECT_NEAR(RatePerHour(5000, 1).high, 5140.548949, 1e-3);
  EXPECT_TRUE(std::isnan(RatePerHour(1, 0).value));
}

TEST(IntervalsTest, MedianByOrderStatistics) {
  std::vector<double> values;
  for (int i = 20; i > 0; --i) values.push_back(i);
  EXPECT_EQ(Median(values).value, 10.5);
  EXPECT_EQ(Median(values).low, 6);
  EXPECT_EQ(Median(values).high, 15);
  EXPECT_EQ(Quantile(values, 0.9), 18);
  EXPECT_TRUE(std::isnan(Median({}).value));
}

TEST(IntervalsTest, AucCountsTiesHalf) {
  ScoreHistogram positives(256);
  ScoreHistogram negatives(256);
  positives[10] = 1;
  positives[20] = 1;
  negatives[10] = 2;
  const Estimate auc = AreaUnderRoc(positives, negatives);
  EXPECT_DOUBLE_EQ(auc.value, 0.75);
  EXPECT_LT(auc.low, 0.75);
  EXPECT_GT(auc.high, 0.75);
}

TEST(CsvTest, QuotesAndLineEnds) {
  const TempDir dir;
  WriteText(dir.Path("a.csv"), "\xEF\xBB\xBFx,label,y\r\n1,\"a \"\"b\"\",\nc\",2\r\n\r\n3,d,4");
  const std::vector<CsvRow> rows = ReadCsv(dir.Path("a.csv"), {"y", "label"});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].cells, (std::vector<std::string>{"2", "a \"b\",\nc"}));
  EXPECT_EQ(rows[1].cells, (std::vector<std::string>{"4", "d"}));
  EXPECT_EQ(rows[1].line, 5u);
}

TEST(CsvTest, SemicolonsAndTabsWhereTheHeaderHasNoComma) {
  const TempDir dir;
  const std::string path = dir.Path("a.csv");
  for (const char* text :
       {"x; label ;y\n1;a,b;2\n", "x\tlabel\ty\n1\ta,b\t2\n", "x, label ,y\n1,\"a,b\",2\n"}) {
    WriteText(path, text);
    const std::vector<CsvRow> rows = ReadCsv(path, {"y", "label"});
    ASSERT_EQ(rows.size(), 1u) << text;
    EXPECT_EQ(rows[0].cells, (std::vector<std::string>{"2", "a,b"}));
  }
  WriteText(path, "label\na;b\n");
  EXPECT_EQ(ReadCsv(path, {"label"})[0].cells[0], "a;b");
}

TEST(CsvTest, OptionalColumns) {
  const TempDir dir;
  const std::string path = dir.Path("a.csv");
  WriteText(path, "text,path\nhello,a.wav\n");
  EXPECT_EQ(ReadCsv(path, {"path"}, {"text", "none"})[0].cells,
            (std::vector<std::string>{"a.wav", "hello", ""}));
  // Nothing is read twice, which a pipe could not.
  const std::string pipe = dir.Path("pipe.csv");
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&pipe] { WriteText(pipe, "path\na.wav\n"); });
  EXPECT_EQ(ReadCsv(pipe, {"path"}, {"text"})[0].cells, (std::vector<std::string>{"a.wav", ""}));
  writer.join();
}

TEST(CsvTest, ErrorsSayWhatWasFound) {
  const TempDir dir;
  const std::string path = dir.Path("a.csv");
  const auto error_of = [&path](const std::string& text) -> std::string {
    WriteText(path, text);
    try {
      ReadCsv(path, {"label", "start"});
    } catch (const InputError& error) {
      return error.what();
    }
    return "none";
  };
  EXPECT_EQ(error_of("Label;start\n"),
            path + ":1: no column \"label\"; found Label,start, wanted a header with label,start");
  EXPECT_EQ(error_of("label,start\na\n"), path + ":2: found 1 cell, wanted 2, as in the header");
  EXPECT_EQ(error_of("label,start,start\na,1,2\n"),
            path + ":1: found two columns \"start\", wanted one");
  EXPECT_EQ(error_of(std::string("label,start\na,1\nb\0c,2\n", 22)),
            path + ":3: found a byte of 0, wanted text in UTF-8 (not UTF-16)");
  EXPECT_EQ(error_of(std::string("\xFF\xFEl\0a\0", 6)),
            path + ":1: found a byte of 0, wanted text in UTF-8 (not UTF-16)");
}

TEST(CsvTest, ErrorsNameTheLine) {
  const TempDir dir;
  const std::string path = dir.Path("a.csv");
  for (const char* text : {"", "x\n1\n", "label\na,b\n", "label\n\"a\n", "label\n\"a\"b\n"}) {
    WriteText(path, text);
    EXPECT_THROW(ReadCsv(path, {"label"}), InputError) << text;
  }
  EXPECT_THROW(CsvNumber("1x", path, 2), InputError);
  EXPECT_THROW(CsvNumber("", path, 2), InputError);
  EXPECT_THROW(CsvNumber("nan", path, 2), InputError);
}

TEST(DataSetsTest, FoldersCsvAndEventLists) {
  const TempDir dir;
  for (const char* folder : {"yes", "cat"}) std::filesystem::create_directory(dir.Path(folder));
  for (const char* name : {"yes/a.wav", "cat/b.wav", "s.wav", "t.wav"}) {
    WriteWav(dir.Path(name), {1, 2, 3});
  }
  WriteText(dir.Path("s.csv"), "label,start,end\nno,2,3\nyes,0.5,1\n");
  WriteText(dir.Path("list.csv"), "path,label\nyes/a.wav,no\n");
  EvaluationData data;
  AddClips(dir.path(), &data);
  ASSERT_EQ(data.clips.size(), 2u);
  EXPECT_EQ(data.clips[0].word, "cat");
  EXPECT_EQ(data.unread.size(), 2u);  // s.wav and t.wav lie in no folder.
  AddClips(dir.Path("list.csv"), &data);
  ASSERT_EQ(data.clips.size(), 3u);
  EXPECT_EQ(data.clips[2].path, dir.Path("yes/a.wav"));
  EXPECT_EQ(data.clips[2].word, "no");
  AddStreams(dir.Path("s.wav"), &data);
  ASSERT_EQ(data.streams.size(), 1u);
  EXPECT_EQ(data.streams[0].words[0].word, "yes");
  AddStreams(dir.Path("t.wav"), &data);  // Without a list.
  AddClips(dir.Path("none"), &data);
  WriteText(dir.Path("s.csv"), "label,start,end\nno,3,2\n");
  AddStreams(dir.Path("s.wav"), &data);
  EXPECT_EQ(data.unread.size(), 5u);
  AddNegatives(dir.Path("yes"), &data);
  EXPECT_EQ(data.negatives.size(), 1u);
}

TEST(DataSetsTest, EventListsInCapitals) {
  const TempDir dir;
  WriteWav(dir.Path("S.WAV"), {1, 2, 3});
  WriteText(dir.Path("S.CSV"), "label,start,end\nno,2,3\n");
  WriteText(dir.Path("LIST.CSV"), "path\nS.WAV\n");
  EvaluationData data;
  AddStreams(dir.Path("S.WAV"), &data);
  AddNegatives(dir.Path("LIST.CSV"), &data);
  EXPECT_EQ(data.unread.size(), 0u);
  ASSERT_EQ(data.streams.size(), 1u);
  EXPECT_EQ(data.event_lists, (std::vector<std::string>{dir.Path("S.CSV")}));
  EXPECT_EQ(data.negatives, (std::vector<std::string>{dir.Path("S.WAV")}));
}

// Nobody may ever write to a pipe that was only found beside a recording.
TEST(DataSetsTest, EventListsArePlainFiles) {
  const TempDir dir;
  WriteWav(dir.Path("s.wav"), {1, 2, 3});
  WriteWav(dir.Path("t.wav"), {1, 2, 3});
  std::filesystem::create_symlink("/dev/null", dir.Path("s.csv"));
  ASSERT_EQ(mkfifo(dir.Path("t.csv").c_str(), 0600), 0);
  EvaluationData data;
  AddStreams(dir.path(), &data);
  EXPECT_EQ(data.streams.size(), 0u);
  ASSERT_EQ(data.unread.size(), 2u);
  EXPECT_EQ(data.unread[0].error, dir.Path("s.csv") + ": is a pipe or device, wanted a file");
  EXPECT_EQ(data.unread[1].error, dir.Path("t.csv") + ": is a pipe or device, wanted a file");
}

TEST(DataSetsTest, Targets) {
  const std::vector<std::string> labels = {"silence", "unknown", "yes"};
  EXPECT_EQ(TargetOf("yes", labels, 0b011), 2);
  EXPECT_EQ(TargetOf("Yes_", labels, 0b011), 2);
  EXPECT_EQ(TargetOf("cat", labels, 0b011), 1);
  EXPECT_EQ(TargetOf("_background_noise_", labels, 0b011), 0);
  EXPECT_EQ(TargetOf("negative", labels, 0b011), 1);
  EXPECT_EQ(TargetOf("cat", {"yes"}, 0), -1);
}

ClipRecord Clip(const char* word, int target, int heard, std::vector<uint8_t> scores) {
  ClipRecord record;
  record.word = word;
  record.target = target;
  record.heard = heard;
  record.scores = std::move(scores);
  return record;
}

TEST(ClipFiguresTest, ByHand) {
  const ClipFigures figures =
      MeasureClips({Clip("yes", 1, 1, {10, 200}), Clip("yes", 1, 0, {200, 50}),
                    Clip("cat", 0, 1, {90, 100}), Clip("dog", 0, 0, {200, 10})},
                   {false, true});
  EXPECT_EQ(figures.confusion, (std::vector<std::vector<size_t>>{{1, 1}, {1, 1}}));
  EXPECT_EQ(figures.accuracy.value, 0.5);
  EXPECT_EQ(figures.recall[1].value, 0.5);
  EXPECT_EQ(figures.precision[1].value, 0.5);
  EXPECT_EQ(figures.auc[1].value, 0.75);
  EXPECT_EQ(figures.other_words_accepted.value, 0.5);
  ASSERT_EQ(figures.by_word.size(), 2u);
  EXPECT_EQ(figures.by_word[0].word, "cat");
  EXPECT_TRUE(std::isnan(figures.nothing_recall.value));
}

// One label, a sigmoid: silence and foreign words are right when nothing is heard.
TEST(ClipFiguresTest, NothingIsAnAnswer) {
  const std::vector<ClipRecord> clips = {Clip("yes", 0, 0, {230}),  Clip("yes", 0, -1, {150}),
                                         Clip("yes", 0, 0, {220}),  Clip("silence", -1, -1, {10}),
                                         Clip("cat", -1, -1, {20}), Clip("dog", -1, 0, {210}),
                                         Clip("cat", -1, -1, {30}), Clip("silence", -1, 0, {215})};
  const ClipFigures figures = MeasureClips(clips, {true});
  EXPECT_EQ(figures.confusion, (std::vector<std::vector<size_t>>{{2, 1}, {2, 3}}));
  EXPECT_EQ(figures.accuracy.value, 5.0 / 8);
  ASSERT_EQ(figures.recall.size(), 1u);
  EXPECT_DOUBLE_EQ(figures.recall[0].value, 2.0 / 3);
  EXPECT_EQ(figures.precision[0].value, 0.5);
  EXPECT_EQ(figures.nothing_recall.value, 0.6);
  EXPECT_EQ(figures.nothing_precision.value, 0.75);
  EXPECT_DOUBLE_EQ(figures.balanced_accuracy.value, (2.0 / 3 + 0.6) / 2);
  EXPECT_DOUBLE_EQ(figures.other_words_accepted.value, 1.0 / 3);  // The dog; silence is no word.
  EXPECT_EQ(figures.other_words_accepted.total, 3);
}

// Words without a label and a model that has a name for silence: that is right, a keyword is not.
TEST(ClipFiguresTest, WordsWithoutALabelWantNoKeyword) {
  const ClipFigures figures = MeasureClips(
      {Clip("yes", 1, 1, {1, 9}), Clip("cat", -1, 0, {9, 1}), Clip("cat", -1, 1, {1, 9})},
      {false, true});
  EXPECT_EQ(figures.confusion, (std::vector<std::vector<size_t>>{{0, 0, 0}, {0, 1, 0}, {1, 1, 0}}));
  EXPECT_DOUBLE_EQ(figures.accuracy.value, 2.0 / 3);
  EXPECT_EQ(figures.nothing_recall.value, 0.5);
}

TEST(JunitTest, HoldsAnyText) {
  EXPECT_EQ(XmlText("a<b>\"&\x01\x7F"), "a&lt;b&gt;&quot;&amp;?\x7F");
  EXPECT_EQ(XmlText("\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x90\x92"),
            "\xC3\xA4 \xE2\x82\xAC \xF0\x9F\x90\x92");
  // A lone byte, overlong forms, a surrogate, a cut sequence, beyond U+10FFFF.
  EXPECT_EQ(XmlText("\xE4 \xC0\x80 \xED\xA0\x80 \xE2\x82"), "? ?? ??? ??");
  EXPECT_EQ(XmlText("\xF4\x90\x80\x80"), "????");
}

TEST(SavedAnswersTest, FalseAcceptsOfOtherRecordingsDoNotCount) {
  const auto answer = [](SavedAnswer::Kind kind, const char* path, double time) {
    SavedAnswer saved;
    saved.kind = kind;
    saved.path = path;
    saved.time = time;
    saved.heard = kind == SavedAnswer::Kind::kFalseAccept ? "yes" : "";
    saved.outcome = kind == SavedAnswer::Kind::kFalseAccept ? "false_accept" : "heard";
    return saved;
  };
  constexpr auto kRecording = SavedAnswer::Kind::kRecording;
  constexpr auto kFalseAccept = SavedAnswer::Kind::kFalseAccept;
  const std::vector<ChangedAnswer> changes = CompareAnswers(
      {answer(kRecording, "a", 0), answer(kFalseAccept, "a", 1), answer(kFalseAccept, "a", 5),
       answer(kRecording, "b", 0), answer(kFalseAccept, "b", 1)},
      {answer(kRecording, "a", 0), answer(kFalseAccept, "a", 1.4), answer(kFalseAccept, "a", 9),
       answer(kRecording, "c", 0), answer(kFalseAccept, "c", 1)});
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_EQ(changes[0].what, "a at 9.00 s");
  EXPECT_FALSE(changes[0].is_better);
  EXPECT_EQ(changes[1].what, "a at 5.00 s");
  EXPECT_TRUE(changes[1].is_better);
}

}  // namespace
}  // namespace earshot::host
