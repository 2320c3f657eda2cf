// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/classification/clip_judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "earshot/host/models/label_names.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;

TEST(LabelNamesTest, SilenceIsBackgroundBelowAllOther) {
  EXPECT_THAT(LabelKinds({"silence", "unknown", "yes"}, 0b011),
              ElementsAre(LabelKind::kSilence, LabelKind::kOtherBackground, LabelKind::kKeyword));
  EXPECT_THAT(LabelKinds({"other", "_silence_", "yes"}, 0b011),
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
  ClipJudge judge(LabelKinds({"silence", "unknown", "yes", "no"}, 0b11),
                  {average_count, average_count, {}});
  for (const auto& scores : all_scores) judge.Add(scores);
  return judge.Answer();
}

TEST(ClipJudgeTest, OneAnswerIsTheAnswer) {
  const ClipAnswer answer = Judged(1, {{100, 110, 20, 26}});
  EXPECT_EQ(answer.label, 1u);
  EXPECT_THAT(answer.scores, ElementsAre(100, 110, 20, 26));
}

TEST(ClipJudgeTest, WhileNobodySpeaksKeywordsDoNotCount) {
  ClipJudge judge(LabelKinds({"silence", "unknown", "yes", "no"}, 0b11), {1, 1, {}});
  judge.Add({std::vector<uint8_t>{1, 4, 250, 1}}, true);
  EXPECT_EQ(judge.Answer().label, 1u);
  judge.Add({std::vector<uint8_t>{0, 0, 0, 150}}, false);
  EXPECT_EQ(judge.Answer().label, 3u);
  ClipJudge wake_word({LabelKind::kKeyword}, {1, 1, 100});
  wake_word.Add({std::vector<uint8_t>{255}}, true);
  EXPECT_FALSE(wake_word.Answer().label.has_value());
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

// The answer of a model with these labels, of which `background` has the bits, whose keywords have
// to pass 200.
ClipAnswer Passed(const std::vector<std::string>& labels, uint32_t background,
                  const std::vector<std::vector<uint8_t>>& all_scores, size_t average_count = 1,
                  size_t least_count = 1) {
  ClipJudge judge(LabelKinds(labels, background), {average_count, least_count, uint8_t{200}});
  for (const auto& scores : all_scores) judge.Add(scores);
  return judge.Answer();
}

TEST(ClipJudgeTest, WithoutBackgroundWhatDoesNotPassIsNothing) {
  const ClipAnswer found = Passed({"yes"}, 0, {{3}, {201}, {4}});
  EXPECT_EQ(found.label, 0u);
  EXPECT_EQ(found.score, 201);
  const ClipAnswer nothing = Passed({"yes"}, 0, {{3}, {200}, {4}});  // Above, as the recognizer.
  EXPECT_FALSE(nothing.label.has_value());
  EXPECT_EQ(nothing.score, 200);
  EXPECT_THAT(nothing.scores, ElementsAre(200));
}

// One after the other; and several words at once are the one on top.
TEST(ClipJudgeTest, OfSeveralKeywordsTheHighestThatPassesCounts) {
  EXPECT_EQ(Passed({"yes", "no"}, 0, {{210, 100}, {90, 220}, {199, 0}}).label, 1u);
  EXPECT_EQ(Passed({"yes", "no"}, 0, {{250, 240}}).label, 0u);
  const ClipAnswer nothing = Passed({"yes", "no"}, 0, {{100, 150}, {199, 198}, {0, 0}});
  EXPECT_FALSE(nothing.label.has_value());
  EXPECT_THAT(nothing.scores, ElementsAre(199, 198));
}

// A background label is the model's own name for nothing.
TEST(ClipJudgeTest, WithBackgroundWhatDoesNotPassIsTheHighestOfThat) {
  const std::vector<std::string> labels = {"silence", "unknown", "yes"};
  const ClipAnswer weak = Passed(labels, 0b11, {{200, 0, 10}, {5, 3, 190}});
  EXPECT_EQ(weak.label, 0u);
  EXPECT_EQ(weak.score, 5);
  EXPECT_EQ(Passed(labels, 0b11, {{3, 5, 190}}).label, 1u);
  EXPECT_EQ(Passed(labels, 0b11, {{0, 120, 110}, {5, 3, 190}}).label, 1u);  // On top once.
  EXPECT_EQ(Passed(labels, 0b11, {{0, 250, 110}, {5, 3, 201}}).label, 2u);
}

TEST(ClipJudgeTest, WhatPassesIsATruncatedMean) {
  EXPECT_FALSE(Passed({"yes"}, 0, {{200}, {201}}, 2, 2).label.has_value());  // 200.5
  EXPECT_EQ(Passed({"yes"}, 0, {{200}, {202}}, 2, 2).label, 0u);
}

// As in the recognizer, whose window fills up at the beginning.
TEST(ClipJudgeTest, AtTheBeginningFewerAnswersAreAnAverage) {
  const std::vector<std::vector<uint8_t>> all = {{250}, {210}, {100}, {0}, {0}};
  EXPECT_FALSE(Passed({"yes"}, 0, all, 4, 4).label.has_value());
  EXPECT_EQ(Passed({"yes"}, 0, all, 4, 2).score, 230);
  EXPECT_FALSE(Passed({"yes"}, 0, all, 4, 3).label.has_value());
  // Fewer still: all that there are.
  EXPECT_EQ(Passed({"yes"}, 0, {{250}, {210}}, 4, 3).score, 230);
  EXPECT_FALSE(Passed({"yes"}, 0, {{250}, {110}}, 4, 3).label.has_value());
}

}  // namespace
}  // namespace earshot::host
