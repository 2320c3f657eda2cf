// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "models/shipped_models.h"

#include "models/commands_7.h"
#include "models/tiny_conv_yes_no.h"
#include "models/yes_no_streaming.h"

namespace earshot {

Span<const EmbeddedModel* const> ShippedModels() {
  static constexpr const EmbeddedModel* kModels[] = {&kTinyConvYesNo, &kYesNoStreaming,
                                                     &kCommands7};
  return kModels;
}

}  // namespace earshot
