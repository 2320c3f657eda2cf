// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a model's graph says about its outputs.
#pragma once

#include "earshot/runtime/model.h"

namespace earshot::host {

// Whether the scores of the first output share one certainty among them: it comes from a SOFTMAX,
// maybe reshaped or quantized anew behind it. Otherwise (e.g. LOGISTIC, or a part of a SOFTMAX)
// each score stands for itself. Precondition: the model is loaded.
bool ScoresShareCertainty(const Model& model);

}  // namespace earshot::host
