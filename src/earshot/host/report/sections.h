// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The parts of the report, each a piece of HTML; empty where there is nothing to tell.
#pragma once

#include <string>

#include "earshot/host/evaluation/results.h"
#include "earshot/host/report/media.h"

namespace earshot::host {

// How much of what may be much is shown.
struct ReportLimits {
  size_t most_clips = 60;              // Clips with wrong answers, of all models together.
  size_t most_mistakes = 30;           // Mistakes in streams, of each model.
  size_t most_hits = 5;                // Found words, of each model, to compare with.
  size_t most_sound_bytes = 16 << 20;  // Of all recordings in the page.
};

// All figures in one table, a column per model; gates; changed answers; what could not be read.
std::string OverviewSection(const Evaluation& evaluation);

// Misses against false accepts, one curve per model.
std::string DetSection(const Evaluation& evaluation);

// Confusion, recall and precision by label, other words by word.
std::string ClipSection(const Evaluation& evaluation);

// Clips that at least one model did not get right.
std::string ClipMistakesSection(const Evaluation& evaluation, const ReportLimits& limits,
                                MediaReader* reader);

// What the models' scores did around misses, false accepts and some hits.
std::string StreamSection(const Evaluation& evaluation, const ReportLimits& limits,
                          MediaReader* reader);

// The style of a model or label: "s0" to "s7", used again after that.
std::string SeriesClass(size_t i);

}  // namespace earshot::host
