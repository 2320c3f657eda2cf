// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <tuple>
#include <vector>

#include "earshot/host/evaluation/explanations.h"
#include "earshot/host/report/explanation_plot.h"
#include "earshot/host/report/html.h"
#include "earshot/host/report/plot.h"
#include "earshot/host/report/sections.h"

namespace earshot::host {
namespace {

// ---- Whole streams at a glance

constexpr double kStripSeconds = 600;
constexpr size_t kMostStrips = 24;
constexpr double kStripLeft = 8, kStripRight = 992, kStripWidth = 1000, kStripHeight = 40;

bool IsWithin(double time, double start) { return time >= start && time < start + kStripSeconds; }

std::string Strip(const StreamFigures& figures, size_t recording, double start) {
  const StreamRecording& stream = figures.recordings[recording];
  const Axis x = {start, start + kStripSeconds, kStripLeft, kStripRight, false};
  const double end = std::min(stream.seconds, start + kStripSeconds);
  std::string shapes = SvgBox(kStripLeft, 14, x.At(end) - kStripLeft, 12, "strip", "");
  for (const StreamEvent& event : figures.events) {
    if (event.recording != recording || !IsWithin(event.start, start)) continue;
    const bool is_keyword = event.target >= 0;
    shapes +=
        SvgBox(x.At(event.start), is_keyword ? 10 : 16,
               std::max(2.0, x.At(event.end) - x.At(event.start)), is_keyword ? 20 : 8,
               is_keyword ? std::string("event ") + OutcomeName(event.outcome) : "event other",
               fmt::format("{} at {:.1f} s{}", Escaped(event.word), event.start,
                           is_keyword ? std::string(": ") + OutcomeText(event.outcome) : ""));
  }
  for (const FalseAccept& accept : figures.false_accepts) {
    if (accept.recording != recording || !IsWithin(accept.time, start)) continue;
    shapes += fmt::format(
        "<path d=\"M{:.1f} 32 l4 7 h-8 z\" class=\"event false_accept\"><title>false accept at "
        "{:.1f} s"
        "</title></path>",
        x.At(accept.time), accept.time);
  }
  const std::string name = fmt::format("{} from {:.0f} min", ShortPath(stream.path), start / 60);
  return "<p class=\"path\" title=\"" + Escaped(stream.path) + "\">" + name + "</p>" +
         Svg(kStripWidth, kStripHeight, name, "Words and announcements along the recording.",
             shapes);
}

std::string Strips(const StreamFigures& figures) {
  std::string html;
  size_t strips = 0, left_out = 0;
  for (size_t i = 0; i < figures.recordings.size(); ++i) {
    const auto pieces =
        static_cast<size_t>(std::ceil(figures.recordings[i].seconds / kStripSeconds));
    for (size_t piece = 0; piece < pieces; ++piece) {
      if (strips == kMostStrips) {
        ++left_out;
      } else {
        ++strips;
        html += Strip(figures, i, static_cast<double>(piece) * kStripSeconds);
      }
    }
  }
  if (left_out > 0) {
    html += fmt::format("<p>{} more pieces of up to ten minutes are not shown.</p>", left_out);
  }
  return "<ul class=\"legend\"><li><span class=\"key hit\"></span>found</li><li><span class=\"key "
         "late\"></span>late</li><li><span class=\"key wrong\"></span>wrong word</li><li><span "
         "class=\"key miss\"></span>missed</li><li><span class=\"key other\"></span>other word"
         "</li><li><span class=\"key false_accept\"></span>false accept (triangle)</li></ul>" +
         html;
}

// ---- Explanations

uint8_t ScoreOf(const ModelFigures& model, const Explanation& explanation) {
  return FiguresOf(model, explanation).false_accepts[explanation.index].score;
}

// Misses and their like in their order, then false accepts by falling score; at most so many, each
// kind at most half where both have more.
std::vector<const Explanation*> ChooseMistakes(const ModelFigures& model,
                                               const std::vector<Explanation>& explanations,
                                               size_t most, size_t* all) {
  std::vector<const Explanation*> missed, accepts;
  for (const Explanation& explanation : explanations) {
    if (explanation.outcome == Outcome::kFalseAccept) accepts.push_back(&explanation);
    if (explanation.outcome != Outcome::kHit && explanation.outcome != Outcome::kFalseAccept) {
      missed.push_back(&explanation);
    }
  }
  std::stable_sort(accepts.begin(), accepts.end(),
                   [&model](const Explanation* a, const Explanation* b) {
                     return ScoreOf(model, *a) > ScoreOf(model, *b);
                   });
  *all = missed.size() + accepts.size();
  const size_t half = most / 2;
  const size_t missed_room = std::max(half, most - std::min(most, accepts.size()));
  missed.resize(std::min(missed.size(), missed_room));
  accepts.resize(std::min(accepts.size(), most - missed.size()));
  missed.insert(missed.end(), accepts.begin(), accepts.end());
  return missed;
}

// By recording and time, so that recordings are read from front to back.
void SortByTime(std::vector<const Explanation*>* explanations) {
  std::stable_sort(explanations->begin(), explanations->end(),
                   [](const Explanation* a, const Explanation* b) {
                     return std::tie(a->is_negative, a->recording, a->start) <
                            std::tie(b->is_negative, b->recording, b->start);
                   });
}

std::string Card(const ModelFigures& model, const Explanation& explanation, MediaReader* reader) {
  const StreamFigures& figures = FiguresOf(model, explanation);
  const bool is_accept = explanation.outcome == Outcome::kFalseAccept;
  const size_t label = is_accept ? figures.false_accepts[explanation.index].label : 0;
  const std::string word =
      !is_accept ? figures.events[explanation.index].word
                 : (label < model.labels.size() ? model.labels[label] : std::string());
  const double time = is_accept ? figures.false_accepts[explanation.index].time
                                : figures.events[explanation.index].start;
  const std::string& path = figures.recordings[explanation.recording].path;
  const Media media = reader->Read(path, explanation.start, explanation.end);

  std::string html = fmt::format(
      "<article class=\"card explanation\"><h4><span class=\"badge {}\">{}</span> "
      "\xE2\x80\x9C{}\xE2\x80\x9D at {:.2f} s</h4><p>{}</p>\n",
      OutcomeName(explanation.outcome), OutcomeText(explanation.outcome), Escaped(word), time,
      Escaped(explanation.why));
  html += ExplanationPlot(model, explanation, media);
  if (!media.sound.empty()) {
    html += "<audio controls=\"controls\" preload=\"none\" src=\"" + media.sound + "\"></audio>\n";
  }
  if (!media.error.empty()) html += "<p class=\"bad\">" + Escaped(media.error) + "</p>\n";
  return html + "<p class=\"path\" title=\"" + Escaped(path) + "\">" + ShortPath(path) +
         "</p></article>\n";
}

std::string KeywordLegend(const ModelFigures& model) {
  std::string items;
  size_t series = 0;
  for (size_t label = 0; label < model.labels.size(); ++label) {
    if (!model.is_keyword[label]) continue;
    items += fmt::format("<li><span class=\"key {}\"></span>{}</li>", SeriesClass(series++),
                         Escaped(model.labels[label]));
  }
  return "<ul class=\"legend\">" + items +
         "<li>thin: the model's score</li><li>thick: the recognizer's average</li><li>dashed: the "
         "threshold</li><li>shaded: a word being said</li></ul>\n";
}

std::string Cards(const ModelFigures& model, const std::vector<const Explanation*>& explanations,
                  MediaReader* reader) {
  std::string html = "<div class=\"explanations\">";
  for (const Explanation* explanation : explanations) html += Card(model, *explanation, reader);
  return html + "</div>\n";
}

std::string Explanations(const ModelFigures& model, const ReportLimits& limits,
                         MediaReader* reader) {
  const std::vector<Explanation> made =
      model.explanations.empty() ? ExplainStreams(model) : std::vector<Explanation>();
  const std::vector<Explanation>& explanations =
      model.explanations.empty() ? made : model.explanations;
  size_t all = 0;
  std::vector<const Explanation*> mistakes =
      ChooseMistakes(model, explanations, limits.most_mistakes, &all);
  SortByTime(&mistakes);
  std::vector<const Explanation*> hits;
  for (const Explanation& explanation : explanations) {
    if (explanation.outcome == Outcome::kHit && hits.size() < limits.most_hits)
      hits.push_back(&explanation);
  }
  std::string html;
  if (!mistakes.empty()) {
    html += fmt::format(
        "<h4>Misses and false accepts</h4><p>{}</p>\n",
        mistakes.size() == all
            ? fmt::format("All {}.", all)
            : fmt::format("{} of {} are shown: the first misses, and the false accepts with the "
                          "highest score.",
                          mistakes.size(), all));
    html += KeywordLegend(model) + Cards(model, mistakes, reader);
  }
  if (!hits.empty()) {
    html += fmt::format(
        "<details><summary>Found words, for comparison: the first {}</summary>{}"
        "</details>\n",
        hits.size(), Cards(model, hits, reader));
  }
  return html;
}

}  // namespace

std::string StreamSection(const Evaluation& evaluation, const ReportLimits& limits,
                          MediaReader* reader) {
  std::string models;
  for (size_t i = 0; i < evaluation.models.size(); ++i) {
    const ModelFigures& model = evaluation.models[i];
    if (!model.streams && !model.negatives) continue;
    models += fmt::format("<h3><span class=\"key {}\"></span>{}</h3>\n", SeriesClass(i),
                          Escaped(model.name));
    if (model.streams) {
      models += "<div class=\"card strips\">" + Strips(*model.streams) + "</div>\n";
    }
    models += Explanations(model, limits, reader);
  }
  if (models.empty()) return "";
  return "<section id=\"streams\"><h2>Streams</h2>\n" + models + "</section>\n";
}

}  // namespace earshot::host
