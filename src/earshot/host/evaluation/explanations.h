// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Explanations: what a model did at each keyword of the streams and at each false accept, what it
// answered there, and which of the recognizer's rules held an announcement back.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// How much is shown before a word (or announcement) begins, and after it ends.
constexpr double kShownMarginSeconds = 2.0;

// Of all keyword events of the streams, then of the false accepts of the streams, then of those of
// the negatives. Precondition: streams and negatives, where there are any, were measured
// (MeasureStreams()) with `model.recognizer`.
std::vector<Explanation> ExplainStreams(const ModelFigures& model);

// An explanation as a text of many lines: what happened and why, then a timeline of about a row
// every 100 ms: the label's average as a number and a bar on which | is the threshold, the model's
// own score, the label on top, and what held that back.
std::string ExplanationText(const ModelFigures& model, const Explanation& explanation);

}  // namespace earshot::host
