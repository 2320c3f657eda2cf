// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/shipped_models.h"

#include <cstring>

#include "earshot/embedded/commands_7.h"
#include "earshot/embedded/tiny_conv_yes_no.h"
#include "earshot/embedded/yes_no_streaming.h"

namespace earshot {

Span<const EmbeddedModel* const> ShippedModels() {
  static constexpr const EmbeddedModel* kModels[] = {&kTinyConvYesNo, &kYesNoStreaming,
                                                     &kCommands7};
  return kModels;
}

const EmbeddedModel* FindShippedModel(const char* name) {
  for (const EmbeddedModel* model : ShippedModels()) {
    if (std::strcmp(name, model->name) == 0) return model;
  }
  return nullptr;
}

}  // namespace earshot
