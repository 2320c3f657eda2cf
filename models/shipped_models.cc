// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "models/shipped_models.h"

#include "models/tiny_conv_yes_no.h"

namespace earshot {

Span<const EmbeddedModel* const> ShippedModels() {
  static constexpr const EmbeddedModel* kModels[] = {&kTinyConvYesNo};
  return kModels;
}

}  // namespace earshot
