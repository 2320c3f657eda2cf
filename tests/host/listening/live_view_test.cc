// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/live_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "earshot/host/errors.h"
#include "tests/host/terminal_screen.h"

namespace earshot::host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class LiveViewTest : public testing::Test {
 protected:
  void Open(TerminalStyle style = {true, true}) {
    LiveTerminal terminal;
    terminal.write = [this](std::string_view text) {
      ++writes_;
      if (broken_) throw OutputClosed();
      screen_.Write(text);
      // After each single write the terminal is fit for others.
      EXPECT_TRUE(screen_.cursor_shown());
      EXPECT_TRUE(screen_.wraps());
      EXPECT_TRUE(screen_.plain());
      EXPECT_EQ(screen_.cursor_column(), 0u);
      EXPECT_EQ(screen_.Lines()[screen_.cursor_line()], "");
    };
    terminal.size = [this] { return size_; };
    terminal.now = [this] {
      return std::chrono::steady_clock::time_point(std::chrono::milliseconds(now_ms_));
    };
    terminal.style = style;
    view_ = MakeLiveView(terminal);
    view_->Start("a microphone", {&model_});
  }

  void Tick(int later_ms) {
    now_ms_ += later_ms;
    view_->Tick(totals_);
  }

  void Hear(size_t count) {
    const std::vector<int16_t> samples(count, 100);
    totals_.samples += static_cast<int64_t>(count);
    view_->Samples({samples.data(), samples.size()});
  }

  void Lose(int64_t samples) {
    totals_.lost_samples += samples;
    ++totals_.losses;
    view_->Lost(samples, totals_);
  }

  static HeardWord Yes() {
    HeardWord word;
    word.detection = {2, 248, 11500, 12000, 12340};
    word.latency_ms = 180;
    return word;
  }

  void Resize(TerminalSize size) {
    size_ = size;
    screen_.Resize(size.columns, size.rows);
  }

  // How often the pane is there.
  size_t Panes() const {
    size_t count = 0;
    for (const std::string& line : screen_.Lines()) count += StartsWithHeading(line) ? 1 : 0;
    return count;
  }
  static bool StartsWithHeading(const std::string& line) {
    return line.rfind("── a microphone", 0) == 0;
  }

  TerminalSize size_ = {80, 24};
  TerminalScreen screen_{80, 24};
  int64_t now_ms_ = 100000;
  int writes_ = 0;
  bool broken_ = false;
  const KeywordModel model_{ModelChoice{}};
  ListenTotals totals_;
  std::unique_ptr<ListenOutput> view_;
};

TEST_F(LiveViewTest, DrawsAtMostFifteenTimesASecond) {
  Open();
  for (int ms = 0; ms < 1000; ++ms) Tick(1);
  EXPECT_EQ(writes_, 16);  // The first one at once.
  EXPECT_EQ(Panes(), 1u);
}

TEST_F(LiveViewTest, WordsAndNoticesScrollAboveThePane) {
  Open();
  Hear(16000);
  Tick(100);
  for (int i = 0; i < 40; ++i) {
    view_->Word(Yes());
    Tick(100);
  }
  view_->Notice("it is gone");
  const std::vector<std::string> lines = screen_.Lines();
  for (size_t i = 0; i < 40; ++i) {
    EXPECT_EQ(lines[i], "   12.34 s  yes      0.97  (latency 180 ms)") << i;
  }
  EXPECT_EQ(lines[40], "    1.00 s  it is gone");
  EXPECT_EQ(lines[41], "");
  EXPECT_TRUE(StartsWithHeading(lines[42])) << lines[42];
  EXPECT_THAT(lines.back(), HasSubstr("1.0 s heard"));
  EXPECT_EQ(Panes(), 1u);
  EXPECT_EQ(screen_.cursor_line(), 41u);
}

TEST_F(LiveViewTest, WordsAreWrittenAtOnce) {
  Open();
  Tick(100);
  const int before = writes_;
  view_->Word(Yes());
  EXPECT_EQ(writes_, before + 1);
}

TEST_F(LiveViewTest, WithoutColourWordsArePlain) {
  Open({false, false});
  view_->Word(Yes());
  EXPECT_EQ(screen_.Lines()[0], "   12.34 s  yes      0.97  (latency 180 ms)");
}

TEST_F(LiveViewTest, FollowsTheTerminalsSize) {
  Open();
  view_->Word(Yes());
  for (const TerminalSize size : {TerminalSize{40, 20}, {50, 9}, {120, 40}, {80, 24}}) {
    Resize(size);
    Tick(100);
    EXPECT_EQ(Panes(), 1u) << size.columns << " x " << size.rows;
    EXPECT_THAT(screen_.Lines().back(), StartsWith("0.0 s"));
    EXPECT_THAT(screen_.Lines()[0], StartsWith("   12.34 s  yes      0.97"));
  }
}

