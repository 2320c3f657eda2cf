// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "earshot/host/report/html.h"
#include "earshot/host/report/sections.h"

namespace earshot::host {
namespace {

// One clip and what each model said.
struct Mistake {
  const ClipRecord* clip = nullptr;
  std::vector<const ClipRecord*> answers;  // One per model; null: it did not hear this clip.
  int wrong = 0;                           // Models that did not get it right.
  int margin = 0;  // By how much the wrong label was ahead of the right one; the worst model's.
};

// Nothing was never ahead.
int Margin(const ClipRecord& answer) {
  if (answer.heard < 0) return 0;
  const auto target = static_cast<size_t>(answer.target);
  return answer.score - (target < answer.scores.size() ? answer.scores[target] : 0);
}

// Those that most models got wrong first, then those with the largest margin.
std::vector<Mistake> FindMistakes(const Evaluation& evaluation) {
  std::map<std::pair<std::string, std::string>, Mistake> by_clip;
  for (size_t i = 0; i < evaluation.models.size(); ++i) {
    if (!evaluation.models[i].clips) continue;
    for (const ClipRecord& answer : evaluation.models[i].clips->clips) {
      Mistake& mistake = by_clip[{answer.path, answer.word}];
      mistake.clip = &answer;
      mistake.answers.resize(evaluation.models.size());
      mistake.answers[i] = &answer;
      if (IsRight(answer, evaluation.models[i].is_keyword)) continue;
      ++mistake.wrong;
      mistake.margin = std::max(mistake.margin, Margin(answer));
    }
  }
  std::vector<Mistake> mistakes;
  for (const auto& [key, mistake] : by_clip) {
    if (mistake.wrong > 0) mistakes.push_back(mistake);
  }
  std::stable_sort(mistakes.begin(), mistakes.end(), [](const Mistake& a, const Mistake& b) {
    return std::tie(a.wrong, a.margin) > std::tie(b.wrong, b.margin);
  });
  return mistakes;
}

std::string AnswerText(const ModelFigures& model, size_t i, const ClipRecord& answer) {
  std::string scores;
  for (size_t label = 0; label < model.labels.size() && label < answer.scores.size(); ++label) {
    scores += fmt::format("{}{} {}", scores.empty() ? "" : ", ", Escaped(model.labels[label]),
                          ScoreText(answer.scores[label]));
  }
  return fmt::format(
      "<li title=\"{}\"><span class=\"key {}\"></span>{}: <b class=\"{}\">{}</b> <small>{}</small>"
      "</li>",
      scores, SeriesClass(i), Escaped(model.name),
      IsRight(answer, model.is_keyword) ? "good" : "bad",
      Escaped(LabelText(model.labels, answer.heard)), ScoreText(answer.score));
}

std::string Card(const Evaluation& evaluation, const Mistake& mistake, MediaReader* reader) {
  const Media media = reader->Read(mistake.clip->path, 0, 10);
  const std::string word = Escaped(mistake.clip->word);
  std::string html = "<article class=\"card clip\"><h3>\xE2\x80\x9C" + word + "\xE2\x80\x9D</h3>\n";
  if (!media.picture.empty()) {
    html +=
        fmt::format("<img src=\"{}\" alt=\"Spectrogram of a clip of {}\"/>\n", media.picture, word);
  }
  if (!media.sound.empty()) {
    html += fmt::format("<audio controls=\"controls\" preload=\"none\" src=\"{}\"></audio>\n",
                        media.sound);
  }
  if (!media.error.empty()) html += "<p class=\"bad\">" + Escaped(media.error) + "</p>\n";
  html += "<ul class=\"answers\">";
  for (size_t i = 0; i < mistake.answers.size(); ++i) {
    if (mistake.answers[i] != nullptr) {
      html += AnswerText(evaluation.models[i], i, *mistake.answers[i]);
    }
  }
  return html + "</ul><p class=\"path\" title=\"" + Escaped(mistake.clip->path) + "\">" +
         ShortPath(mistake.clip->path) + "</p></article>\n";
}

}  // namespace

std::string ClipMistakesSection(const Evaluation& evaluation, const ReportLimits& limits,
                                MediaReader* reader) {
  const std::vector<Mistake> mistakes = FindMistakes(evaluation);
  if (mistakes.empty()) return "";
  const size_t shown = std::min(limits.most_clips, mistakes.size());
  std::string html = fmt::format(
      "<section id=\"clip-mistakes\"><h2>Clips with wrong answers</h2>\n<p>{} Pictures show what "
      "the front end makes of the clip: 40 channels from 125 to 7500 Hz, low ones at the "
      "bottom.</p>\n<div class=\"cards\">",
      shown < mistakes.size()
          ? fmt::format("{} of {} are shown: those that most models got wrong, and of these the "
                        "ones with the highest score for a wrong label.",
                        shown, mistakes.size())
          : fmt::format("All {}.", mistakes.size()));
  for (size_t i = 0; i < shown; ++i) html += Card(evaluation, mistakes[i], reader);
  return html + "</div></section>\n";
}

}  // namespace earshot::host
