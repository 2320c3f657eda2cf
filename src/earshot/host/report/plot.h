// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Axes and shapes of the report's plots (SVG).
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace earshot::host {

// From numbers to places.
struct Axis {
  double low = 0, high = 1;   // Numbers ...
  double from = 0, to = 100;  // ... and where they lie, in pixels.
  bool is_logarithmic = false;

  double At(double number) const;
};

// Round numbers of a linear axis, about `count`; the decades of a logarithmic one.
std::vector<double> Ticks(const Axis& axis, int count);

// `text` must be escaped, `classes` are names of styles.
std::string SvgText(double x, double y, const std::string& classes, const std::string& text);
std::string SvgLine(double x1, double y1, double x2, double y2, const std::string& classes);
// `title` is what a pointer is told; escaped; may be empty.
std::string SvgBox(double x, double y, double width, double height, const std::string& classes,
                   const std::string& title);
std::string SvgCurve(const std::vector<std::pair<double, double>>& points,
                     const std::string& classes);

// The whole drawing. `description` is for those who do not see it; escaped, as is `title`.
std::string Svg(double width, double height, const std::string& title,
                const std::string& description, const std::string& shapes);

}  // namespace earshot::host