TEST_F(LiveViewTest, FinishWipesThePaneOutAndSumsUp) {
  Open();
  Hear(16000);
  view_->Word(Yes());
  totals_.words = 1;
  Tick(100);
  view_->Finish(totals_);
  view_ = nullptr;
  EXPECT_THAT(screen_.Lines(), ElementsAre("   12.34 s  yes      0.97  (latency 180 ms)",
                                           "1.0 s heard, 1 word, no samples lost, CPU 0.0 %", ""));
}

TEST_F(LiveViewTest, WithoutFinishThePaneGoesAsWell) {
  Open();
  view_->Word(Yes());
  view_ = nullptr;
  EXPECT_THAT(screen_.Lines(), ElementsAre("   12.34 s  yes      0.97  (latency 180 ms)", ""));
}

TEST_F(LiveViewTest, ViewsThatWereNeverStartedWriteNothing) {
  Open();
  view_ = nullptr;
  EXPECT_EQ(writes_, 0);
}

TEST_F(LiveViewTest, LossesAreToldAtMostOnceASecond) {
  Open();
  Hear(16000);
  for (int i = 0; i < 30; ++i) {
    Lose(16);
    Tick(50);
  }
  view_->Finish(totals_);
  EXPECT_THAT(
      screen_.Lines(),
      ElementsAre("    1.00 s  lost 16 samples (0.00 s)", "    1.00 s  lost 320 samples (0.02 s)",
                  "    1.00 s  lost 144 samples (0.01 s)",
                  "1.0 s heard, 0 words, lost 480 samples (0.03 s) in 30 gaps, CPU 0.0 %", ""));
}

TEST_F(LiveViewTest, NoticesDoNotCommandTheTerminal) {
  Open();
  view_->Notice("Mic \033[2J\007: gone");
  EXPECT_EQ(screen_.Lines()[0], "    0.00 s  Mic  [2J : gone");
}

TEST_F(LiveViewTest, AClosedTerminalEndsListeningOnce) {
  Open();
  Tick(100);
  broken_ = true;
  EXPECT_THROW(Tick(100), OutputClosed);
  const int before = writes_;
  EXPECT_NO_THROW(view_->Finish(totals_));
  view_ = nullptr;
  EXPECT_EQ(writes_, before);
}

TEST_F(LiveViewTest, ATerminalThatIsClosedAtTheEndDoesNotThrow) {
  Open();
  Tick(100);
  broken_ = true;
  EXPECT_NO_THROW(view_->Finish(totals_));
}

TEST_F(LiveViewTest, WhatOthersWriteStaysLegible) {
  Open();
  Tick(100);
  screen_.Write("earshot: something else\r\n");
  Tick(100);
  EXPECT_EQ(screen_.Lines()[0], "earshot: something else");
  EXPECT_EQ(Panes(), 1u);
}

TEST_F(LiveViewTest, KeysThatArePressedDoNotMixWithWords) {
  Open();
  Tick(100);
  screen_.Write("any key that is pressed is written by the terminal itself");
  view_->Word(Yes());
  EXPECT_EQ(screen_.Lines()[0], "   12.34 s  yes      0.97  (latency 180 ms)");
}

class StandardOutputTerminalTest : public testing::Test {
 protected:
  StandardOutputTerminalTest() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
      const char* value = std::getenv(name);
      before_.emplace_back(name, value == nullptr ? std::optional<std::string>() : value);
      unsetenv(name);
    }
  }
  ~StandardOutputTerminalTest() override {
    for (const auto& [name, value] : before_) {
      if (value) {
        setenv(name, value->c_str(), 1);
      } else {
        unsetenv(name);
      }
    }
  }

 private:
  std::vector<std::pair<const char*, std::optional<std::string>>> before_;
};

TEST_F(StandardOutputTerminalTest, TheFirstLocaleThatIsSetCounts) {
  EXPECT_FALSE(StandardOutputTerminal().style.utf8);
  setenv("LANG", "de_DE.UTF-8", 1);
  EXPECT_TRUE(StandardOutputTerminal().style.utf8);
  setenv("LC_CTYPE", "de_DE.ISO-8859-1", 1);
  EXPECT_FALSE(StandardOutputTerminal().style.utf8);
  setenv("LC_ALL", "C.utf8", 1);
  EXPECT_TRUE(StandardOutputTerminal().style.utf8);
  setenv("LC_ALL", "", 1);
  EXPECT_FALSE(StandardOutputTerminal().style.utf8);
}

}  // namespace
}  // namespace earshot::host
