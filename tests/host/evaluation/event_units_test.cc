// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/event_units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace earshot::host {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// Four words of a recording of 10 s, the times multiplied; of the file's lines 2 to 5, backwards.
LabelledStream Words(double per_second) {
  LabelledStream stream;
  stream.path = "data/s.flac";
  const double times[4][2] = {{1.5, 2.092}, {3.3, 3.681}, {4.9, 5.28}, {8.4, 9.05}};
  for (size_t i = 0; i < 4; ++i) {
    stream.words.push_back({"yes", times[i][0] * per_second, times[i][1] * per_second, 5 - i});
  }
  return stream;
}

std::string ErrorOf(const LabelledStream& stream, double seconds) {
  const std::optional<Unread> behind = EventBehindTheEnd(stream, seconds);
  return behind ? behind->path + ": " + behind->error : "";
}

TEST(EventUnitsTest, SecondsWithinTheRecording) {
  EXPECT_EQ(ErrorOf(Words(1), 10), "");
  EXPECT_EQ(ErrorOf(Words(1), 9.05), "");
  EXPECT_EQ(ErrorOf(Words(1), 8.96), "");  // Rounded.
  EXPECT_EQ(ErrorOf({"s.wav", {}}, 0.1), "");
}

TEST(EventUnitsTest, ALittleTooMuchIsTheListOfAnotherRecordingOrCut) {
  const std::string error = ErrorOf(Words(1), 8.9);
  EXPECT_THAT(error, HasSubstr("data/s.csv:2: found \"yes\" from 8.4 to 9.05 s, wanted"));
  EXPECT_THAT(error, HasSubstr("which has 8.90 s"));
  EXPECT_THAT(error, HasSubstr("is it the list of another recording?"));
  EXPECT_THAT(error, Not(HasSubstr("these look like")));
}

TEST(EventUnitsTest, NamesTheFirstLineInTheFile) {
  EXPECT_THAT(ErrorOf(Words(1000), 10), HasSubstr("data/s.csv:2: "));
  LabelledStream stream = Words(1);
  stream.words[1].end = 11;
  stream.words[2].end = 12;
  EXPECT_THAT(ErrorOf(stream, 10), HasSubstr("data/s.csv:3: "));
}

TEST(EventUnitsTest, NamesTheUnitInWhichWordsWouldBeWords) {
  const struct {
    double per_second;
    const char* hint;
  } units[] = {{50, "these look like frames of 20 ms: divide them by 50"},
               {100, "these look like frames of 10 ms: divide them by 100"},
               {1000, "these look like milliseconds: divide them by 1000"},
               {8000, "these look like samples: divide them by the sample rate"},
               {16000, "these look like samples: divide them by the sample rate"},
               {44100, "these look like samples: divide them by the sample rate"},
               {48000, "these look like samples: divide them by the sample rate"},
               {1e6, "these look like microseconds: divide them by 1000000"},
               {1e7, "these look like units of 100 ns: divide them by 10000000"},
               {1e9, "these look like nanoseconds: divide them by 1000000000"}};
  for (const auto& unit : units) {
    EXPECT_THAT(ErrorOf(Words(unit.per_second), 10), HasSubstr(unit.hint));
    // Also early in a long recording, where smaller divisors fit, too.
    EXPECT_THAT(ErrorOf(Words(unit.per_second), 9.05 * unit.per_second - 1), HasSubstr(unit.hint));
  }
}

TEST(EventUnitsTest, WordsWithoutALength) {
  LabelledStream stream = Words(1000);
  for (SaidWord& word : stream.words) word.start = word.end;
  EXPECT_THAT(ErrorOf(stream, 10), HasSubstr("milliseconds"));
}

}  // namespace
}  // namespace earshot::host
