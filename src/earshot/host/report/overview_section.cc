// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "earshot/host/report/html.h"
#include "earshot/host/report/sections.h"

namespace earshot::host {
namespace {

constexpr size_t kMostListed = 200;

struct Row {
  const char* name;
  const char* meaning;
  std::function<std::string(const ModelFigures&)> text;
};

// A figure of clips, streams or negatives; a dash where there were none.
template <typename Part, typename Tell>
std::function<std::string(const ModelFigures&)> Of(std::optional<Part> ModelFigures::*part,
                                                   Tell tell) {
  return [part, tell](const ModelFigures& model) {
    std::string text = kDash;
    if (model.*part) text = tell(*(model.*part));
    return text;
  };
}

std::string DelayText(double ms) { return std::isnan(ms) ? kDash : fmt::format("{:.0f} ms", ms); }

std::vector<Row> ClipRows() {
  const auto clips = &ModelFigures::clips;
  return {
      {"Accuracy", "clips answered right",
       Of(clips, [](const ClipFigures& f) { return ShareHtml(f.accuracy); })},
      {"Balanced accuracy", "the mean of all labels' recall",
       Of(clips, [](const ClipFigures& f) { return ShareHtml(f.balanced_accuracy); })},
      {"Other words accepted", "clips of other words heard as a keyword",
       Of(clips, [](const ClipFigures& f) { return ShareHtml(f.other_words_accepted); })},
  };
}

std::vector<Row> StreamRows() {
  const auto streams = &ModelFigures::streams;
  return {
      {"Keywords found", "announced by one second after their end",
       Of(streams, [](const StreamFigures& f) { return ShareHtml(f.found); })},
      {"Late, wrong word", "keywords announced too late, or as another",
       Of(streams, [](const StreamFigures& f) { return fmt::format("{}, {}", f.late, f.wrong); })},
      {"False accepts", "announced without a keyword, in streams with words",
       Of(streams, [](const StreamFigures& f) { return RateHtml(f.false_accepts_per_hour); })},
      {"Median delay", "from a word's end to its announcement",
       Of(streams, [](const StreamFigures& f) { return MillisecondsHtml(f.median_delay_ms); })},
      {"90th percentile of delay", "",
       Of(streams, [](const StreamFigures& f) { return DelayText(f.p90_delay_ms); })},
  };
}

std::vector<Row> NegativeRows() {
  return {{"False accepts in negatives", "recordings in which no keyword is said",
           Of(&ModelFigures::negatives,
              [](const StreamFigures& f) { return RateHtml(f.false_accepts_per_hour); })}};
}

std::string RecognizerText(const ModelFigures& model) {
  const RecognizerConfig& recognizer = model.recognizer;
  return fmt::format(
      "threshold {}, release {}, average {} ms, suppression {} ms, at least {} "
      "results, one each {} ms",
      ScoreText(recognizer.threshold), ScoreText(recognizer.release_threshold),
      recognizer.average_window_ms, recognizer.suppression_ms, recognizer.minimum_count,
      model.period_ms);
}

std::string TableRows(const Evaluation& evaluation, const std::vector<Row>& rows) {
  std::string html;
  for (const Row& row : rows) {
    html +=
        fmt::format("<tr><th scope=\"row\">{}<br/><small>{}</small></th>", row.name, row.meaning);
    for (const ModelFigures& model : evaluation.models) {
      html += "<td>" + row.text(model) + "</td>";
    }
    html += "</tr>\n";
  }
  return html;
}

bool Any(const Evaluation& evaluation, const std::function<bool(const ModelFigures&)>& has) {
  return std::any_of(evaluation.models.begin(), evaluation.models.end(), has);
}

std::string GatesText(const Evaluation& evaluation) {
  std::string rows;
  for (const ModelFigures& model : evaluation.models) {
    for (const GateResult& gate : model.gates) {
      const Estimate& found = gate.found;
      std::string figure = std::isnan(found.value) ? kDash : fmt::format("{:.4g}", found.value);
      if (found.low < found.high) {
        figure += fmt::format(" <small>({:.4g}{}{:.4g})</small>", found.low, kDash, found.high);
      }
      rows += fmt::format(
          "<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td class=\"{}\">{}</td></tr>\n",
          Escaped(model.name), Escaped(gate.expression), figure, gate.passed ? "good" : "bad",
          gate.passed ? "passed" : "failed");
    }
  }
  if (rows.empty()) return "";
  return "<h3>Gates</h3><div class=\"scroll\"><table><thead><tr><th>Model</th><th>Gate</th>"
         "<th>Found</th><th>Result</th></tr></thead><tbody>" +
         rows + "</tbody></table></div>\n";
}

std::string ChangesText(const Evaluation& evaluation) {
  std::string rows;
  size_t count = 0;
  for (const ModelFigures& model : evaluation.models) {
    for (const ChangedAnswer& change : model.changes) {
      if (++count > kMostListed) continue;
      rows += fmt::format(
          "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"{}\">{}</td></tr>\n",
          Escaped(model.name), Escaped(change.what), Escaped(change.before), Escaped(change.now),
          change.is_better ? "good" : "bad", change.is_better ? "better" : "worse");
    }
  }
  if (count == 0) return "";
  const std::string cap =
      count > kMostListed ? fmt::format("<p>The first {} of {}.</p>", kMostListed, count) : "";
  return "<h3>Changed answers</h3>" + cap +
         "<div class=\"scroll\"><table><thead><tr><th>Model</th><th>What</th><th>Before</th>"
         "<th>Now</th><th></th></tr></thead><tbody>" +
         rows + "</tbody></table></div>\n";
}

std::string UnreadText(const Evaluation& evaluation) {
  if (evaluation.unread.empty()) return "";
  std::string items;
  for (size_t i = 0; i < std::min(kMostListed, evaluation.unread.size()); ++i) {
    const Unread& unread = evaluation.unread[i];
    items += "<li><code>" + Escaped(unread.path) + "</code>: " + Escaped(unread.error) + "</li>\n";
  }
  return fmt::format(
      "<h3>Not read</h3><p class=\"bad\">{} could not be read, or not wholly{}.</p>"
      "<ul>{}</ul>\n",
      evaluation.unread.size(),
      evaluation.unread.size() > kMostListed ? fmt::format("; the first {}", kMostListed) : "",
      items);
}

std::string Heading(const Evaluation& evaluation, const std::string& text) {
  return fmt::format("<tr class=\"part\"><th scope=\"rowgroup\" colspan=\"{}\">{}</th></tr>\n",
                     evaluation.models.size() + 1, text);
}

}  // namespace

std::string SeriesClass(size_t i) { return fmt::format("s{}", i % 8); }

std::string OverviewSection(const Evaluation& evaluation) {
  std::string html =
      "<section id=\"overview\"><h2>Overview</h2>\n<p>In small print: the 95 % interval, and the "
      "counts.</p>\n<div class=\"scroll\"><table class=\"figures\"><thead><tr><td></td>";
  for (size_t i = 0; i < evaluation.models.size(); ++i) {
    html += fmt::format("<th scope=\"col\"><span class=\"key {}\"></span>{}</th>", SeriesClass(i),
                        Escaped(evaluation.models[i].name));
  }
  html += "</tr></thead><tbody>\n";
  if (Any(evaluation, [](const ModelFigures& model) { return model.clips.has_value(); })) {
    html += Heading(evaluation, "Clips") + TableRows(evaluation, ClipRows());
  }
  if (Any(evaluation, [](const ModelFigures& model) { return model.streams.has_value(); })) {
    html += Heading(evaluation, "Streams") + TableRows(evaluation, StreamRows());
  }
  if (Any(evaluation, [](const ModelFigures& model) { return model.negatives.has_value(); })) {
    html += Heading(evaluation, "Negatives") + TableRows(evaluation, NegativeRows());
  }
  html += Heading(evaluation, "Settings");
  html += TableRows(evaluation,
                    {{"Recognizer", "what streams were heard with", [](const ModelFigures& model) {
                        return "<small>" + RecognizerText(model) + "</small>";
                      }}});
  return html + "</tbody></table></div>\n" + GatesText(evaluation) + ChangesText(evaluation) +
         UnreadText(evaluation) + "</section>\n";
}

}  // namespace earshot::host
