// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/live_pane.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "earshot/app/units.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/listening/live_spectrogram.h"

namespace earshot::host {
namespace {

// Terminals with fewer columns get shorter texts.
constexpr int kNarrow = 60;
constexpr int kWide = 76;
constexpr int kMostSpectrogramRows = 10;
constexpr int kLegibleSpectrogramRows = 5;
constexpr int kFewestSpectrogramRows = 3;

// What the bar of a level shows.
constexpr double kLowestDb = -72;

constexpr int kScoreGap = 2;
constexpr int kWideScore = 25;  // The fewest columns for a label, its bar and two numbers ...
constexpr int kSlimScore = 18;  // ... and with one number.
constexpr int kWidestLabel = 12;

// What a bar shows, each 0 to 1.
struct Bar {
  double value;
  double peak;       // Marked; 0: nothing is.
  double threshold;  // Marked in another way; 0: nothing is.
};

// A bar with eighths of a cell. Its marks are to be seen where it does not reach.
void AddBar(const Bar& bar, int cells, Ink ink, TerminalLine* line) {
  constexpr const char* kEighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  cells = std::min(cells, line->left());
  if (cells <= 0) return;
  const bool utf8 = line->style().utf8;
  const int eighths = static_cast<int>(std::lround(std::clamp(bar.value, 0.0, 1.0) * cells * 8));
  int filled = eighths / 8;
  line->AddRepeated(utf8 ? "█" : "#", filled, ink);
  if (utf8 && eighths % 8 != 0) {
    line->Add(kEighths[eighths % 8], ink);
    ++filled;
  }
  const auto cell_of = [cells](double share) {
    if (share < 0.005) return -1;
    return std::min(static_cast<int>(std::min(share, 1.0) * cells), cells - 1);
  };
  struct Mark {
    int cell;
    const char* text;
    Ink ink;
  };
  Mark marks[] = {{cell_of(bar.peak), utf8 ? "│" : "|", Ink::kBold},
                  {cell_of(bar.threshold), utf8 ? "╎" : ":", Ink::kPlain}};
  if (marks[1].cell < marks[0].cell) std::swap(marks[0], marks[1]);
  const char* track = utf8 ? "·" : ".";
  for (const Mark& mark : marks) {  // From left to right; in the same cell the peak's is seen.
    if (mark.cell < filled) continue;
    line->AddRepeated(track, mark.cell - filled, Ink::kFaint);
    line->Add(mark.text, mark.ink);
    filled = mark.cell + 1;
  }
  line->AddRepeated(track, cells - filled, Ink::kFaint);
}

// "── source ── models ─────"
std::string Heading(const LivePicture& picture, int columns, TerminalStyle style) {
  const char* rule = style.utf8 ? "─" : "-";
  constexpr int kRuleColumns = 2;   // Before each of the two texts ...
  constexpr int kLeastAtEnd = 1;    // ... and behind them.
  constexpr int kSpaceColumns = 4;  // Around both.
  const int room = std::max(0, columns - 2 * kRuleColumns - kLeastAtEnd - kSpaceColumns);
  std::string models;
  for (const LiveModel& model : picture.models) {
    models += (models.empty() ? "" : ", ") + model.name;
  }
  // The source gets what the models leave, the models at least half.
  const int source_columns = Columns(Printable(picture.source, style.utf8));
  models = Fit(models, std::max(room / 2, room - source_columns), style.utf8);
  TerminalLine line(columns, style);
  line.AddRepeated(rule, kRuleColumns, Ink::kFaint);
  line.Add(" " + Fit(picture.source, room - Columns(models), style.utf8) + " ");
  line.AddRepeated(rule, kRuleColumns, Ink::kFaint);
  line.Add(" " + models + " ", Ink::kBold);
  line.AddRepeated(rule, line.left(), Ink::kFaint);
  return line.text();
}

std::string LevelText(const LiveLevel& level, bool narrow) {
  if (!level.sound) return "no sound comes in";
  if (narrow) return fmt::format("{:3.0f} {:3.0f} dBFS", level.rms_db, level.peak_db);
  return fmt::format("rms {:5.1f}  peak {:5.1f} dBFS", level.rms_db, level.peak_db);
}

std::string LevelRow(const LiveLevel& level, int columns, TerminalStyle style) {
  const bool narrow = columns < kNarrow;
  const int text_columns = narrow ? 17 : 26;  // The longest.
  constexpr int kGapColumns = 2;
  constexpr int kClipColumns = 5;
  const auto share = [&level](double db) {
    return level.sound ? (db - kLowestDb) / (0 - kLowestDb) : 0;
  };
  TerminalLine line(columns, style);
  if (!narrow) line.Add("level ");
  AddBar({share(level.rms_db), share(level.peak_db), 0},
         line.left() - kGapColumns - text_columns - kClipColumns,
         level.clipped ? Ink::kAlert : Ink::kGood, &line);
  line.AddRepeated(" ", kGapColumns);
  line.AddColumn(LevelText(level, narrow), text_columns);
  if (level.clipped) line.Add(" CLIP", Ink::kAlert);
  return line.text();
}

void AddScore(const LiveLabel& label, int label_columns, int columns, TerminalLine* line) {
  std::string numbers = fmt::format(" {:.2f}", label.score);
  if (columns >= kWideScore) numbers += fmt::format("/{:.2f}", label.best_average);
  const int number_columns = Columns(numbers);
  line->AddColumn(label.name, label_columns);
  line->Add(" ");
  AddBar({label.score, label.best_average, label.threshold},
         columns - label_columns - 1 - number_columns, Ink::kGood, line);
  line->Add(numbers);
}

// The labels of a model, side by side as far as each gets `fewest` columns.
std::vector<std::string> ScoreLines(const LiveModel& model, int fewest, int columns,
                                    TerminalStyle style) {
  const int count = static_cast<int>(model.labels.size());
  if (count == 0) return {};
  const int fitting = std::clamp((columns + kScoreGap) / (fewest + kScoreGap), 1, count);
  const int rows = (count + fitting - 1) / fitting;
  const int side_by_side = (count + rows - 1) / rows;
  const int score_columns = (columns + kScoreGap) / side_by_side - kScoreGap;
  int label_columns = 1;
  for (const LiveLabel& label : model.labels) {
    label_columns = std::max(label_columns, Columns(Printable(label.name, style.utf8)));
  }
  label_columns = std::min({label_columns, kWidestLabel, score_columns / 2});
  std::vector<std::string> lines;
  for (int row = 0; row < rows; ++row) {
    TerminalLine line(columns, style);
    for (int i = row * side_by_side; i < std::min(count, (row + 1) * side_by_side); ++i) {
      if (i > row * side_by_side) line.AddRepeated(" ", kScoreGap);
      AddScore(model.labels[static_cast<size_t>(i)], label_columns, score_columns, &line);
    }
    lines.push_back(line.text());
  }
  return lines;
}

std::vector<std::string> AllScoreLines(const LivePicture& picture, int fewest, int columns,
                                       TerminalStyle style) {
  std::vector<std::string> lines;
  for (const LiveModel& model : picture.models) {
    if (picture.models.size() > 1) {
      TerminalLine line(columns, style);
      line.Add(Fit(model.name, columns, style.utf8), Ink::kBold);
      lines.push_back(line.text());
    }
    const std::vector<std::string> scores = ScoreLines(model, fewest, columns, style);
    lines.insert(lines.end(), scores.begin(), scores.end());
  }
  return lines;
}

std::string Counted(int64_t count, const std::string& thing) {
  return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
}

std::string Losses(const ListenTotals& totals) {
  return fmt::format("lost {} ({:.2f} s) in {}", Counted(totals.lost_samples, "sample"),
                     SecondsOfSamples(totals.lost_samples), Counted(totals.losses, "gap"));
}

std::string PassedOver(int64_t samples) {
  return fmt::format("{:.1f} s passed over", SecondsOfSamples(samples));
}

std::string TotalsLine(const ListenTotals& totals, int columns, TerminalStyle style) {
  const bool narrow = columns < kNarrow;
  TerminalLine line(columns, style);
  line.Add(fmt::format("{:.1f} s{}", SecondsOfSamples(totals.samples), narrow ? "" : " heard"));
  // What does not fit as a whole is left out, so the most important comes first.
  const auto add = [&line, narrow](const std::string& text, Ink ink = Ink::kPlain) {
    const std::string with_gap = (narrow ? "  " : "   ") + text;
    if (Columns(with_gap) <= line.left()) line.Add(with_gap, ink);
  };
  if (totals.lost_samples > 0) {
    const bool brief = columns < kWide;
    add(brief ? fmt::format("lost {:.2f} s", SecondsOfSamples(totals.lost_samples))
              : Losses(totals),
        Ink::kAlert);
  }
  add(Counted(totals.words, "word"));
  if (totals.skipped_samples) add(PassedOver(*totals.skipped_samples));
  add(fmt::format("CPU {:.1f} %", 100 * totals.cpu_share));
  if (totals.reconnections > 0) add(Counted(totals.reconnections, "reconnection"));
  return line.text();
}

// All models' scores in at most `most` lines, and in few enough to leave room for a legible
// spectrogram if possible.
std::vector<std::string> FittingScoreLines(const LivePicture& picture, int most, int columns,
                                           TerminalStyle style) {
  std::vector<std::string> lines;
  if (columns >= 2 * kWideScore + kScoreGap) {
    lines = AllScoreLines(picture, kWideScore, columns, style);
  }
  if (lines.empty() || most - static_cast<int>(lines.size()) < kLegibleSpectrogramRows) {
    lines = AllScoreLines(picture, kSlimScore, columns, style);
  }
  lines.resize(std::min(lines.size(), static_cast<size_t>(most)));
  return lines;
}

}  // namespace

std::vector<std::string> PaneLines(const LivePicture& picture, TerminalSize size,
                                   TerminalStyle style) {
  const int columns = std::max(1, size.columns);
  // A third of the terminal is for the words.
  const int most = size.rows - std::max(2, size.rows / 3);
  if (most < 1) return {};
  const int between = std::max(0, most - 3);  // Lines for spectrogram and scores.
  const std::vector<std::string> scores = FittingScoreLines(picture, between, columns, style);
  const int room = between - static_cast<int>(scores.size());
  const int rows = room < kFewestSpectrogramRows ? 0 : std::min(room, kMostSpectrogramRows);

  std::vector<std::string> lines;
  if (most >= 3) lines.push_back(Heading(picture, columns, style));
  lines.push_back(LevelRow(picture.level, columns, style));
  const std::vector<std::string> spectrogram =
      SpectrogramLines(picture.spectrogram, columns, rows, style);
  lines.insert(lines.end(), spectrogram.begin(), spectrogram.end());
  lines.insert(lines.end(), scores.begin(), scores.end());
  if (most >= 2) lines.push_back(TotalsLine(picture.totals, columns, style));
  return lines;
}

std::string Summary(const ListenTotals& totals) {
  std::string text = fmt::format("{:.1f} s heard, {}, ", SecondsOfSamples(totals.samples),
                                 Counted(totals.words, "word"));
  text += totals.lost_samples > 0 ? Losses(totals) : "no samples lost";
  if (totals.away_s > 0) {
    text += fmt::format(", {:.1f} s without a device, {}", totals.away_s,
                        Counted(totals.reconnections, "reconnection"));
  }
  if (totals.skipped_samples) {
    text += ", " + PassedOver(*totals.skipped_samples);
  }
  return text + fmt::format(", CPU {:.1f} %", 100 * totals.cpu_share);
}

}  // namespace earshot::host
