// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Tables of comma-separated values, after RFC 4180. Where the header line has no comma, semicolons
// or tabs may separate the cells, as spreadsheets write them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace earshot::host {

struct CsvRow {
  size_t line = 0;                 // Where it begins in the file, from 1.
  std::vector<std::string> cells;  // One per wanted column, in the order in which they were wanted.
};

// The rows below the header line, whose `columns` are picked by name, and `optional` ones behind
// those, with empty cells where they are missing; other columns are passed over, and so are empty
// lines. Blanks around names of columns, a byte-order mark and carriage returns at line ends are
// fine. Reads the file once. Throws InputError ("<path>:<line>: ..."): cannot be read, no header, a
// column is missing or there twice, a row has fewer or more cells than the header, a quote is not
// closed, a byte of 0.
std::vector<CsvRow> ReadCsv(const std::string& path, const std::vector<std::string>& columns,
                            const std::vector<std::string>& optional = {});

// The number in a cell, which may have blanks around it. Throws InputError naming path and line
// where there is anything else.
double CsvNumber(const std::string& cell, const std::string& path, size_t line);

// A cell as it stands in a file: quoted where it must be.
std::string CsvCell(const std::string& text);

}  // namespace earshot::host
