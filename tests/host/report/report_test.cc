// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The HTML report.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include "earshot/host/errors.h"
#include "earshot/host/evaluation/clip_figures.h"
#include "earshot/host/evaluation/intervals.h"
#include "earshot/host/evaluation/stream_figures.h"
#include "earshot/host/report/html.h"
#include "earshot/host/report/media.h"
#include "earshot/host/report/plot.h"
#include "earshot/host/report/png.h"
#include "earshot/host/report/report.h"
#include "tests/host/test_files.h"
#include "tests/support/golden.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kHostile[] = "<script>alert(\"1\")</script>'&\x01\xFF";

// ---- A checker of well-formed markup, as strict as XML: every tag is closed in its order, quotes
// are closed, & only begins an entity. "" when all is right.

std::string CheckTag(const std::string& tag, std::vector<std::string>* open) {
  if (tag.substr(0, 9) == "!DOCTYPE ") return "";
  if (tag[0] == '/') {
    if (open->empty() || open->back() != tag.substr(1)) return "does not close: " + tag;
    open->pop_back();
    return "";
  }
  size_t at = 0;
  const auto skip = [&](auto&& is) {
    while (at < tag.size() && is(tag[at])) ++at;
  };
  const auto is_name = [](char c) { return std::isalnum(c) != 0 || c == '-' || c == ':'; };
  const auto is_space = [](char c) { return c == ' ' || c == '\n'; };
  skip(is_name);
  const std::string name = tag.substr(0, at);
  if (name.empty()) return "no name: " + tag;
  for (;;) {
    skip(is_space);
    if (at == tag.size()) break;
    if (tag.substr(at) == "/") return "";
    const size_t begin = at;
    skip(is_name);
    if (at == begin || tag.substr(at, 2) != "=\"") return "bad attribute: " + tag;
    at = tag.find('"', at + 2);
    if (at == std::string::npos) return "open quote: " + tag;
    ++at;
  }
  open->push_back(name);
  return "";
}

std::string CheckEntity(const std::string& text, size_t at) {
  for (const char* entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"}) {
    if (text.compare(at, std::string(entity).size(), entity) == 0) return "";
  }
  return "bare &: " + text.substr(at, 20);
}

std::string WhatIsMalformed(const std::string& html) {
  std::vector<std::string> open;
  for (size_t at = 0; at < html.size(); ++at) {
    std::string error;
    if (html[at] == '&') error = CheckEntity(html, at);
    const auto byte = static_cast<unsigned char>(html[at]);
    if (byte < 0x20 && byte != '\n') error = "control character";
    if (html[at] == '<') {
      const size_t end = html.find('>', at);
      if (end == std::string::npos) return "open tag at the end";
      const std::string tag = html.substr(at + 1, end - at - 1);
      if (tag.find('<') != std::string::npos) return "< in a tag: " + tag;
      error = CheckTag(tag, &open);
      if (error.empty()) {
        for (size_t k = at; k < end; ++k) {
          if (html[k] == '&') error = CheckEntity(html, k);
        }
      }
      at = end;
    }
    if (!error.empty()) return error;
  }
  return open.empty() ? "" : "never closed: " + open.back();
}

TEST(WellFormedTest, TheCheckerFindsFaults) {
  EXPECT_EQ(WhatIsMalformed("<!DOCTYPE html><a b=\"c\">x &amp; y<br/></a>"), "");
  for (const char* bad : {"<a>", "<a></b>", "<a b=c></a>", "x & y", "<a b=\"&\"></a>",
                          "<a><b></a></b>", "<a b=\"c></a>", "<>"}) {
    EXPECT_NE(WhatIsMalformed(bad), "") << bad;
  }
}

// ---- Figures to report on

RecognizerConfig Recognizer() {
  RecognizerConfig recognizer;
  recognizer.average_window_ms = 100;
  recognizer.minimum_count = 1;
  recognizer.background_labels = 1;
  return recognizer;
}

// A recording of 12 s, scores every 20 ms: "yes" at 3 s is announced, at 6 s it is not, and at 10 s
// it is although nobody says it.
StreamFigures Stream(const std::string& path, const std::string& word) {
  StreamFigures figures;
  StreamRecording recording;
  recording.path = path;
  recording.seconds = 12;
  recording.kept.first_ms = 30;
  recording.kept.period_ms = 20;
  recording.kept.label_count = 2;
  for (int i = 0; i < 598; ++i) {
    const double time = 0.03 + 0.02 * i;
    const bool is_high = (time > 3.2 && time < 3.7) || (time > 10 && time < 10.5);
    const uint8_t score = is_high ? 250 : time > 6 && time < 6.5 ? 120 : 3;
    recording.kept.scores.push_back(static_cast<uint8_t>(255 - score));
    recording.kept.scores.push_back(score);
  }
  figures.recordings.push_back(recording);
  figures.hours = recording.seconds / 3600;
  for (const double start : {3.0, 6.0}) {
    StreamEvent event;
    event.word = word;
    event.target = 1;
    event.start = start;
    event.end = start + 0.5;
    figures.events.push_back(event);
  }
  return figures;
}

