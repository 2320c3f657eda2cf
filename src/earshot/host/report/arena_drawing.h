// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A picture of a model's arena.
#pragma once

#include <string>

#include "earshot/host/models/arena_map.h"

namespace earshot::host {

// An SVG file of its own: operators from left to right, addresses from the bottom up, a box for
// each buffer; the operator at which most is in use is marked.
std::string ArenaSvg(const std::string& title, const ArenaMap& map);

}  // namespace earshot::host
