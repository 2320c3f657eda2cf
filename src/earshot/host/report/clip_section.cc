// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "earshot/host/report/html.h"
#include "earshot/host/report/plot.h"
#include "earshot/host/report/sections.h"

namespace earshot::host {
namespace {

constexpr size_t kMostLetters = 14;
constexpr size_t kMostWords = 30;

// A label that fits beside a plot.
std::string ShortLabel(const std::string& label) {
  if (label.size() <= kMostLetters) return Escaped(label);
  return Escaped(label.substr(0, kMostLetters - 1)) + "\xE2\x80\xA6";
}

// ---- Confusion

// The label of a row or column; -1: nothing.
int LabelOf(const ModelFigures& model, size_t index) {
  return index < model.labels.size() ? static_cast<int>(index) : -1;
}

std::string PlainName(const ModelFigures& model, size_t index) {
  return Escaped(LabelText(model.labels, LabelOf(model, index)));
}

std::string Name(const ModelFigures& model, size_t index) {
  const std::string name = PlainName(model, index);
  return index < model.labels.size() ? name : "<i>" + name + "</i>";
}

bool IsRight(int target, int heard, const ModelFigures& model) {
  ClipRecord clip;
  clip.target = target;
  clip.heard = heard;
  return earshot::host::IsRight(clip, model.is_keyword);
}

std::string ConfusionRow(const ModelFigures& model, size_t target) {
  const std::vector<size_t>& counts = model.clips->confusion[target];
  const size_t total = std::accumulate(counts.begin(), counts.end(), size_t{0});
  std::string html = "<tr><th scope=\"row\">" + Name(model, target) + "</th>";
  for (size_t heard = 0; heard < counts.size(); ++heard) {
    const double share =
        total == 0 ? 0 : static_cast<double>(counts[heard]) / static_cast<double>(total);
    const bool is_right = IsRight(LabelOf(model, target), LabelOf(model, heard), model);
    html += fmt::format(
        "<td class=\"cell {}{}\" style=\"--share:{:.3f}\" title=\"{} heard as {}: {} of {} ({})\">"
        "{}</td>",
        is_right ? "right" : "not", share > 0.7 ? " deep" : "", share, PlainName(model, target),
        PlainName(model, heard), counts[heard], total, Percent(share),
        counts[heard] == 0 ? std::string("<span class=\"faint\">0</span>")
                           : std::to_string(counts[heard]));
  }
  return html + fmt::format("<td class=\"sum\">{}</td></tr>\n", total);
}

std::string Confusion(const ModelFigures& model) {
  std::string html =
      "<h4>Confusion</h4><div class=\"scroll\"><table class=\"confusion\"><caption>Rows: what was "
      "said. Columns: what was heard.</caption><thead><tr><td></td>";
  for (size_t heard = 0; heard < model.clips->confusion.size(); ++heard) {
    html += "<th scope=\"col\">" + Name(model, heard) + "</th>";
  }
  html += "<th scope=\"col\">all</th></tr></thead><tbody>\n";
  for (size_t target = 0; target < model.clips->confusion.size(); ++target) {
    html += ConfusionRow(model, target);
  }
  return html + "</tbody></table></div>\n";
}

// ---- Recall and precision

constexpr double kBarLeft = 118, kBarRight = 440, kBarWidth = 520;
constexpr double kRowHeight = 44, kBarTop = 8;

std::string Bar(const Estimate& share, double y, const std::string& classes,
                const std::string& title) {
  const Axis x = {0, 1, kBarLeft, kBarRight, false};
  if (std::isnan(share.value)) return SvgText(kBarLeft + 6, y + 11, "tick", "not measured");
  std::string shapes = SvgBox(kBarLeft, y, x.At(share.value) - kBarLeft, 14, classes, title);
  const double low = x.At(share.low), high = x.At(share.high);
  shapes += SvgLine(low, y + 7, high, y + 7, "whisker");
  shapes += SvgLine(low, y + 3, low, y + 11, "whisker");
  shapes += SvgLine(high, y + 3, high, y + 11, "whisker");
  return shapes + SvgText(kBarRight + 10, y + 11, "tick", Percent(share.value));
}

std::string Bars(const ModelFigures& model) {
  const ClipFigures& clips = *model.clips;
  const double height = kBarTop + kRowHeight * static_cast<double>(model.labels.size()) + 26;
  std::string shapes, rows;
  const Axis x = {0, 1, kBarLeft, kBarRight, false};
  for (const double share : Ticks(x, 4)) {
    shapes += SvgLine(x.At(share), kBarTop, x.At(share), height - 22, "grid");
    shapes += SvgText(x.At(share), height - 6, "tick middle", fmt::format("{:.0f} %", share * 100));
  }
  for (size_t i = 0; i < model.labels.size(); ++i) {
    const std::string label = Escaped(model.labels[i]);
    const double y = kBarTop + kRowHeight * static_cast<double>(i) + 4;
    shapes += SvgText(kBarLeft - 8, y + 20, "name right", ShortLabel(model.labels[i]));
    shapes += Bar(clips.recall[i], y, "recall", "recall of " + label);
    shapes += Bar(clips.precision[i], y + 18, "precision", "precision of " + label);
    rows += fmt::format(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n", label,
        ShareHtml(clips.recall[i]), ShareHtml(clips.precision[i]),
        std::isnan(clips.auc[i].value) ? kDash : fmt::format("{:.4f}", clips.auc[i].value));
  }
  return "<h4>Recall and precision</h4>" +
         Svg(kBarWidth, height, "Recall and precision",
             "Recall and precision of each label with 95 % intervals; the numbers are in the "
             "table below.",
             shapes) +
         "<ul class=\"legend\"><li><span class=\"key recall\"></span>recall: of what was said, "
         "heard</li><li><span class=\"key precision\"></span>precision: of what was heard, "
         "said</li></ul><details><summary>As a table</summary><div class=\"scroll\"><table><thead>"
         "<tr><th>Label</th><th>Recall</th><th>Precision</th><th>Area under ROC</th></tr></thead>"
         "<tbody>" +
         rows + "</tbody></table></div></details>\n";
}

// ---- Other words

std::string OtherWords(const ModelFigures& model) {
  const std::vector<OtherWord>& words = model.clips->by_word;
  if (words.empty()) return "";
  std::string rows;
  for (size_t i = 0; i < std::min(kMostWords, words.size()); ++i) {
    rows += "<tr><th scope=\"row\">" + Escaped(words[i].word) + "</th><td>" +
            ShareHtml(words[i].accepted) + "</td></tr>\n";
  }
  const std::string cap = words.size() > kMostWords
                              ? fmt::format(" (the first {} of {})", kMostWords, words.size())
                              : "";
  return "<details><summary>Other words heard as a keyword, by word" + cap +
         "</summary><div class=\"scroll\"><table><tbody>" + rows +
         "</tbody></table></div></details>\n";
}

}  // namespace

std::string ClipSection(const Evaluation& evaluation) {
  std::string cards;
  for (size_t i = 0; i < evaluation.models.size(); ++i) {
    const ModelFigures& model = evaluation.models[i];
    if (!model.clips) continue;
    cards += fmt::format("<article class=\"card\"><h3><span class=\"key {}\"></span>{}</h3>\n",
                         SeriesClass(i), Escaped(model.name)) +
             Confusion(model) + Bars(model) + OtherWords(model) + "</article>\n";
  }
  if (cards.empty()) return "";
  return "<section id=\"clips\"><h2>Clips</h2>\n<div class=\"side-by-side\">" + cards +
         "</div></section>\n";
}

}  // namespace earshot::host
