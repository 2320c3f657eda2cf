// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Explains what a model did at each word of the streams and at each false accept: what it answered,
// and which of the recognizer's rules held an announcement back.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// How much is shown before a moment's word (or announcement) begins, and after it ends.
constexpr double kMomentMarginSeconds = 2.0;

// The moments of all keyword events of the streams, then of the false accepts of the streams, then
// of those of the negatives. Precondition: streams and negatives, where there are any, were
// measured (MeasureStreams()) with `model.recognizer`.
std::vector<Moment> ExplainStreams(const ModelFigures& model);

// A moment as a text of many lines: what happened and why, then a timeline of about a row every
// 100 ms: the label's average as a number and a bar on which | is the threshold, the model's own
// score, the label on top, and what held that back.
std::string MomentText(const ModelFigures& model, const Moment& moment);

}  // namespace earshot::host
