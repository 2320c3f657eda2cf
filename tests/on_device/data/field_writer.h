// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FieldWriter: writes the files that FieldReader reads (tests/on_device/field_reader.h has the
// format).
#pragma once

#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "earshot/base/span.h"

namespace earshot::test {

class FieldWriter {
 public:
  // Makes the file anew. Throws when that fails, as every function here.
  explicit FieldWriter(const std::string& path) : path_(path), file_(path, std::ios::binary) {}

  template <typename T>
  void Value(T value) {
    static_assert(std::is_arithmetic_v<T>);
    Array(Span<const T>(&value, 1));
  }
  template <typename T>
  void Array(Span<const T> values) {
    const auto size = static_cast<uint32_t>(values.size() * sizeof(T));
    char length[sizeof(size)];
    std::memcpy(length, &size, sizeof(size));
    file_.write(length, sizeof(length));
    const void* bytes = values.data();
    file_.write(static_cast<const char*>(bytes), size);
    if (!file_) throw std::runtime_error(path_ + ": cannot be written");
  }
  template <typename T>
  void Array(const std::vector<T>& values) {
    Array(Span<const T>(values));
  }
  void Text(const std::string& text) { Array(Span<const char>(text)); }

 private:
  std::string path_;
  std::ofstream file_;
};

}  // namespace earshot::test