ModelFigures Model(const std::string& name, const std::vector<std::string>& clips,
                   const std::string& stream, const std::string& label) {
  ModelFigures model;
  model.name = name;
  model.labels = {"unknown", label};
  model.is_keyword = {false, true};
  model.recognizer = Recognizer();
  model.period_ms = 20;
  std::vector<ClipRecord> records;
  for (size_t i = 0; i < clips.size(); ++i) {
    ClipRecord record;
    record.path = clips[i];
    record.word = label;
    record.target = 1;
    record.heard = i % 3 == 0 ? 1 : 0;  // Two of three are wrong.
    const auto score = static_cast<uint8_t>(130 + i);
    record.score = score;
    record.scores =
        record.heard == 0 ? std::vector<uint8_t>{score, 10} : std::vector<uint8_t>{10, score};
    records.push_back(record);
  }
  model.clips = MeasureClips(records, model.is_keyword);
  model.streams = Stream(stream, label);
  MeasureStreams(model.recognizer, 2, &*model.streams);
  model.det = DetCurve(model.recognizer, &*model.streams, nullptr, 1);
  GateResult gate;
  gate.expression = "accuracy>=0.9";
  gate.found = model.clips->accuracy;
  model.gates.push_back(gate);
  model.changes.push_back({clips.empty() ? "x" : clips[0], "yes", "unknown", false});
  return model;
}

// Recordings on disk and the figures of two models that heard them.
class ReportTest : public testing::Test {
 protected:
  void SetUp() override {
    for (int i = 0; i < 9; ++i) {
      clips_.push_back(dir_.Path("clip" + std::to_string(i) + ".wav"));
      WriteWav(clips_.back(), Noise(16000, static_cast<uint32_t>(i)));
    }
    stream_ = dir_.Path("stream.wav");
    WriteWav(stream_, Noise(192000, 100));
    evaluation_.models = {Model("one", clips_, stream_, "yes"),
                          Model("two", clips_, stream_, "yes")};
  }

  static size_t Count(const std::string& text, const std::string& part) {
    size_t count = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
      ++count;
    return count;
  }

  const TempDir dir_;
  std::vector<std::string> clips_;
  std::string stream_;
  Evaluation evaluation_;
};

TEST_F(ReportTest, IsWellFormedAndNeedsNothingBesideIt) {
  const std::string html = ReportHtml(evaluation_);
  EXPECT_EQ(WhatIsMalformed(html), "");
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<link")));
  EXPECT_THAT(html, Not(HasSubstr("url(")));
  EXPECT_THAT(html, Not(HasSubstr("@import")));
  // All that is loaded lies in the page.
  EXPECT_EQ(Count(html, " src=\""), Count(html, " src=\"data:"));
  EXPECT_EQ(Count(html, " href=\""), Count(html, " href=\"data:") + Count(html, " href=\"#"));
}

TEST_F(ReportTest, ShowsEachMistakeWithPictureAndSound) {
  const std::string html = ReportHtml(evaluation_);
  // Six clips, wrong in both models; in each model one miss, one false accept and one hit.
  EXPECT_EQ(Count(html, "<article class=\"card clip\">"), 6u);
  EXPECT_EQ(Count(html, "<article class=\"card explanation\">"), 6u);
  EXPECT_EQ(Count(html, "<audio "), 12u);
  EXPECT_EQ(Count(html, "data:image/png;base64,"), 12u);
  EXPECT_EQ(Count(html, "badge miss"), 2u);
  EXPECT_EQ(Count(html, "badge false_accept"), 2u);
  EXPECT_THAT(html, HasSubstr("<b>33.3 %</b>"));  // Accuracy: three of nine.
  EXPECT_THAT(html, HasSubstr("3 of 9"));
  EXPECT_THAT(html, HasSubstr("<b>300.00 / h</b>"));  // One false accept in 12 s.
}

TEST_F(ReportTest, IsTheSameEveryTime) {
  EXPECT_EQ(ReportHtml(evaluation_), ReportHtml(evaluation_));
}

TEST_F(ReportTest, NamesCannotGetOut) {
  const std::string path = dir_.Path(std::string("x") + "<b>'&\xFF.wav");
  WriteWav(path, Noise(16000, 5));
  Evaluation evaluation;
  evaluation.models = {Model(kHostile, {clips_[0], path}, stream_, kHostile)};
  evaluation.unread.push_back({kHostile, kHostile});
  const std::string html = ReportHtml(evaluation);
  EXPECT_EQ(WhatIsMalformed(html), "");
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("<b>'")));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;"));
}

