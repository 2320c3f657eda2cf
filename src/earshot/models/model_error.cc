// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/model_error.h"

#include "earshot/runtime/status_text.h"

namespace earshot {

void ThrowUnlessOk(const Status& status, const std::string& where) {
  if (status.ok()) return;
  char text[kStatusTextBytes];
  throw ModelError(where + ": " + StatusText(status, text));
}

}  // namespace earshot
