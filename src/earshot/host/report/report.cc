// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/report/report.h"

#include <fmt/format.h>

#include <algorithm>

#include "earshot/host/files/output_file.h"
#include "earshot/host/report/html.h"
#include "earshot/host/report/style.h"

namespace earshot::host {
namespace {

// What was measured, in one line.
std::string Lead(const Evaluation& evaluation) {
  std::string names;  // And after them what they heard.
  size_t clips = 0;
  double stream_hours = 0, negative_hours = 0;
  for (const ModelFigures& model : evaluation.models) {
    names += (names.empty() ? "" : ", ") + Escaped(model.name);
    // Models that heard the same: it counts once.
    if (model.clips) clips = std::max(clips, model.clips->clips.size());
    if (model.streams) stream_hours = std::max(stream_hours, model.streams->hours);
    if (model.negatives) negative_hours = std::max(negative_hours, model.negatives->hours);
  }
  if (clips > 0) names += fmt::format(" \xC2\xB7 {} clips", clips);
  if (stream_hours > 0) names += fmt::format(" \xC2\xB7 {:.2f} h of streams", stream_hours);
  if (negative_hours > 0) names += fmt::format(" \xC2\xB7 {:.2f} h of negatives", negative_hours);
  return names;
}

std::string Link(const std::string& section, const std::string& id, const std::string& name) {
  return section.empty() ? "" : "<a href=\"#" + id + "\">" + name + "</a>\n";
}

}  // namespace

std::string ReportHtml(const Evaluation& evaluation, const ReportLimits& limits) {
  MediaReader reader(limits.most_sound_bytes, evaluation.channel);
  const std::string overview = OverviewSection(evaluation);
  const std::string det = DetSection(evaluation);
  const std::string clips = ClipSection(evaluation);
  const std::string clip_mistakes = ClipMistakesSection(evaluation, limits, &reader);
  const std::string streams = StreamSection(evaluation, limits, &reader);
  std::string left_out;
  if (reader.sounds_left_out() > 0) {
    left_out = fmt::format(
        "<p>The sound of {} of the recordings shown is left out, to keep this page below about "
        "{} MB.</p>\n",
        reader.sounds_left_out(), limits.most_sound_bytes / 1000000 + 4);
  }
  return "<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n"
         "<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, "
         "initial-scale=1\"/>\n<title>Earshot evaluation</title>\n<style>" +
         std::string(kReportStyle) + "</style>\n</head>\n<body>\n<header><h1>Earshot evaluation" +
         "</h1><p class=\"lead\">" + Lead(evaluation) + "</p>\n" + left_out +
         "<nav aria-label=\"Sections\">" + Link(overview, "overview", "Overview") +
         Link(det, "det", "Misses against false accepts") + Link(clips, "clips", "Clips") +
         Link(clip_mistakes, "clip-mistakes", "Clips with wrong answers") +
         Link(streams, "streams", "Streams") + "</nav></header>\n<main>\n" + overview + det +
         clips + clip_mistakes + streams + "</main>\n</body>\n</html>\n";
}

void WriteReport(const Evaluation& evaluation, const std::string& path) {
  WriteFile(path, ReportHtml(evaluation));
}

}  // namespace earshot::host
