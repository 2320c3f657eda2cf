// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/report/arena_drawing.h"

#include <fmt/format.h>

#include "earshot/host/report/html.h"
#include "earshot/host/report/plot.h"

namespace earshot::host {
namespace {

// `text` at a place, from there downwards.
std::string DownwardsText(double x, double y, const std::string& text) {
  return fmt::format("<text transform=\"translate({:.1f} {:.1f}) rotate(90)\">{}</text>", x, y,
                     Escaped(text));
}

class Drawing {
 public:
  explicit Drawing(const ArenaMap& map) : map_(map) {
    bytes_.high = static_cast<double>(map.bytes == 0 ? 1 : map.bytes);
    bytes_.from = kTop + kHeight;
    bytes_.to = kTop;
  }

  double width() const { return Column(map_.operators.size()) + kLeft / 2; }
  double height() const { return kTop + kHeight + kNames; }

  std::string Shapes() const {
    std::string shapes = kStyle;
    for (const double tick : Ticks(bytes_, 8)) {
      shapes +=
          SvgLine(kLeft, bytes_.At(tick), Column(map_.operators.size()), bytes_.At(tick), "grid");
      shapes += SvgText(kLeft - 6, bytes_.At(tick) + 4, "right", fmt::format("{:.0f}", tick));
    }
    for (const ArenaBuffer& buffer : map_.buffers) shapes += Box(buffer);
    shapes += SvgBox(Column(map_.peak), kTop, kColumn, kHeight, "peak", "most is in use here");
    for (size_t i = 0; i < map_.operators.size(); ++i) {
      shapes += DownwardsText(Column(i) + kColumn / 2 - 4, kTop + kHeight + 8, map_.operators[i]);
    }
    return shapes;
  }

  static std::string Headline(const std::string& text) {
    return SvgText(kLeft, kTop - 18, "title", text);
  }

 private:
  static constexpr double kLeft = 90;
  static constexpr double kTop = 40;
  static constexpr double kHeight = 400;
  static constexpr double kColumn = 28;  // An operator's.
  static constexpr double kNames = 190;  // Room for operators' names, which are written downwards.
  static constexpr double kReadable = 11;  // A box as high as that has room for its name.
  static constexpr const char* kStyle =
      "<style>text{font:11px sans-serif;fill:#222}.title{font-size:14px}"
      ".tensor{fill:#8fb8de;stroke:#1f4e79}.scratch{fill:#e0c590;stroke:#7a5c1e}"
      ".peak{fill:#d62728;fill-opacity:.2;pointer-events:none}.grid{stroke:#ccc}.right{text-anchor:"
      "end}"
      "@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#555}"
      ".tensor{fill:#2f5d8a}.scratch{fill:#7a5c1e}}</style>";

  static double Column(size_t op) { return kLeft + kColumn * static_cast<double>(op); }

  std::string Box(const ArenaBuffer& buffer) const {
    const double top = bytes_.At(static_cast<double>(buffer.offset + buffer.bytes));
    const double height = bytes_.At(static_cast<double>(buffer.offset)) - top;
    const double width = Column(buffer.last + 1) - Column(buffer.first);
    const std::string title =
        fmt::format("{}: {} bytes from {} on, operators {} to {}", Escaped(buffer.name),
                    buffer.bytes, buffer.offset, buffer.first, buffer.last);
    std::string shapes = SvgBox(Column(buffer.first), top, width, height,
                                buffer.is_scratch ? "scratch" : "tensor", title);
    if (height < kReadable) return shapes;
    const auto letters = static_cast<size_t>(width / 7);
    return shapes + SvgText(Column(buffer.first) + 3, top + height / 2 + 4, "",
                            Escaped(buffer.name.substr(0, letters)));
  }

  const ArenaMap& map_;
  Axis bytes_;
};

}  // namespace

std::string ArenaSvg(const std::string& title, const ArenaMap& map) {
  const Drawing drawing(map);
  const std::string peak = map.operators.empty() ? "" : map.operators[map.peak];
  const std::string text =
      fmt::format("{}: {} bytes of activations; most is in use, {} bytes, while {} runs",
                  Escaped(title), map.bytes, map.least_bytes, Escaped(peak));
  return Svg(drawing.width(), drawing.height(), Escaped(title), text,
             drawing.Shapes() + drawing.Headline(text));
}

}  // namespace earshot::host
