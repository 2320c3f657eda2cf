// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/microphone_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "earshot/host/mic_check/microphone_text.h"

namespace earshot::host {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Ten good seconds of a board: noise, and speech in some of them.
std::vector<LevelLine> GoodLines() {
  std::vector<LevelLine> lines;
  for (int i = 1; i <= 10; ++i) {
    LevelLine line;
    line.time_ms = 1000 * i;
    line.samples = 16000;
    line.dc = -12;
    line.rms = i % 3 == 0 ? 900 : 30;
    line.peak = line.rms * 6;
    lines.push_back(line);
  }
  return lines;
}

MicrophoneReport Judge(const std::vector<LevelLine>& lines) {
  MicrophoneJudge judge;
  for (const LevelLine& line : lines) judge.Add(line);
  return judge.Report();
}

std::vector<std::string> Problems(const MicrophoneReport& report) {
  std::vector<std::string> ids;
  for (const MicrophoneProblem& problem : report.problems) ids.push_back(problem.id);
  return ids;
}

TEST(MicrophoneJudgeTest, AGoodOneIsFine) {
  const MicrophoneReport report = Judge(GoodLines());
  EXPECT_TRUE(report.ok()) << MicrophoneText("board", report, 0);
  EXPECT_EQ(report.samples, 160000);
  EXPECT_EQ(report.loudest_rms, 900);
  EXPECT_EQ(report.floor_rms, 30);
  EXPECT_EQ(report.peak, 5400);
  EXPECT_EQ(report.dc, -12);
  EXPECT_FALSE(report.nothing_said);
  EXPECT_DOUBLE_EQ(report.board_rate->hz, 16000);
  EXPECT_DOUBLE_EQ(report.board_rate->seconds, 9);
  EXPECT_FALSE(report.host_rate.has_value());
  EXPECT_THAT(MicrophoneText("board", report, 0), HasSubstr("\nVerdict: fine\n"));
}

TEST(MicrophoneJudgeTest, Dead) {
  for (const int32_t level : {0, -1, 32767}) {
    std::vector<LevelLine> lines = GoodLines();
    for (LevelLine& line : lines) {
      line.rms = 0;
      line.dc = level;
      line.peak = std::abs(level);
      line.clipped = level == 32767 ? line.samples : 0;
    }
    EXPECT_THAT(Problems(Judge(lines)), ElementsAre("dead"));
    lines[4].rms = 400;  // One second with a signal, and it is alive.
    EXPECT_THAT(Problems(Judge(lines)), testing::Not(testing::Contains("dead")));
  }
}

TEST(MicrophoneJudgeTest, TooQuiet) {
  std::vector<LevelLine> lines = GoodLines();
  for (LevelLine& line : lines) line.rms = 20;
  lines[3].rms = kQuietRms;
  EXPECT_THAT(Problems(Judge(lines)), IsEmpty());
  EXPECT_FALSE(Judge(lines).nothing_said);
  lines[3].rms = kQuietRms - 1;
  EXPECT_THAT(Problems(Judge(lines)), ElementsAre("too_quiet"));
  EXPECT_THAT(MicrophoneText("board", Judge(lines), 0),
              HasSubstr("too quiet: the loudest second has an rms of 49, wanted at least 50\n"));
  lines[3].rms = 21;
  EXPECT_TRUE(Judge(lines).nothing_said);
}

TEST(MicrophoneJudgeTest, DcOffset) {
  for (const int32_t dc : {kMostDc, -kMostDc}) {
    std::vector<LevelLine> lines = GoodLines();
    for (LevelLine& line : lines) line.dc = dc;
    EXPECT_THAT(Problems(Judge(lines)), IsEmpty());
    for (LevelLine& line : lines) line.dc += dc > 0 ? 1 : -1;
    EXPECT_THAT(Problems(Judge(lines)), ElementsAre("dc_offset"));
  }
}

TEST(MicrophoneJudgeTest, TheWorstSecondClips) {
  std::vector<LevelLine> lines = GoodLines();
  lines[2].clipped = 48;  // 0.3 %.
  EXPECT_THAT(Problems(Judge(lines)), IsEmpty());
  lines[2].clipped = 49;
  const MicrophoneReport report = Judge(lines);
  EXPECT_THAT(Problems(report), ElementsAre("clipping"));
  EXPECT_EQ(report.clipped, 49);
}

TEST(MicrophoneJudgeTest, LostBlocks) {
  std::vector<LevelLine> lines = GoodLines();
  lines[5].dropped = 1;
  lines[5].samples = 8000;  // That makes the rate wrong, too, which is no news.
  EXPECT_THAT(Problems(Judge(lines)), ElementsAre("dropped"));
}

// That makes a rate lower, never higher.
TEST(MicrophoneJudgeTest, ARateTooHighIsOneAlthoughSomeWereLost) {
  std::vector<LevelLine> lines = GoodLines();
  for (LevelLine& line : lines) line.samples = 32000;
  lines[5].dropped = 1;
  EXPECT_THAT(Problems(Judge(lines)), ElementsAre("dropped", "sample_rate"));
}

// The same verdicts at a computer's microphone, but its own advice.
TEST(MicrophoneJudgeTest, AComputersMicrophone) {
  std::vector<LevelLine> lines = GoodLines();
  for (LevelLine& line : lines) {
    line.dc = 5000;
    line.clipped = 1000;
    line.rms = 10;
  }
  lines[3].dropped = 2;
  lines[3].lost_samples = 500;
  MicrophoneJudge at_board;
  MicrophoneJudge at_computer;
  at_computer.SetDevice({3, "USB", "ALSA", 2, 44100, true});
  for (MicrophoneJudge* judge : {&at_board, &at_computer}) {
    for (const LevelLine& line : lines) judge->Add(line);
    judge->SetHostRate(MeasuredRate{17415, 9});
    judge->SetGone("gone");
  }
  const MicrophoneReport board = at_board.Report();
  const MicrophoneReport computer = at_computer.Report();
  const auto ids =
      ElementsAre("too_quiet", "dc_offset", "clipping", "dropped", "gone", "sample_rate");
  EXPECT_THAT(Problems(board), ids);
  EXPECT_THAT(Problems(computer), ids);
  for (size_t i = 0; i < computer.problems.size(); ++i) {
    EXPECT_NE(computer.problems[i].advice, "") << computer.problems[i].id;
    EXPECT_NE(computer.problems[i].advice, board.problems[i].advice);
  }
  const std::string text = MicrophoneText("USB", computer, 0);
  EXPECT_THAT(text, HasSubstr("\n  dropped      500 samples, in 2 gaps\n"));
  EXPECT_THAT(text, HasSubstr("\n  sample rate  16000 Hz by the board's clock; 17415 Hz by this"));
  EXPECT_THAT(text, HasSubstr("\n  native rate  44100 Hz, says the device\n"));
  EXPECT_EQ(MicrophoneJson("USB", computer, 0)["lost_samples"], 500);
  EXPECT_EQ(MicrophoneJson("USB", board, 0)["lost_samples"], nullptr);
}

// The first line's samples came before its time was known.
TEST(MicrophoneJudgeTest, RateByTheBoardsClock) {
  std::vector<LevelLine> lines = GoodLines();
  lines[0].samples = 100;
  for (size_t i = 1; i < lines.size(); ++i) lines[i].samples = 15840;
  EXPECT_THAT(Problems(Judge(lines)), IsEmpty());  // 1 % off.
  for (size_t i = 1; i < lines.size(); ++i) lines[i].samples = 15839;
  EXPECT_THAT(Problems(Judge(lines)), ElementsAre("sample_rate"));
  for (size_t i = 1; i < lines.size(); ++i) lines[i].samples = 16161;
  const MicrophoneReport report = Judge(lines);
  EXPECT_THAT(Problems(report), ElementsAre("sample_rate"));
  EXPECT_THAT(report.problems[0].text, HasSubstr("found 16161 Hz by the board's clock"));
}

TEST(MicrophoneJudgeTest, RateByThisComputersClock) {
  const auto judge = [](double second, size_t count) {
    MicrophoneJudge live;
    const std::vector<LevelLine> lines = GoodLines();
    for (size_t i = 0; i < count; ++i) live.Add(lines[i], 3.5 + second * static_cast<double>(i));
    return live.Report();
  };
  EXPECT_THAT(Problems(judge(1.0, 10)), IsEmpty());
  // The board takes 1.02 s for its second: all its clocks are slow.
  const MicrophoneReport slow = judge(1.02, 10);
  EXPECT_THAT(Problems(slow), ElementsAre("sample_rate"));
  EXPECT_THAT(slow.problems[0].text, HasSubstr("found 15686 Hz by this computer's clock"));
  EXPECT_THAT(slow.host_rate->hz, DoubleNear(16000 / 1.02, 0.01));
  EXPECT_THAT(slow.host_rate->seconds, DoubleNear(9 * 1.02, 0.001));
  // In so short a time a late line would look the same.
  EXPECT_THAT(Problems(judge(1.02, 5)), IsEmpty());
}

TEST(MicrophoneJudgeTest, ABoardThatRestarts) {
  std::vector<LevelLine> lines = GoodLines();
  for (size_t i = 5; i < lines.size(); ++i) lines[i].time_ms = 1000 * (static_cast<int>(i) - 4);
  const MicrophoneReport report = Judge(lines);
  EXPECT_THAT(Problems(report), ElementsAre("restarted"));
  EXPECT_EQ(report.restarts, 1);
  EXPECT_DOUBLE_EQ(report.board_rate->hz, 16000);  // What lies over the restart does not count.
  EXPECT_DOUBLE_EQ(report.board_rate->seconds, 8);
}

TEST(MicrophoneJudgeTest, SecondsWithoutSamplesHaveNoLevel) {
  std::vector<LevelLine> lines = GoodLines();
  LevelLine none;
  none.time_ms = 1000;
  lines[0] = none;
  const MicrophoneReport report = Judge(lines);
  EXPECT_EQ(report.floor_rms, 30);
  EXPECT_TRUE(report.ok());
}

TEST(MicrophoneJudgeTest, SaysAllThatIsWrong) {
  std::vector<LevelLine> lines = GoodLines();
  for (LevelLine& line : lines) {
    line.dc = 5000;
    line.clipped = 1000;
    line.samples = 8000;
  }
  const MicrophoneReport report = Judge(lines);
  EXPECT_THAT(Problems(report), ElementsAre("dc_offset", "clipping", "sample_rate"));
  const auto json = MicrophoneJson("board", report, 7);
  EXPECT_EQ(json["ok"], false);
  EXPECT_EQ(json["damaged_lines"], 7);
  EXPECT_EQ(json["problems"].size(), 3u);
  for (const auto& problem : json["problems"]) EXPECT_NE(problem["advice"], "");
}

}  // namespace
}  // namespace earshot::host
