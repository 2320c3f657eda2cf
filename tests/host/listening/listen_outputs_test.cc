// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/listen_outputs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace earshot::host {
namespace {

using nlohmann::json;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

HeardWord Yes() {
  HeardWord word;
  word.detection = {2, 208, 980, 1550, 1970};
  word.latency_ms = 12.3456;
  return word;
}

class ListenOutputsTest : public testing::Test {
 protected:
  std::unique_ptr<ListenOutput> Plain(bool quiet) {
    return MakePlainListenOutput([this](std::string_view text) { out_ += text; },
                                 [this](std::string_view text) { err_.emplace_back(text); }, quiet);
  }

  // All events but those of lost sound.
  static void Tell(ListenOutput& output, const std::vector<const KeywordModel*>& models) {
    output.Start("a microphone", models);
    output.Notice("gone");
    HeardWord word = Yes();
    word.model = models.size() - 1;
    output.Word(word);
    ListenTotals totals;
    totals.samples = 32000;
    totals.words = 1;
    totals.reconnections = 2;
    totals.away_s = 1.2345678;
    totals.cpu_share = 0.01234;
    output.Tick(totals);
    output.Finish(totals);
  }

  const KeywordModel model_{ModelChoice()};
  std::string out_;
  std::vector<std::string> err_;
};

TEST_F(ListenOutputsTest, PlainWritesALinePerWord) {
  Tell(*Plain(false), {&model_});
  EXPECT_EQ(out_, "    1.97 s  yes      0.812  latency 12 ms\n");
  EXPECT_THAT(err_, ElementsAre("listening to a microphone; tiny_conv_yes_no", "gone",
                                "heard 2.00 s, 1 word, lost 0 samples, 1.2 % of one core"));
}

TEST_F(ListenOutputsTest, PlainNamesTheModelWhereThereAreSeveral) {
  Tell(*Plain(true), {&model_, &model_});
  EXPECT_EQ(out_, "    1.97 s  yes      0.812  latency 12 ms  tiny_conv_yes_no\n");
  EXPECT_THAT(err_, ElementsAre("gone"));
}

// Also when quiet, and all of it; but not a line for each time.
TEST_F(ListenOutputsTest, PlainTellsOfLostSoundOnceASecond) {
  const std::unique_ptr<ListenOutput> output = Plain(true);
  output->Start("a microphone", {&model_});
  ListenTotals totals;
  for (int i = 0; i < 30; ++i) {
    output->Lost(10, totals);
    totals.samples += 1600;
    output->Tick(totals);
  }
  output->Finish(totals);
  EXPECT_THAT(err_, ElementsAre(HasSubstr("lost 10 samples (0.001 s) of sound at 0.00 s"),
                                HasSubstr("lost 90 samples (0.006 s) of sound at 1.00 s"),
                                HasSubstr("lost 100 samples"), HasSubstr("lost 100 samples")));
  EXPECT_THAT(out_, IsEmpty());
}

TEST_F(ListenOutputsTest, JsonlWritesAnObjectPerEvent) {
  const std::unique_ptr<ListenOutput> output =
      MakeJsonlListenOutput([this](std::string_view text) { err_.emplace_back(text); });
  Tell(*output, {&model_});
  ListenTotals totals;
  totals.samples = 16000;
  totals.lost_samples = 30;
  output->Lost(20, totals);
  totals.skipped_samples = 0;
  output->Finish(totals);
  EXPECT_EQ(json::parse(err_.back())["skipped_samples"], 0);
  err_.pop_back();
  std::vector<json> events;
  for (const std::string& line : err_) {
    EXPECT_EQ(line.find('\n'), line.size() - 1);
    events.push_back(json::parse(line));
  }
  EXPECT_THAT(
      events,
      ElementsAre(
          json::parse(R"({"schema":1,"event":"start","source":"a microphone","models":
                          [{"name":"tiny_conv_yes_no","labels":["silence","unknown","yes","no"],
                            "background":["silence","unknown"]}]})"),
          json::parse(R"({"schema":1,"event":"notice","text":"gone"})"),
          json::parse(R"({"schema":1,"event":"word","model":"tiny_conv_yes_no","label":"yes",
                          "score":0.8125,"start":0.98,"end":1.55,"time":1.97,"latency":0.012,
                          "delay":0.432})"),
          json::parse(R"({"schema":1,"event":"end","seconds":2.0,"words":1,"lost_samples":0,
                          "losses":0,"reconnections":2,"away_seconds":1.235,
                          "cpu_share":0.012})"),
          json::parse(R"({"schema":1,"event":"lost","time":1.0,"samples":20,
                          "lost_samples":30})")));
}

}  // namespace
}  // namespace earshot::host
