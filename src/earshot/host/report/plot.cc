// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/report/plot.h"

#include <fmt/format.h>

#include <cmath>

namespace earshot::host {
namespace {

std::string TitleOf(const std::string& title) {
  return title.empty() ? "" : "<title>" + title + "</title>";
}

}  // namespace

double Axis::At(double number) const {
  const double share = is_logarithmic ? std::log10(number / low) / std::log10(high / low)
                                      : (number - low) / (high - low);
  return from + share * (to - from);
}

std::vector<double> Ticks(const Axis& axis, int count) {
  std::vector<double> ticks;
  if (axis.is_logarithmic) {
    const auto first = static_cast<int>(std::ceil(std::log10(axis.low) - 1e-9));
    const auto last = static_cast<int>(std::floor(std::log10(axis.high) + 1e-9));
    for (int decade = first; decade <= last; ++decade) ticks.push_back(std::pow(10.0, decade));
    return ticks;
  }
  const double rough = (axis.high - axis.low) / count;
  const double decade = std::pow(10.0, std::floor(std::log10(rough)));
  double step = decade * 10;
  for (const double round : {5.0, 2.0, 1.0}) {
    if (round * decade >= rough) step = round * decade;
  }
  for (double i = std::ceil(axis.low / step - 1e-9); i * step <= axis.high + 1e-9 * step; ++i) {
    ticks.push_back(i * step + 0.0);  // Not -0.
  }
  return ticks;
}

std::string SvgText(double x, double y, const std::string& classes, const std::string& text) {
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>", x, y, classes, text);
}

std::string SvgLine(double x1, double y1, double x2, double y2, const std::string& classes) {
  return fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" class=\"{}\"/>",
                     x1, y1, x2, y2, classes);
}

std::string SvgBox(double x, double y, double width, double height, const std::string& classes,
                   const std::string& title) {
  return fmt::format(
      "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" class=\"{}\">{}</rect>",
      x, y, width, height, classes, TitleOf(title));
}

std::string SvgCurve(const std::vector<std::pair<double, double>>& points,
                     const std::string& classes) {
  std::string places;
  for (const auto& [x, y] : points) {
    places += fmt::format("{}{:.1f},{:.1f}", places.empty() ? "" : " ", x, y);
  }
  return fmt::format("<polyline points=\"{}\" class=\"curve {}\"/>", places, classes);
}

std::string Svg(double width, double height, const std::string& title,
                const std::string& description, const std::string& shapes) {
  return fmt::format(
      "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" xmlns=\"http://www.w3.org/2000/svg\">"
      "<title>{}</title><desc>{}</desc>{}</svg>\n",
      width, height, title, description, shapes);
}

}  // namespace earshot::host
