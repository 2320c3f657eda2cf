// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/label_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace earshot {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(LabelNames, WhatIsOneName) {
  const char* const same[][2] = {
      {"yes", "Yes"},
      {"yes", " YES\t"},
      {"silence", "_silence_"},
      {"Background Noise", "_background_noise_"},
      {"Background-Noise", "backgroundNoise"},
      {"okay nabu", "okay_nabu"},
      {"Okay Nabu", "OkayNabu"},
      {"\xC3\x96l", "\xC3\xB6l"},                                // German.
      {"\xC5\x81\xC3\x93\xC5\xBB", "\xC5\x82\xC3\xB3\xC5\xBC"},  // Polish.
      {"\xCE\x9D\xCE\x91\xCE\x99", "\xCE\xBD\xCE\xB1\xCE\xB9"},  // Greek.
      {"\xD0\x94\xD0\x90", "\xD0\xB4\xD0\xB0"},                  // Russian.
      {"__", " __ "},
  };
  for (const auto& [a, b] : same) EXPECT_TRUE(IsSameName(a, b)) << a << ", " << b;
}

TEST(LabelNames, WhatIsNot) {
  const char* const other[][2] = {
      {"yes", "yess"},          {"1", "-1"}, {"_", "__"}, {"", "_"}, {"on", "no"}, {"a+b", "ab"},
      {"\xC3\x97", "\xC3\xB7"},  // The signs for times and divided by.
  };
  for (const auto& [a, b] : other) EXPECT_FALSE(IsSameName(a, b)) << a << ", " << b;
}

// Bytes that are no UTF-8 are compared as they are.
TEST(LabelNames, AnyBytesAreAName) {
  EXPECT_TRUE(IsSameName("\xFF\xC3", "\xFF\xC3"));
  EXPECT_FALSE(IsSameName("\xFF", "\xFE"));
  EXPECT_EQ(NameKey("A\xC3"), "a\xC3");
}

TEST(LabelNames, KnowsSilenceAndOtherBackground) {
  for (const char* name : {"silence", "_silence_", "Silence", " _background_noise_ ", "_noise",
                           "noise", "Background Noise", "background"}) {
    EXPECT_TRUE(IsSilence(name)) << name;
    EXPECT_TRUE(IsBackgroundName(name)) << name;
  }
  for (const char* name :
       {"unknown", "_unknown_", "Unknown", "unknown_word", "other", "Others", "negative", "none"}) {
    EXPECT_FALSE(IsSilence(name)) << name;
    EXPECT_TRUE(IsBackgroundName(name)) << name;
  }
  for (const char* name : {"yes", "off", "noisy", "quiet", "stop", "", "_"}) {
    EXPECT_FALSE(IsBackgroundName(name)) << name;
  }
}

// The names of Speech Commands, Edge Impulse, Teachable Machine.
TEST(LabelNames, BackgroundByName) {
  EXPECT_EQ(BackgroundByName({"_silence_", "_unknown_", "yes", "no"}).bits, 0b0011u);
  EXPECT_EQ(BackgroundByName({"_noise", "_unknown", "go", "stop"}).bits, 0b0011u);
  EXPECT_EQ(BackgroundByName({"Background Noise", "Clap", "Snap"}).bits, 0b001u);
  EXPECT_EQ(BackgroundByName({"yes", "no", "Unknown", "Silence"}).bits, 0b1100u);
  EXPECT_EQ(BackgroundByName({"yes", "no"}).bits, 0u);
}

TEST(LabelNames, TheOnlyLabelIsNoBackground) {
  EXPECT_EQ(BackgroundByName({"Silence"}).bits, 0u);
  EXPECT_THAT(BackgroundByName({"Silence"}).wrong, IsEmpty());
}

TEST(LabelNames, OneLabelIsNotBackground) {
  EXPECT_EQ(BackgroundByName({"silence", "unknown"}).wrong,
            "at least one label that is not background");
  EXPECT_EQ(BackgroundOf({"a", "b"}, {"b", "A"}).wrong,
            "at least one label that is not background");
}

TEST(LabelNames, BackgroundOfNames) {
  const std::vector<std::string> labels = {"Rauschen", "ja", "nein"};
  EXPECT_EQ(BackgroundOf(labels, {"rauschen"}).bits, 0b001u);
  EXPECT_EQ(BackgroundOf(labels, {}).bits, 0u);
  EXPECT_EQ(BackgroundOf(labels, {"oui"}).wrong,
            "some of the first 32 labels; \"oui\" is none of them");
  EXPECT_THAT(NamesOfBackground(labels, 0b101u), ElementsAre("Rauschen", "nein"));
}

TEST(LabelNames, OnlyTheFirst32CanBeBackground) {
  std::vector<std::string> labels(40);
  for (size_t i = 0; i < labels.size(); ++i) labels[i] = "label " + std::to_string(i);
  labels[31] = "noise";
  labels[32] = "unknown";
  EXPECT_EQ(BackgroundByName(labels).bits, 0x80000000u);
  EXPECT_TRUE(IsBackground(0x80000000u, 31));
  EXPECT_FALSE(IsBackground(0xFFFFFFFFu, 32));
}

}  // namespace
}  // namespace earshot