TEST_F(ReportTest, SaysWhatIsLeftOut) {
  ReportLimits limits;
  limits.most_clips = 4;
  limits.most_mistakes = 1;
  limits.most_hits = 0;
  limits.most_sound_bytes = 100000;  // Room for two clips.
  const std::string html = ReportHtml(evaluation_, limits);
  EXPECT_EQ(WhatIsMalformed(html), "");
  EXPECT_EQ(Count(html, "<article class=\"card clip\">"), 4u);
  EXPECT_THAT(html, HasSubstr("4 of 6 are shown"));
  EXPECT_THAT(html, HasSubstr("1 of 2 are shown"));
  EXPECT_EQ(Count(html, "<audio "), 2u);
  EXPECT_THAT(html, HasSubstr("The sound of 4 of the recordings shown is left out"));
  // The clip with the highest score for a wrong label comes first.
  EXPECT_LT(html.find("clip8.wav"), html.find("clip7.wav"));
  EXPECT_EQ(html.find("clip1.wav\">"), std::string::npos);
}

TEST_F(ReportTest, ChoosesTheFalseAcceptsWithTheHighestScore) {
  ModelFigures& model = evaluation_.models[0];
  evaluation_.models.resize(1);
  model.streams->false_accepts = {{0, 1.25, 1, 210, ""}, {0, 2.25, 1, 240, ""}};
  for (size_t i = 0; i < 2; ++i) {
    Explanation explanation;
    explanation.outcome = Outcome::kFalseAccept;
    explanation.index = i;
    explanation.end = 4;
    model.explanations.push_back(explanation);
  }
  ReportLimits limits;
  limits.most_mistakes = 1;
  const std::string html = ReportHtml(evaluation_, limits);
  EXPECT_THAT(html, HasSubstr("\xE2\x80\x9Cyes\xE2\x80\x9D at 2.25 s"));
  EXPECT_THAT(html, Not(HasSubstr("\xE2\x80\x9Cyes\xE2\x80\x9D at 1.25 s")));
}

TEST_F(ReportTest, ARecordingThatIsGoneIsShownWithoutSound) {
  std::filesystem::remove(stream_);
  std::filesystem::remove(clips_[1]);
  const std::string html = ReportHtml(evaluation_);
  EXPECT_EQ(WhatIsMalformed(html), "");
  EXPECT_EQ(Count(html, "<article class=\"card explanation\">"), 6u);
  EXPECT_EQ(Count(html, "no such file"), 7u);
}

TEST_F(ReportTest, WithoutAnyFigures) {
  EXPECT_EQ(WhatIsMalformed(ReportHtml({})), "");
  Evaluation bare;
  bare.models.emplace_back();
  bare.models[0].labels = {"unknown", "yes"};
  bare.models[0].is_keyword = {false, true};
  bare.models[0].clips = MeasureClips({}, bare.models[0].is_keyword);
  bare.models[0].streams.emplace();
  bare.models[0].streams->found_by_label.resize(2);
  EXPECT_EQ(WhatIsMalformed(ReportHtml(bare)), "");
}

TEST_F(ReportTest, IsWritten) {
  WriteReport(evaluation_, dir_.Path("r.html"));
  const std::vector<uint8_t> bytes = test::ReadBytes(dir_.Path("r.html"));
  EXPECT_EQ(std::string(bytes.begin(), bytes.end()), ReportHtml(evaluation_));
  EXPECT_THROW(WriteReport(evaluation_, dir_.Path("none/r.html")), InputError);
}

// ---- Its parts

TEST(EscapedTest, MarkupControlsAndBytesThatAreNoUtf8) {
  EXPECT_EQ(Escaped("a<b>&\"c'"), "a&lt;b&gt;&amp;&quot;c&#39;");
  EXPECT_EQ(Escaped("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x99\x82"),
            "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x99\x82");
  const std::string replaced = "\xEF\xBF\xBD";
  EXPECT_EQ(Escaped("\x01"), replaced);
  EXPECT_EQ(Escaped("a\xFF"), "a" + replaced);
  EXPECT_EQ(Escaped("\xC3"), replaced);                                // Cut short.
  EXPECT_EQ(Escaped("\xC0\xAF"), replaced + replaced);                 // Overlong.
  EXPECT_EQ(Escaped("\xED\xA0\x80"), replaced + replaced + replaced);  // A surrogate.
  EXPECT_EQ(Escaped("\xEF\xBF\xBE"), replaced);                        // No character of XML.
}

TEST(PlotTest, TicksAreRound) {
  EXPECT_THAT(Ticks({0, 1, 0, 100, false}, 5),
              ElementsAre(0, 0.2, testing::DoubleEq(0.4), testing::DoubleEq(0.6),
                          testing::DoubleEq(0.8), 1));
  EXPECT_THAT(Ticks({46.3, 51.2, 0, 100, false}, 6), ElementsAre(47, 48, 49, 50, 51));
  EXPECT_THAT(Ticks({0.1, 100, 0, 100, true}, 0), ElementsAre(0.1, 1, 10, 100));
  const Axis axis = {1, 100, 50, 250, true};
  EXPECT_DOUBLE_EQ(axis.At(10), 150);
}

}  // namespace
}  // namespace earshot::host
