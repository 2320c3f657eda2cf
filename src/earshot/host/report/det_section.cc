// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The detection error tradeoff: A. Martin et al., "The DET curve in assessment of detection task
// performance", Eurospeech 1997; here with false accepts per hour on a logarithmic axis and misses
// on a linear one, as is usual for keyword spotters.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "earshot/host/report/html.h"
#include "earshot/host/report/plot.h"
#include "earshot/host/report/sections.h"

namespace earshot::host {
namespace {

constexpr double kDetWidth = 720, kDetHeight = 380;
constexpr double kDetLeft = 64, kDetRight = 700, kTop = 16, kBottom = 330;
// No false accepts at all lie left of the axis.
constexpr double kNone = 92, kAxisFrom = 120;

struct DetAxes {
  Axis x, y;
  double X(double rate) const { return rate > 0 ? x.At(rate) : kNone; }
};

DetAxes MakeAxes(const Evaluation& evaluation) {
  double lowest = 1, highest = 1, most_missed = 0.1;
  bool is_first = true;
  for (const ModelFigures& model : evaluation.models) {
    for (const DetPoint& point : model.det) {
      most_missed = std::max(most_missed, point.miss);
      if (!(point.false_accepts_per_hour > 0)) continue;
      lowest =
          is_first ? point.false_accepts_per_hour : std::min(lowest, point.false_accepts_per_hour);
      highest =
          is_first ? point.false_accepts_per_hour : std::max(highest, point.false_accepts_per_hour);
      is_first = false;
    }
  }
  lowest = std::pow(10.0, std::floor(std::log10(lowest)));
  highest = std::max(lowest * 10, std::pow(10.0, std::ceil(std::log10(highest))));
  return {{lowest, highest, kAxisFrom, kDetRight, true},
          {0, std::min(1.0, std::ceil(most_missed * 10) / 10), kBottom, kTop, false}};
}

std::string DetGrid(const DetAxes& axes) {
  std::string shapes;
  for (const double rate : Ticks(axes.x, 0)) {
    const double x = axes.x.At(rate);
    shapes += SvgLine(x, kTop, x, kBottom, "grid");
    shapes += SvgText(x, kBottom + 18, "tick middle", fmt::format("{:g}", rate));
  }
  shapes += SvgLine(kNone, kTop, kNone, kBottom, "grid");
  shapes += SvgText(kNone, kBottom + 18, "tick middle", "0");
  for (const double miss : Ticks(axes.y, 5)) {
    const double y = axes.y.At(miss);
    shapes += SvgLine(kDetLeft, y, kDetRight, y, "grid");
    shapes += SvgText(kDetLeft - 8, y + 4, "tick right", fmt::format("{:.0f} %", miss * 100));
  }
  shapes +=
      SvgText((kAxisFrom + kDetRight) / 2, kDetHeight - 8, "name middle", "false accepts per hour");
  return shapes + fmt::format(
                      "<text transform=\"translate(14 {:.0f}) rotate(-90)\" "
                      "class=\"name middle\">keywords missed</text>",
                      (kTop + kBottom) / 2);
}

std::string PointText(const DetPoint& point) {
  return fmt::format("threshold {}: {} missed, {:.2f} false accepts per hour",
                     ScoreText(point.threshold), Percent(point.miss), point.false_accepts_per_hour);
}

const DetPoint* OperatingPoint(const ModelFigures& model) {
  for (const DetPoint& point : model.det) {
    if (point.threshold == model.recognizer.threshold) return &point;
  }
  return nullptr;
}

std::string Circle(double x, double y, double radius, const std::string& classes,
                   const std::string& title) {
  return fmt::format(
      "<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" class=\"{}\"><title>{}</title></circle>", x,
      y, radius, classes, title);
}

std::string ModelCurve(const DetAxes& axes, const ModelFigures& model, const std::string& series) {
  std::vector<std::pair<double, double>> places;
  std::string dots;
  for (const DetPoint& point : model.det) {
    places.emplace_back(axes.X(point.false_accepts_per_hour), axes.y.At(point.miss));
    dots += Circle(places.back().first, places.back().second, 2, "dot " + series,
                   Escaped(model.name) + ", " + PointText(point));
  }
  std::string shapes = SvgCurve(places, series) + dots;
  if (const DetPoint* point = OperatingPoint(model)) {
    shapes += Circle(axes.X(point->false_accepts_per_hour), axes.y.At(point->miss), 7,
                     "ring " + series, Escaped(model.name) + ", " + PointText(*point));
  }
  return shapes;
}

std::string Legend(const Evaluation& evaluation) {
  std::string items;
  for (size_t i = 0; i < evaluation.models.size(); ++i) {
    const ModelFigures& model = evaluation.models[i];
    if (model.det.empty()) continue;
    const DetPoint* point = OperatingPoint(model);
    items += fmt::format("<li><span class=\"key {}\"></span>{}{}</li>", SeriesClass(i),
                         Escaped(model.name),
                         point == nullptr ? "" : " \xE2\x80\x94 as set: " + PointText(*point));
  }
  return "<ul class=\"legend\">" + items + "</ul>\n";
}

std::string PointTable(const Evaluation& evaluation) {
  std::string rows;
  for (const ModelFigures& model : evaluation.models) {
    for (const DetPoint& point : model.det) {
      rows += fmt::format("<tr><td>{}</td><td>{}</td><td>{}</td><td>{:.2f}</td></tr>",
                          Escaped(model.name), ScoreText(point.threshold), Percent(point.miss),
                          point.false_accepts_per_hour);
    }
  }
  return "<details><summary>As a table</summary><div class=\"scroll\"><table><thead><tr>"
         "<th>Model</th><th>Threshold</th><th>Missed</th><th>False accepts per hour</th></tr>"
         "</thead><tbody>" +
         rows + "</tbody></table></div></details>\n";
}

}  // namespace

std::string DetSection(const Evaluation& evaluation) {
  const bool has_curve = std::any_of(evaluation.models.begin(), evaluation.models.end(),
                                     [](const ModelFigures& model) { return !model.det.empty(); });
  if (!has_curve) return "";
  const DetAxes axes = MakeAxes(evaluation);
  std::string shapes = DetGrid(axes);
  for (size_t i = 0; i < evaluation.models.size(); ++i) {
    if (!evaluation.models[i].det.empty()) {
      shapes += ModelCurve(axes, evaluation.models[i], SeriesClass(i));
    }
  }
  return "<section id=\"det\"><h2>Misses against false accepts</h2>\n<p>Each point is the "
         "recognizer with another threshold; the ring is the threshold that it has. Further "
         "left and further down is better. Streams and negatives together.</p>\n"
         "<figure class=\"card\">" +
         Svg(kDetWidth, kDetHeight, "Detection error tradeoff",
             "Keywords missed against false accepts per hour for each threshold; the numbers are "
             "in the table below.",
             shapes) +
         Legend(evaluation) + PointTable(evaluation) + "</figure></section>\n";
}

}  // namespace earshot::host
