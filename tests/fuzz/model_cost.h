// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How long a model may take, at most: so that fuzzing tells one that is slow from one that hangs.
#pragma once

#include "earshot/runtime/model.h"

namespace earshot::test {

// Steps of one inference, in which no operator takes more than the elements of its two largest
// tensors multiplied; subgraphs that IF calls are counted at each call. A loop (WHILE) counts as
// one step. Precondition: the model is loaded.
double InferenceCost(const Model& model);

}  // namespace earshot::test
