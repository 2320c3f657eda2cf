// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// NumPy's .npy files, format version 1.0: little-endian, C order, numbers and booleans.
//
// Source: "A Simple File Format for NumPy Arrays", NumPy Enhancement Proposal 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace earshot::host {

// A dense array with its element type spelled as NumPy does: "|i1", "<i2", "<u2", "<f4" ...
struct NpyArray {
  std::string descr;
  std::vector<size_t> shape;   // Empty: a scalar.
  std::vector<uint8_t> bytes;  // C order, little-endian.

  // The number of elements: the product of `shape`.
  size_t count() const;

  // The elements as T. Throws std::runtime_error when `descr` names another type.
  template <typename T>
  std::vector<T> As() const;
};

// NumPy's name of T, e.g. "<u2" for uint16_t.
template <typename T>
constexpr const char* NpyDescr();

// Makes an array of the given shape. Precondition: values.size() is the product of `shape`.
template <typename T>
NpyArray MakeNpy(std::vector<size_t> shape, const std::vector<T>& values);

// Reads a whole file. Throws std::runtime_error that names the path and what is wrong with it.
NpyArray ReadNpy(const std::string& path);

// Writes a whole file, as OutputFile does. Throws InputError, a std::runtime_error.
void WriteNpy(const std::string& path, const NpyArray& array);

// ------------------------------------------------------------------------------------------------

template <typename T>
constexpr const char* NpyDescr() {
  static_assert(std::is_arithmetic_v<T> && sizeof(T) <= 8);
  constexpr bool kFloat = std::is_floating_point_v<T>;
  constexpr bool kSigned = std::is_signed_v<T>;
  if constexpr (sizeof(T) == 1) return kSigned ? "|i1" : "|u1";
  if constexpr (sizeof(T) == 2) return kSigned ? "<i2" : "<u2";
  if constexpr (sizeof(T) == 4) return kFloat ? "<f4" : kSigned ? "<i4" : "<u4";
  return kFloat ? "<f8" : kSigned ? "<i8" : "<u8";
}

template <typename T>
std::vector<T> NpyArray::As() const {
  if (descr != NpyDescr<T>()) {
    throw std::runtime_error("npy: element type: found " + descr + ", wanted " + NpyDescr<T>());
  }
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  return values;
}

template <typename T>
NpyArray MakeNpy(std::vector<size_t> shape, const std::vector<T>& values) {
  NpyArray array{NpyDescr<T>(), std::move(shape), std::vector<uint8_t>(values.size() * sizeof(T))};
  if (!values.empty()) std::memcpy(array.bytes.data(), values.data(), array.bytes.size());
  return array;
}

}  // namespace earshot::host
