// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/console/text_table.h"

#include <fmt/format.h>

#include <algorithm>

namespace earshot::host {

std::string TextTable(const std::vector<std::vector<std::string>>& rows,
                      const std::vector<size_t>& right) {
  std::vector<size_t> widths(rows[0].size());
  for (const std::vector<std::string>& row : rows) {
    for (size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const std::vector<std::string>& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const bool flush = std::find(right.begin(), right.end(), i) != right.end();
      line += flush ? fmt::format("  {:>{}}", row[i], widths[i])
                    : fmt::format("  {:<{}}", row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace earshot::host
