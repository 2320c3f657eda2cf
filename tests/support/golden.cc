// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/support/golden.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace earshot::test {

std::string SourcePath(const std::string& relative) {
  return std::string(EARSHOT_SOURCE_DIR) + "/" + relative;
}

std::string GoldenPath(const std::string& relative) {
  return SourcePath("tests/golden/" + relative);
}

std::string SharedDir() {
  const char* chosen = std::getenv("EARSHOT_SHARED_DIR");
  const std::string folder = chosen != nullptr ? chosen : SourcePath("../shared");
  return std::filesystem::is_directory(folder + "/golden") ? folder : std::string();
}

std::string SharedPath(const std::string& relative) { return SharedDir() + "/" + relative; }

std::vector<std::vector<std::string>> ReadTsv(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error(path + ": cannot be opened");
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
    rows.push_back(cells);
  }
  return rows;
}

std::vector<uint8_t> ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error(path + ": cannot be opened");
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

}  // namespace earshot::test
