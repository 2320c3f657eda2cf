// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/errors.h"

#include "earshot/runtime/status_text.h"

namespace earshot::host {

std::string Text(const Status& status) {
  char text[kStatusTextBytes];
  return StatusText(status, text);
}

}  // namespace earshot::host
