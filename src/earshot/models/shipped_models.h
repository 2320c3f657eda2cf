// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The models that come with Earshot. An image that needs only one of them links that one's own
// target and header instead.
#pragma once

#include "earshot/base/span.h"
#include "earshot/models/embedded_model.h"

namespace earshot {

// The first one is the default.
Span<const EmbeddedModel* const> ShippedModels();

// The one of this name; null: there is none.
const EmbeddedModel* FindShippedModel(const char* name);

}  // namespace earshot
