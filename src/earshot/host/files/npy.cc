// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/files/npy.h"

#include <cctype>
#include <fstream>
#include <limits>
#include <optional>

#include "earshot/host/files/output_file.h"

namespace earshot::host {
namespace {

constexpr char kMagic[] = "\x93NUMPY";
constexpr size_t kPreambleBytes = 10;  // Magic, two version bytes, 16-bit header length.
constexpr size_t kHeaderAlignment = 64;

[[noreturn]] void Fail(const std::string& path, const std::string& what) {
  throw std::runtime_error(path + ": npy: " + what);
}

// What follows `key` and its colon in the header's dictionary, without leading blanks.
std::string ValueAfter(const std::string& path, const std::string& header, const std::string& key) {
  const size_t found = header.find("'" + key + "':");
  if (found == std::string::npos) Fail(path, "the header has no '" + key + "'");
  size_t begin = found + key.size() + 3;
  while (begin < header.size() && header[begin] == ' ') ++begin;
  return header.substr(begin);
}

std::vector<size_t> ParseShape(const std::string& path, const std::string& text) {
  const size_t close = text.find(')');
  if (text.empty() || text[0] != '(' || close == std::string::npos) Fail(path, "no shape");
  std::vector<size_t> shape;
  size_t value = 0;
  bool in_number = false;
  for (size_t i = 1; i <= close; ++i) {
    if (std::isdigit(static_cast<unsigned char>(text[i]))) {
      if (value > std::numeric_limits<uint32_t>::max()) Fail(path, "a dimension is too large");
      value = value * 10 + static_cast<size_t>(text[i] - '0');
      in_number = true;
    } else if (text[i] == ',' || text[i] == ')') {
      if (in_number) shape.push_back(value);
      value = 0;
      in_number = false;
    } else if (text[i] != ' ') {
      Fail(path, "the shape holds '" + text.substr(i, 1) + "'");
    }
  }
  return shape;
}

// The size of one element in bytes, or nothing for types that are not plain little-endian numbers.
std::optional<size_t> ElementBytes(const std::string& descr) {
  if (descr.size() != 3 || std::string("<|").find(descr[0]) == std::string::npos ||
      std::string("iufb").find(descr[1]) == std::string::npos ||
      std::string("1248").find(descr[2]) == std::string::npos) {
    return std::nullopt;
  }
  return static_cast<size_t>(descr[2] - '0');
}

}  // namespace

size_t NpyArray::count() const {
  size_t product = 1;
  for (const size_t extent : shape) product *= extent;
  return product;
}

NpyArray ReadNpy(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) Fail(path, "cannot be opened");
  const std::streamoff end = file.tellg();
  if (end < 0) Fail(path, "is not a regular file");
  const auto file_bytes = static_cast<size_t>(end);
  file.seekg(0);

  uint8_t preamble[kPreambleBytes] = {};
  void* preamble_begin = preamble;
  file.read(static_cast<char*>(preamble_begin), kPreambleBytes);
  if (!file || std::memcmp(preamble, kMagic, 6) != 0) Fail(path, "not an .npy file");
  if (preamble[6] != 1) {
    Fail(path, "format version: found " + std::to_string(preamble[6]) + ", wanted 1");
  }
  const size_t header_bytes = preamble[8] + 256u * preamble[9];
  const size_t data_begin = kPreambleBytes + header_bytes;
  if (file_bytes < data_begin) Fail(path, "the header is cut short");
  std::string header(header_bytes, ' ');
  file.read(header.data(), static_cast<std::streamsize>(header_bytes));

  NpyArray array;
  const std::string descr = ValueAfter(path, header, "descr");
  if (descr.empty() || descr[0] != '\'') Fail(path, "the element type is no plain one");
  array.descr = descr.substr(1, descr.find('\'', 1) - 1);
  if (ValueAfter(path, header, "fortran_order").rfind("False", 0) != 0) {
    Fail(path, "Fortran order is not supported");
  }
  array.shape = ParseShape(path, ValueAfter(path, header, "shape"));

  const std::optional<size_t> element_bytes = ElementBytes(array.descr);
  if (!element_bytes) Fail(path, "element type " + array.descr + " is not supported");
  const size_t found = file_bytes - data_begin;
  size_t wanted = *element_bytes;
  for (const size_t extent : array.shape) {
    if (extent != 0 && wanted > std::numeric_limits<size_t>::max() / extent) {
      Fail(path, "the shape is too large");
    }
    wanted *= extent;
  }
  if (found != wanted) {
    Fail(path, "data: found " + std::to_string(found) + " bytes, wanted " + std::to_string(wanted));
  }
  array.bytes.resize(found);
  void* bytes_begin = array.bytes.data();
  file.read(static_cast<char*>(bytes_begin), static_cast<std::streamsize>(found));
  if (!file) Fail(path, "cannot be read");
  return array;
}

void WriteNpy(const std::string& path, const NpyArray& array) {
  std::string header = "{'descr': '" + array.descr + "', 'fortran_order': False, 'shape': (";
  for (const size_t extent : array.shape) header += std::to_string(extent) + ", ";
  header += "), }";
  const size_t unpadded = kPreambleBytes + header.size() + 1;
  const size_t padding = (kHeaderAlignment - unpadded % kHeaderAlignment) % kHeaderAlignment;
  header.append(padding, ' ');
  header += '\n';

  const char version_and_length[] = {1, 0, static_cast<char>(header.size() & 0xFF),
                                     static_cast<char>(header.size() >> 8)};
  OutputFile file(path);
  file.Write({kMagic, 6});
  file.Write({version_and_length, sizeof(version_and_length)});
  file.Write(header);
  file.Write({reinterpret_cast<const char*>(array.bytes.data()), array.bytes.size()});
  file.Commit();
}

}  // namespace earshot::host
