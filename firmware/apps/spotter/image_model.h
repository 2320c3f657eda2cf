// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the image itself brings: a model, where flash has room for one beside the model slot, and
// the operators for it and for what lies in the slot. The build links one of two definitions
// (EARSHOT_IMAGE_MODEL of the board).
#pragma once

#include "earshot/models/embedded_model.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

// Null: the image has no model.
const EmbeddedModel* ImageModel();

OperatorResolver ImageOperators();

}  // namespace earshot
