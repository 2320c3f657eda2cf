// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the scores did around one word or false accept, as a plot.
#pragma once

#include <string>

#include "earshot/host/evaluation/results.h"
#include "earshot/host/report/media.h"

namespace earshot::host {

// On one axis of time: the spectrogram, the scores (thin: the model's, thick: the recognizer's
// averages) and the threshold, the words that were said, what was announced.
std::string ExplanationPlot(const ModelFigures& model, const Explanation& explanation,
                            const Media& media);

// Streams or negatives, whichever it explains.
const StreamFigures& FiguresOf(const ModelFigures& model, const Explanation& explanation);

}  // namespace earshot::host
