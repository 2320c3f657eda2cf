// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Tables for people who read text.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace earshot::host {

// Rows of cells in columns as wide as they need; those in `right` end flush. At least one row, and
// none is longer than the first.
std::string TextTable(const std::vector<std::vector<std::string>>& rows,
                      const std::vector<size_t>& right);

}  // namespace earshot::host
