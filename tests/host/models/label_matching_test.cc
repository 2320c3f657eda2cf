// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Names of labels and of words: which are one, and what is said about those that are not.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "earshot/host/errors.h"
#include "earshot/host/evaluation/data_sets.h"
#include "earshot/host/evaluation/unmatched_words.h"
#include "earshot/host/models/label_list.h"
#include "tests/host/test_files.h"

namespace earshot::host {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A label that is a keyword takes no other words, whatever it is called; one that is background
// does, if there is no better one.
TEST(DataSetsTest, TargetsAreBackgroundByChoice) {
  EXPECT_EQ(TargetOf("cat", {"noise", "other", "yes"}, 0b011), 1);
  EXPECT_EQ(TargetOf("cat", {"noise", "other", "yes"}, 0b001), -1);
  EXPECT_EQ(TargetOf("silence", {"noise", "other", "yes"}, 0b011), 0);
  EXPECT_EQ(TargetOf("silence", {"other", "yes"}, 0b01), 0);
  EXPECT_EQ(TargetOf("cat", {"cough", "unknown", "yes"}, 0b011), 1);
  EXPECT_EQ(TargetOf("cat", {"cough", "yes"}, 0b01), 0);
  EXPECT_EQ(TargetOf("cat", {"Background Noise", "yes"}, 0b01), -1);
}

// A keyword of which there are no clips is told, with the words that could be meant.
TEST(UnmatchedWordsTest, AreTold) {
  EvaluationData data;
  for (const char* word : {"alexxa", "alexxa", "cat", "dog", "dog", "dog", "_noise_", "YES"}) {
    data.clips.push_back({"x.wav", word});
  }
  EXPECT_THAT(UnmatchedTexts({"silence", "yes", "Alexa"}, {false, true, true}, data),
              ElementsAre("no clips of Alexa; words there that are no label: alexxa (2), dog (3), "
                          "cat (1)"));
  EXPECT_THAT(UnmatchedTexts({"silence", "yes"}, {false, true}, data), IsEmpty());
  data.streams.push_back({"s.wav", {{"yes", 1, 2}}});
  EXPECT_THAT(UnmatchedTexts({"yes", "dog"}, {true, true}, data),
              ElementsAre("no words in streams of dog"));
  EXPECT_THAT(UnmatchedTexts({"silence", "yes"}, {false, true}, EvaluationData()), IsEmpty());
}

class LabelListTest : public testing::Test {
 protected:
  std::vector<std::string> Read(const std::string& text) {
    WriteText(file_, text);
    return LabelsOf({file_});
  }

  static std::string Refusal(const std::vector<std::string>& given) {
    try {
      LabelsOf(given);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "";
  }

  const TempDir dir_;
  const std::string file_ = dir_.Path("labels.txt");
};

TEST_F(LabelListTest, BlanksAroundLabelsAreCut) {
  EXPECT_THAT(LabelsOf({"silence", " unknown", "Okay Nabu\t"}),
              ElementsAre("silence", "unknown", "Okay Nabu"));
  EXPECT_THAT(LabelsOf({"\"silence\"", " 'unknown'", "it's"}),
              ElementsAre("silence", "unknown", "it's"));
}

TEST_F(LabelListTest, AFileHasOneALine) {
  const auto wanted = ElementsAre("silence", "Okay Nabu", "no");
  EXPECT_THAT(Read("silence\nOkay Nabu\nno\n"), wanted);
  EXPECT_THAT(Read("\xEF\xBB\xBFsilence\r\n\r\n  Okay Nabu \r\nno"), wanted);
  EXPECT_THAT(Read("silence\rOkay Nabu\rno\r"), wanted);
  EXPECT_THAT(Read("silence, Okay Nabu, no\n"), wanted);
  EXPECT_THAT(Read("0 silence\n1 Okay Nabu\n2 no\n"), wanted);
  EXPECT_THAT(Read("1: silence\n2: Okay Nabu\n3: no\n"), wanted);
  EXPECT_THAT(Read("1. silence\n2. Okay Nabu\n3. no\n"), wanted);
  EXPECT_THAT(Read("0) silence\n1) Okay Nabu\n2) no\n"), wanted);
  EXPECT_THAT(Read("0 - silence\n1 - Okay Nabu\n2 - no\n"), wanted);
  EXPECT_THAT(Read("0 \"silence\"\n1 \"Okay Nabu\"\n2 \"no\"\n"), wanted);
  EXPECT_THAT(Read("\"silence\"\n'Okay Nabu'\nno\n"), wanted);
  EXPECT_THAT(Read("\"silence\",\n\"Okay Nabu\",\n\"no\"\n"), wanted);
  EXPECT_THAT(Read("[\"silence\", \"Okay Nabu\", \"no\"]\n"), wanted);
  EXPECT_THAT(Read("[\n  \"silence\",\n  \"Okay Nabu\",\n  \"no\"\n]\n"), wanted);
}

TEST_F(LabelListTest, NumbersThatCountNoLinesBelongToTheLabels) {
  EXPECT_THAT(Read("1 up\n1 down\n"), ElementsAre("1 up", "1 down"));
  EXPECT_THAT(Read("0\n1\n2\n"), ElementsAre("0", "1", "2"));
  EXPECT_THAT(Read("0 a\nb\n"), ElementsAre("0 a", "b"));
  EXPECT_THAT(Read("3 a\n4 b\n"), ElementsAre("3 a", "4 b"));
}

TEST_F(LabelListTest, WhatCannotBeIsRefused) {
  EXPECT_EQ(Refusal({"a", "a"}),
            "--labels: found a,a, wanted each label once, but \"a\" comes twice");
  EXPECT_EQ(Refusal({"yes", "_Yes"}),
            "--labels: found yes,_Yes, wanted each label once, but \"yes\" and \"_Yes\" are one "
            "name");
  EXPECT_EQ(Refusal({"yes", " "}), "--labels: found yes,, wanted labels that are not empty");
  WriteText(file_, " \n\n");
  EXPECT_EQ(Refusal({file_}), file_ + ": found nothing, wanted labels, one a line (--labels)");
  WriteText(file_, "no\nNO\n");
  EXPECT_THAT(Refusal({file_}), HasSubstr(file_ + ": found no,NO, wanted each label once"));
  WriteText(file_, std::string("a\0b", 3));
  EXPECT_THAT(Refusal({file_}), HasSubstr(file_ + ": found no text"));
  EXPECT_THROW(LabelsOf({dir_.Path("none.txt")}), InputError);
}

}  // namespace
}  // namespace earshot::host
