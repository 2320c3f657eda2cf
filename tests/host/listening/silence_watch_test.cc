// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/silence_watch.h"

#include <gtest/gtest.h>

namespace earshot::host {
namespace {

using std::chrono::milliseconds;

// Looks every few milliseconds, as a reader does.
class SilenceWatchTest : public testing::Test {
 protected:
  static SilenceWatch::TimePoint At(int ms) {
    return SilenceWatch::TimePoint(std::chrono::hours(1)) + milliseconds(ms);
  }

  // From `from_ms` on, until the device is gone; answers when that was, or `until_ms`. The latest
  // sound was at `latest_ms`; -1: there was none.
  int GoneAt(int from_ms, int until_ms, int latest_ms) {
    const auto latest = latest_ms < 0 ? SilenceWatch::TimePoint() : At(latest_ms);
    for (int ms = from_ms; ms < until_ms; ms += 4) {
      const auto silent = watch_.Look(At(ms), latest);
      if (silent == SilenceWatch::Duration::zero()) continue;
      silent_ms_ = static_cast<int>(std::chrono::duration_cast<milliseconds>(silent).count());
      return ms;
    }
    return until_ms;
  }

  SilenceWatch watch_{At(0)};
  int silent_ms_ = 0;
};

TEST_F(SilenceWatchTest, NoticesWithinASecond) {
  EXPECT_EQ(GoneAt(4, 10000, 3000), 3900);
  EXPECT_EQ(silent_ms_, 900);
}

TEST_F(SilenceWatchTest, AnySoundWillDo) {
  for (int ms = 0; ms < 20000; ms += 800) EXPECT_EQ(GoneAt(ms, ms + 800, ms), ms + 800);
}

TEST_F(SilenceWatchTest, TheFirstSoundMayTakeItsTime) { EXPECT_EQ(GoneAt(4, 10000, -1), 5000); }

// The computer slept for a while, and then it takes a moment until sound comes again.
TEST_F(SilenceWatchTest, WhileNobodyLooksNothingIsMissed) {
  EXPECT_EQ(GoneAt(4, 1000, 996), 1000);
  EXPECT_EQ(GoneAt(60000, 60800, 996), 60800);
  EXPECT_EQ(GoneAt(60800, 70000, 996), 60900);
}

// The computer is so busy that we hardly run, and the sound does as little.
TEST_F(SilenceWatchTest, ManyPausesAreNotSilence) {
  for (int ms = 0; ms < 5000; ms += 104) {
    EXPECT_EQ(watch_.Look(At(ms), At(0)), SilenceWatch::Duration::zero()) << ms;
  }
}

}  // namespace
}  // namespace earshot::host
