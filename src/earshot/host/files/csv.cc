// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/files/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "earshot/host/errors.h"
#include "earshot/host/files/byte_order_mark.h"
#include "earshot/host/files/number_text.h"
#include "earshot/models/label_names.h"

namespace earshot::host {
namespace {

constexpr char kBlanks[] = " \t";

std::string ReadText(const std::string& path) {
  std::error_code error;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw InputError(path + ": " + std::strerror(errno));
  if (std::filesystem::is_directory(path, error)) throw InputError(path + ": is a directory");
  std::string text;
  try {
    text.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  } catch (const std::ios::failure&) {
    throw InputError(path + ": " + std::strerror(errno));
  }
  const size_t zero = text.find('\0');
  if (zero != std::string::npos) {
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(zero);
    throw InputError(fmt::format("{}:{}: found a byte of 0, wanted text in UTF-8 (not UTF-16)",
                                 path, 1 + std::count(text.begin(), end, '\n')));
  }
  DropByteOrderMark(&text);
  return text;
}

// What separates the cells, by the header line.
char SeparatorOf(const std::string& text) {
  const std::string header = text.substr(0, text.find('\n'));
  for (const char separator : {',', ';', '\t'}) {
    if (header.find(separator) != std::string::npos) return separator;
  }
  return ',';
}

// Reads row by row.
class CsvReader {
 public:
  CsvReader(std::string text, const std::string& path)
      : text_(std::move(text)), separator_(SeparatorOf(text_)), path_(path) {}

  // False: the end. Empty lines give no row.
  bool Next(CsvRow* row) {
    while (at_ < text_.size()) {
      row->line = line_;
      row->cells.clear();
      do row->cells.push_back(Cell(row->line));
      while (Take(separator_));
      Take('\r');
      if (!Take('\n') && at_ < text_.size()) throw Error(row->line, "text behind a closed quote");
      ++line_;
      if (row->cells.size() > 1 || !row->cells[0].empty()) return true;
    }
    return false;
  }

  InputError Error(size_t line, const std::string& text) const {
    return InputError(fmt::format("{}:{}: {}", path_, line, text));
  }

 private:
  bool Take(char wanted) {
    if (at_ == text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  std::string Cell(size_t row_line) {
    std::string cell;
    if (!Take('"')) {
      const size_t end = std::min(text_.find_first_of(cell_ends_, at_), text_.size());
      cell = text_.substr(at_, end - at_);
      at_ = end;
      if (end < text_.size() && text_[end] == '\n' && !cell.empty() && cell.back() == '\r') {
        cell.pop_back();
      }
      return cell;
    }
    for (;;) {
      if (at_ == text_.size()) throw Error(row_line, "a quote that is not closed");
      const char letter = text_[at_++];
      if (letter == '"' && !Take('"')) return cell;
      if (letter == '\n') ++line_;
      cell += letter;
    }
  }

  const std::string text_;
  const char separator_;
  const std::string cell_ends_{separator_, '\n'};
  const std::string& path_;
  size_t at_ = 0;
  size_t line_ = 1;
};

std::string Beginning(const std::string& text) {
  constexpr size_t kQuotedBytes = 80;
  return text.size() <= kQuotedBytes ? text : text.substr(0, kQuotedBytes) + "...";
}

// Where in the header the column is; its size: nowhere.
size_t ColumnOf(const CsvReader& reader, const CsvRow& header, const std::string& column) {
  const auto found = std::find(header.cells.begin(), header.cells.end(), column);
  if (std::count(found, header.cells.end(), column) > 1) {
    throw reader.Error(header.line, fmt::format("found two columns \"{}\", wanted one", column));
  }
  return static_cast<size_t>(found - header.cells.begin());
}

}  // namespace

std::vector<CsvRow> ReadCsv(const std::string& path, const std::vector<std::string>& columns,
                            const std::vector<std::string>& optional) {
  CsvReader reader(ReadText(path), path);
  CsvRow header;
  if (!reader.Next(&header)) throw InputError(path + ": found nothing, wanted a header line");
  for (std::string& column : header.cells) column = WithoutBlanks(column);
  std::vector<size_t> picked;
  for (const std::string& column : columns) {
    picked.push_back(ColumnOf(reader, header, column));
    if (picked.back() < header.cells.size()) continue;
    throw reader.Error(header.line,
                       fmt::format("no column \"{}\"; found {}, wanted a header with {}", column,
                                   Beginning(fmt::format("{}", fmt::join(header.cells, ","))),
                                   fmt::join(columns, ",")));
  }
  for (const std::string& column : optional) picked.push_back(ColumnOf(reader, header, column));
  std::vector<CsvRow> rows;
  for (CsvRow row; reader.Next(&row);) {
    if (row.cells.size() != header.cells.size()) {
      throw reader.Error(
          row.line, fmt::format("found {} cell{}, wanted {}, as in the header", row.cells.size(),
                                row.cells.size() == 1 ? "" : "s", header.cells.size()));
    }
    CsvRow result;
    result.line = row.line;
    row.cells.emplace_back();  // Of columns that are missing.
    for (const size_t column : picked) result.cells.push_back(row.cells[column]);
    rows.push_back(std::move(result));
  }
  return rows;
}

double CsvNumber(const std::string& cell, const std::string& path, size_t line) {
  const std::string_view text = cell;
  const size_t begin = std::min(cell.find_first_not_of(kBlanks), cell.size());
  const size_t end = cell.find_last_not_of(kBlanks) + 1;
  double number = 0;
  if (!ReadNumber(text.substr(begin, end - begin), &number)) {
    const char* how = cell.find(',') == std::string::npos ? "" : " with a decimal point";
    throw InputError(fmt::format("{}:{}: found \"{}\", wanted a number{}", path, line, cell, how));
  }
  return number;
}

std::string CsvCell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char letter : text) {
    if (letter == '"') quoted += '"';
    quoted += letter;
  }
  return quoted + '"';
}

}  // namespace earshot::host
