// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The plot of one moment of a stream.
#pragma once

#include <string>

#include "earshot/host/evaluation/results.h"
#include "earshot/host/report/media.h"

namespace earshot::host {

// On one axis of time: the spectrogram, the scores (thin: the model's, thick: the recognizer's
// averages) and the threshold, the words that were said, what was announced.
std::string MomentPlot(const ModelFigures& model, const Moment& moment, const Media& media);

// Streams or negatives, wherever the moment lies.
const StreamFigures& FiguresOf(const ModelFigures& model, const Moment& moment);

}  // namespace earshot::host
