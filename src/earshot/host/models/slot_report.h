// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the program tells about a packed model slot.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "earshot/models/slot/model_slot.h"

namespace earshot::host {

// Some indented lines: name, sizes, labels, memory. Precondition of both: the slot is opened.
std::string SlotText(const ModelSlot& slot);

// The same for programs.
nlohmann::ordered_json SlotJson(const ModelSlot& slot);

}  // namespace earshot::host
