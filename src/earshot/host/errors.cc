// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/errors.h"

#include "earshot/runtime/status_text.h"

namespace earshot::host {

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

void ThrowUnlessOk(const Status& status, const std::string& where) {
  if (!status.ok()) throw ModelError(where + ": " + Text(status));
}

}  // namespace earshot::host
