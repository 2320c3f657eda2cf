// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "host/clip_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/label_names.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;

TEST(LabelNamesTest, SilenceIsBackgroundBelowAllOther) {
  EXPECT_THAT(LabelKinds({"silence", "unknown", "yes"}, 0b011),
              ElementsAre(LabelKind::kSilence, LabelKind::kOtherBackground, LabelKind::kKeyword));
  EXPECT_THAT(LabelKinds({"noise", "_silence_", "yes"}, 0b011),
              ElementsAre(LabelKind::kOtherBackground, LabelKind::kSilence, LabelKind::kKeyword));
  // A model may have "silence" for a keyword, if it says so.
  EXPECT_THAT(LabelKinds({"silence", "unknown", "yes"}, 0b010),
              ElementsAre(LabelKind::kKeyword, LabelKind::kOtherBackground, LabelKind::kKeyword));
  // The bits name the first 32 labels; those behind are keywords.
  const std::vector<LabelKind> many = LabelKinds(std::vector<std::string>(33, "unknown"), ~0u);
  EXPECT_EQ(many[31], LabelKind::kOtherBackground);
  EXPECT_EQ(many[32], LabelKind::kKeyword);
}

// The answer to a clip for which a model gave these scores of silence, unknown, yes and no.
ClipAnswer Judged(size_t average_count, const std::vector<std::vector<uint8_t>>& all_scores) {
  ClipJudge judge(LabelKinds({"silence", "unknown", "yes", "no"}, 0b11), average_count);
  for (const auto& scores : all_scores) judge.Add(scores);
  return judge.Answer();
}

TEST(ClipJudgeTest, OneAnswerIsTheAnswer) {
  const ClipAnswer answer = Judged(1, {{100, 110, 20, 26}});
  EXPECT_EQ(answer.label, 1u);
  EXPECT_THAT(answer.scores, ElementsAre(100, 110, 20, 26));
}

TEST(ClipJudgeTest, TheHighestKeywordOnTopWins) {
  const ClipAnswer answer =
      Judged(1, {{0, 255, 0, 0}, {10, 120, 125, 0}, {0, 50, 0, 130}, {0, 131, 0, 124}});
  EXPECT_EQ(answer.label, 3u);
  EXPECT_THAT(answer.scores, ElementsAre(0, 50, 0, 130));
}

TEST(ClipJudgeTest, WithoutKeywordOnTopTheHighestUnknownWinsOverSilence) {
  const ClipAnswer answer =
      Judged(1, {{255, 0, 0, 0}, {0, 130, 126, 0}, {50, 150, 50, 0}, {250, 0, 0, 0}});
  EXPECT_EQ(answer.label, 1u);
  EXPECT_THAT(answer.scores, ElementsAre(50, 150, 50, 0));
}

TEST(ClipJudgeTest, WithOnlySilenceOnTopTheMeanIsTheAnswer) {
  const ClipAnswer answer = Judged(1, {{255, 0, 0, 0}, {130, 0, 126, 0}, {130, 120, 0, 0}});
  EXPECT_EQ(answer.label, 0u);
  EXPECT_THAT(answer.scores, ElementsAre(172, 40, 42, 0));
}

TEST(ClipJudgeTest, AveragesAreCompared) {
  // "yes" is on top once alone, "no" over two answers.
  const std::vector<std::vector<uint8_t>> all = {
      {200, 0, 40, 0}, {50, 0, 200, 0}, {200, 0, 40, 0}, {100, 0, 0, 150}, {101, 0, 0, 151}};
  EXPECT_THAT(Judged(1, all).scores, ElementsAre(50, 0, 200, 0));
  EXPECT_THAT(Judged(2, all).scores, ElementsAre(101, 0, 0, 151));  // 100.5 and 150.5.
  EXPECT_EQ(Judged(2, all).label, 3u);
  EXPECT_EQ(Judged(3, all).label, 0u);
}

TEST(ClipJudgeTest, OnlyFullAveragesAreCompared) {
  const ClipAnswer answer = Judged(3, {{0, 0, 200, 0}, {250, 0, 0, 0}, {250, 0, 0, 0}});
  EXPECT_EQ(answer.label, 0u);
  EXPECT_THAT(answer.scores, ElementsAre(167, 0, 67, 0));
}

TEST(ClipJudgeTest, FewerAnswersThanAnAverageHoldsAreAveraged) {
  const ClipAnswer answer = Judged(3, {{100, 0, 156, 0}, {140, 0, 116, 0}});
  EXPECT_EQ(answer.label, 2u);
  EXPECT_THAT(answer.scores, ElementsAre(120, 0, 136, 0));
}

}  // namespace
}  // namespace earshot::host
