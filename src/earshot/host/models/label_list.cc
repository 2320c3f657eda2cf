// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/label_list.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

#include "earshot/host/errors.h"
#include "earshot/host/files/byte_order_mark.h"
#include "earshot/models/label_names.h"

namespace earshot::host {
namespace {

namespace fs = std::filesystem;

constexpr size_t kMostBytes = size_t{1} << 20;

// Without the quotes around it, where there are some.
std::string WithoutQuotes(const std::string& text) {
  const bool has_quotes = text.size() > 2 && text.front() == text.back() &&
                          (text.front() == '"' || text.front() == '\'');
  return has_quotes ? WithoutBlanks(text.substr(1, text.size() - 2)) : text;
}

// What is between separators, without blanks and quotes around it; at least one part.
std::vector<std::string> Split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t end = 0; end != std::string::npos; begin = end + 1) {
    end = text.find(separator, begin);
    parts.push_back(WithoutQuotes(WithoutBlanks(text.substr(begin, end - begin))));
  }
  return parts;
}

// The names in lists of JSON and the like are separated by commas, also where each has its line.
void TakeBracketsForLines(std::string* text) {
  const std::string list = WithoutBlanks(*text);
  if (list.size() < 2 || list.front() != '[' || list.back() != ']') return;
  *text = list.substr(1, list.size() - 2);
  std::replace(text->begin(), text->end(), ',', '\n');
}

// A name that can only be a file's, so that a missing one is not taken for a label.
bool IsTextFileName(const std::string& name) {
  const std::string extension = NameKey(fs::path(name).extension().string());
  return extension == ".txt" || extension == ".csv" || extension == ".names";
}

// A line's number, and what is behind it; none: it does not begin with one.
std::optional<std::pair<size_t, std::string>> Numbered(const std::string& line) {
  const size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const size_t name = line.find_first_not_of(" \t:,.)-", digits);
  if (digits == 0 || digits > 6 || name == digits || name == std::string::npos) return {};
  return std::pair(std::stoul(line.substr(0, digits)), WithoutQuotes(line.substr(name)));
}

// Where all labels have numbers before them that count from 0 or from 1: puts them into this order,
// without the numbers.
void DropLineNumbers(std::vector<std::string>* lines) {
  std::map<size_t, std::string> by_number;
  for (const std::string& line : *lines) {
    const auto numbered = Numbered(line);
    if (!numbered || !by_number.insert(*numbered).second) return;
  }
  const size_t first = by_number.begin()->first;
  const size_t last = by_number.rbegin()->first;
  if (first > 1 || last - first + 1 != lines->size()) return;
  lines->clear();
  for (auto& numbered : by_number) lines->push_back(std::move(numbered.second));
}

std::vector<std::string> ReadLabelFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw InputError(path + ": " + std::strerror(errno));
  // Far more than any labels are; a device never ends.
  std::string text(kMostBytes, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<size_t>(file.gcount()));
  if (file.bad()) throw InputError(path + ": cannot be read");
  for (const char* const mark : {"\xFF\xFE", "\xFE\xFF"}) {
    if (text.compare(0, 2, mark) != 0) continue;
    throw UsageError(path + ": found text in UTF-16, wanted labels in UTF-8 (--labels)");
  }
  if (text.size() == kMostBytes || text.find('\0') != std::string::npos) {
    throw UsageError(path + ": found no text, wanted labels, one a line (--labels)");
  }
  DropByteOrderMark(&text);
  if (WithoutBlanks(text).substr(0, 1) == "{") {
    throw UsageError(path +
                     ": found a JSON object, wanted labels, one a line, or a list of them in "
                     "the order of the model's outputs (--labels)");
  }
  std::replace(text.begin(), text.end(), '\r', '\n');
  TakeBracketsForLines(&text);
  std::vector<std::string> lines = Split(text, '\n');
  for (std::string& line : lines) {
    const bool ends_alone = !line.empty() && line.find(',') == line.size() - 1;
    if (ends_alone) line = Split(line, ',')[0];
  }
  lines.erase(std::remove(lines.begin(), lines.end(), ""), lines.end());
  if (lines.empty()) {
    throw UsageError(path + ": found nothing, wanted labels, one a line (--labels)");
  }
  DropLineNumbers(&lines);
  return lines.size() == 1 ? Split(lines[0], ',') : lines;
}

}  // namespace

std::vector<std::string> NamesOf(const std::vector<std::string>& given) {
  std::vector<std::string> names;
  for (const std::string& value : given) {
    for (std::string& name : Split(value, ',')) names.push_back(std::move(name));
  }
  return names;
}

std::vector<std::string> LabelsOf(const std::vector<std::string>& given) {
  std::vector<std::string> labels = NamesOf(given);
  std::string where = "--labels";
  std::error_code error;
  const bool is_file =
      given.size() == 1 && (IsTextFileName(given[0]) ||
                            (fs::exists(given[0], error) && !fs::is_directory(given[0], error)));
  if (is_file) {
    labels = ReadLabelFile(given[0]);
    where = given[0];
  }
  const std::string wrong = WrongWithLabels(labels);
  if (wrong.empty()) return labels;
  throw UsageError(fmt::format("{}: found {}, wanted {}", where, fmt::join(labels, ","), wrong));
}

}  // namespace earshot::host
