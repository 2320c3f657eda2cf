// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/report/explanation_plot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "earshot/app/units.h"
#include "earshot/host/report/html.h"
#include "earshot/host/report/plot.h"
#include "earshot/host/report/sections.h"

namespace earshot::host {
namespace {

constexpr double kWidth = 680, kHeight = 268;
constexpr double kLeft = 44, kRight = 668;
constexpr double kWordsTop = 4, kPictureTop = 24, kPictureBottom = 104;
constexpr double kScoresTop = 118, kScoresBottom = 244;

struct Axes {
  Axis time, score;
  // Whether any of [start, end] is shown.
  bool Shows(double start, double end) const { return end >= time.low && start <= time.high; }
  double X(double seconds) const { return time.At(std::clamp(seconds, time.low, time.high)); }
};

std::string Grid(const Axes& axes) {
  std::string shapes;
  for (const double seconds : Ticks(axes.time, 6)) {
    const double x = axes.time.At(seconds);
    shapes += SvgLine(x, kScoresTop, x, kScoresBottom, "grid");
    shapes += SvgText(x, kScoresBottom + 16, "tick middle", fmt::format("{:g} s", seconds));
  }
  for (const double score : {0.0, 0.5, 1.0}) {
    shapes += SvgLine(kLeft, axes.score.At(score), kRight, axes.score.At(score), "grid");
    shapes +=
        SvgText(kLeft - 6, axes.score.At(score) + 4, "tick right", fmt::format("{:.1f}", score));
  }
  return shapes;
}

std::string Picture(const Axes& axes, const Media& media) {
  if (media.picture.empty()) return "";
  const double from = axes.time.At(media.picture_start);
  return fmt::format(
      "<image href=\"{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" "
      "preserveAspectRatio=\"none\"/>",
      media.picture, from, kPictureTop, axes.time.At(media.picture_end) - from,
      kPictureBottom - kPictureTop);
}

std::string Words(const Axes& axes, const StreamFigures& figures, size_t recording) {
  std::string shapes;
  for (const StreamEvent& event : figures.events) {
    if (event.recording != recording || !axes.Shows(event.start, event.end)) continue;
    const double from = axes.X(event.start);
    const double to = axes.X(event.end);
    const std::string word = Escaped(event.word);
    const std::string kind = event.target >= 0 ? "word keyword" : "word";
    // Not over the picture, whose colours mean something: a bar above it, and the scores below it.
    shapes += SvgBox(from, kPictureTop - 4, to - from, 3, kind + " bar", word);
    shapes += SvgBox(from, kPictureBottom, to - from, kScoresBottom - kPictureBottom, kind, word);
    shapes += SvgText((from + to) / 2, kWordsTop + 11, "name middle", word);
  }
  return shapes;
}

std::string Announcement(const Axes& axes, double time, const std::string& label,
                         const std::string& classes) {
  if (std::isnan(time) || !axes.Shows(time, time)) return "";
  const double x = axes.X(time);
  const bool is_near_end = x > kRight - 90;
  return SvgLine(x, kPictureTop, x, kPictureBottom, "over") +
         SvgLine(x, kPictureBottom, x, kScoresBottom, "announced " + classes) +
         SvgText(is_near_end ? x - 5 : x + 5, kScoresTop + 12,
                 is_near_end ? "announcement right" : "announcement", label);
}

std::string Announcements(const Axes& axes, const ModelFigures& model, const StreamFigures& figures,
                          size_t recording) {
  const auto name = [&model](size_t label) {
    return label < model.labels.size() ? Escaped(model.labels[label]) : std::string();
  };
  std::string shapes;
  for (const StreamEvent& event : figures.events) {
    if (event.recording != recording || event.heard < 0) continue;
    shapes +=
        Announcement(axes, event.time, "\xE2\x96\xB8 " + name(static_cast<size_t>(event.heard)),
                     OutcomeName(event.outcome));
  }
  for (const FalseAccept& accept : figures.false_accepts) {
    if (accept.recording != recording) continue;
    shapes += Announcement(axes, accept.time, "\xE2\x9C\x97 " + name(accept.label),
                           OutcomeName(Outcome::kFalseAccept));
  }
  return shapes;
}

std::string LabelCurves(const Axes& axes, const Explanation& explanation, size_t label,
                        const std::string& series) {
  std::vector<std::pair<double, double>> scores, averages;
  for (const TimelineRow& row : explanation.rows) {
    const double x = axes.X(row.time);
    if (label < row.scores.size()) {
      scores.emplace_back(x, axes.score.At(ScoreOf(row.scores[label])));
    }
    if (label < row.averages.size()) {
      averages.emplace_back(x, axes.score.At(ScoreOf(row.averages[label])));
    }
  }
  return SvgCurve(scores, "thin " + series) + SvgCurve(averages, series);
}

}  // namespace

const StreamFigures& FiguresOf(const ModelFigures& model, const Explanation& explanation) {
  return explanation.is_negative ? *model.negatives : *model.streams;
}

std::string ExplanationPlot(const ModelFigures& model, const Explanation& explanation,
                            const Media& media) {
  const StreamFigures& figures = FiguresOf(model, explanation);
  const double end = std::max(explanation.end, explanation.start + 0.1);
  const Axes axes = {{explanation.start, end, kLeft, kRight, false},
                     {0, 1, kScoresBottom, kScoresTop, false}};
  std::string shapes = Picture(axes, media) + Grid(axes);
  shapes += Words(axes, figures, explanation.recording);
  size_t series = 0;
  for (size_t label = 0; label < model.labels.size(); ++label) {
    if (!model.is_keyword[label]) continue;
    shapes += LabelCurves(axes, explanation, label, SeriesClass(series++));
  }
  const double threshold = axes.score.At(ScoreOf(model.recognizer.threshold));
  shapes += SvgLine(kLeft, threshold, kRight, threshold, "threshold");
  shapes += Announcements(axes, model, figures, explanation.recording);
  return Svg(kWidth, kHeight, "Scores around a moment", Escaped(explanation.why), shapes);
}

}  // namespace earshot::host
