// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/live_view.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "earshot/app/units.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/listening/live_follower.h"
#include "earshot/host/listening/live_pane.h"

namespace earshot::host {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBetweenPictures{66};
constexpr std::chrono::seconds kBetweenLossLines{1};

// ECMA-48, and DEC's private modes 25 (cursor) and 7 (lines wrap).
constexpr char kHideCursor[] = "\033[?25l";
constexpr char kShowCursor[] = "\033[?25h";
constexpr char kNoWrap[] = "\033[?7l";
constexpr char kWrap[] = "\033[?7h";
constexpr char kEraseLine[] = "\r\033[K";
constexpr char kEraseBelow[] = "\r\033[J";

// What lines begin with: seconds of sound since the start.
std::string Moment(double seconds) { return fmt::format("{:8.2f} s  ", seconds); }

class LiveView : public ListenOutput {
 public:
  explicit LiveView(LiveTerminal terminal) : terminal_(std::move(terminal)) {}
  ~LiveView() override {
    if (drawn_) WriteQuietly(kEraseBelow);
  }
  LiveView(const LiveView&) = delete;
  LiveView& operator=(const LiveView&) = delete;

  void Start(const std::string& source, const std::vector<const KeywordModel*>& models) override {
    models_ = models;
    started_ = true;
    for (const KeywordModel* model : models) {
      for (const std::string& label : model->labels()) {
        label_columns_ = std::max(label_columns_, Columns(Printable(label, style().utf8)));
      }
    }
    follower_.Start(source, models);
  }

  void Notice(const std::string& text) override {
    WriteAbove(Moment(SecondsOfSamples(totals_.samples)) + Printable(text, style().utf8));
  }

  // Losses may come in quick succession: they are told together.
  void Lost(int64_t samples, const ListenTotals& totals) override {
    totals_ = totals;
    untold_loss_ += samples;
  }

  void Samples(Span<const int16_t> samples) override { follower_.Samples(samples); }

  void Scores(size_t model, const KeywordDetector::Result& result) override {
    follower_.Scores(model, result);
  }

  void Word(const HeardWord& word) override { WriteAbove(WordLine(word)); }

  void Tick(const ListenTotals& totals) override {
    totals_ = totals;
    const Clock::time_point now = terminal_.now();
    if (untold_loss_ > 0 && (!loss_told_ || now - *loss_told_ >= kBetweenLossLines)) {
      loss_told_ = now;
      WriteAbove(TakeLossLine());
    } else if (!drawn_at_ || now - *drawn_at_ >= kBetweenPictures) {
      Write(Pane());
    }
  }

  void Finish(const ListenTotals& totals) override {
    if (!started_) return;
    totals_ = totals;
    std::string text = kEraseBelow;
    if (untold_loss_ > 0) text += TakeLossLine() + "\r\n";
    WriteQuietly(text + Summary(totals) + "\r\n");
    drawn_ = false;
  }

 private:
  TerminalStyle style() const { return terminal_.style; }

  // "12.34 s  yes  0.97  (latency 180 ms)"
  std::string WordLine(const HeardWord& word) const {
    const KeywordModel& model = *models_[word.model];
    TerminalLine label(label_columns_, style());
    label.AddColumn(model.labels()[static_cast<size_t>(word.detection.label)], label_columns_,
                    Ink::kBold);
    std::string line =
        fmt::format("{}{}  {:.2f}  (latency {:.0f} ms", Moment(SecondsOfMs(word.detection.time_ms)),
                    label.text(), ScoreOf(word.detection.score), word.latency_ms);
    if (models_.size() > 1) line += ", " + Printable(model.name(), style().utf8);
    return line + ")";
  }

  std::string TakeLossLine() {
    const std::string line =
        fmt::format("{}lost {} sample{} ({:.2f} s)", Moment(SecondsOfSamples(totals_.samples)),
                    untold_loss_, untold_loss_ == 1 ? "" : "s", SecondsOfSamples(untold_loss_));
    untold_loss_ = 0;
    return style().colour ? "\033[1;31m" + line + "\033[0m" : line;
  }

  // Draws the pane below the cursor's line, and comes back to it. That line is empty.
  std::string Pane() {
    const Clock::time_point now = terminal_.now();
    drawn_at_ = now;
    const std::vector<std::string> lines =
        PaneLines(follower_.Picture(now, totals_), terminal_.size(), style());
    std::string text = std::string(kHideCursor) + kNoWrap + kEraseLine;
    for (size_t i = 0; i < lines.size(); ++i) {
      // Erased before it is written: behind a full line some terminals erase its last character.
      text += "\r\n";
      text += i + 1 < lines.size() ? kEraseLine : kEraseBelow;
      text += lines[i];
    }
    if (!lines.empty()) text += fmt::format("\r\033[{}A", lines.size());
    return text + kWrap + kShowCursor;
  }

  void WriteAbove(const std::string& line) { Write(kEraseLine + line + "\r\n" + Pane()); }

  void Write(const std::string& text) {
    if (broken_) return;
    drawn_ = true;
    broken_ = true;  // Unless the next line returns.
    terminal_.write(text);
    broken_ = false;
  }

  void WriteQuietly(const std::string& text) {
    try {
      Write(text);
    } catch (...) {  // The terminal is gone: nothing is left to be done about it.
    }
  }

  const LiveTerminal terminal_;
  LiveFollower follower_;
  std::vector<const KeywordModel*> models_;
  int label_columns_ = 0;  // Of the widest label: words stand in columns.
  ListenTotals totals_;
  int64_t untold_loss_ = 0;
  std::optional<Clock::time_point> loss_told_;
  std::optional<Clock::time_point> drawn_at_;
  bool started_ = false;
  bool drawn_ = false;   // There may be a pane.
  bool broken_ = false;  // A write has failed.
};

TerminalSize StandardOutputSize() {
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
    return {};
  }
  return {size.ws_col, size.ws_row};
}

bool LocaleIsUtf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || value[0] == '\0') continue;
    std::string locale = value;
    std::transform(locale.begin(), locale.end(), locale.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
  }
  return false;
}

}  // namespace

LiveTerminal StandardOutputTerminal() {
  return {WriteStandardOutput,
          StandardOutputSize,
          [] { return Clock::now(); },
          {ColourWanted(), LocaleIsUtf8()}};
}

bool StandardOutputShowsLiveView() {
  const char* terminal = std::getenv("TERM");
  return StandardOutputIsTerminal() && terminal != nullptr && terminal[0] != '\0' &&
         std::string_view(terminal) != "dumb";
}

std::unique_ptr<ListenOutput> MakeLiveView(LiveTerminal terminal) {
  return std::make_unique<LiveView>(std::move(terminal));
}

}  // namespace earshot::host
