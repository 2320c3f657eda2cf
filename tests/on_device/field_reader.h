// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FieldReader: reads a file of the test data, piece by piece, with hardly any memory.
//
// Such a file is a sequence of fields: a 32-bit length in bytes, then as many bytes (both
// little-endian, nothing is padded). What a field means, its file's test says. FieldWriter
// (tests/on_device/data/field_writer.h) writes them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "earshot/base/span.h"
#include "earshot/base/static_text.h"
#include "tests/on_device/test_file.h"

namespace earshot::test {

// The number of a text as the build for a board knows it, which has nothing else; 0: there is none.
inline int TextNumber(const char* text) {
  return text == nullptr || *text == '\0' ? 0 : StaticTextId(text, std::strlen(text));
}
#if !EARSHOT_STATUS_TEXTS
inline int TextNumber(StaticText text) { return text.id(); }
#endif

// Reads in the order of the file. Once anything is not as it was asked for, error() tells what, and
// every later call does nothing and gives zeros.
class FieldReader {
 public:
  explicit FieldReader(const char* name);

  // Null: everything was read as asked. Else static text.
  const char* error() const { return error_; }
  // Whether no field follows; also after an error, so that loops end.
  bool AtEnd() const { return error_ != nullptr || next_ >= file_.size(); }

  // The next field as a number or another value of its size.
  template <typename T>
  T Value() {
    T value{};
    Array(Span<T>(&value, 1));
    return value;
  }
  // The next field, which has as many bytes as `values`.
  template <typename T>
  void Array(Span<T> values) {
    static_assert(std::is_trivially_copyable_v<T>);
    void* bytes = values.data();
    Exactly(Span<uint8_t>(static_cast<uint8_t*>(bytes), values.size() * sizeof(T)));
  }
  // The next field as a text that ends with a zero, in `room`.
  const char* Text(Span<char> room);
  // The next field at the beginning of `room`, which it must fit.
  Span<uint8_t> Bytes(Span<uint8_t> room);
  // Whether the next field holds the same bytes as `values`.
  template <typename T>
  bool Equals(Span<T> values) {
    const void* bytes = values.data();
    return EqualsBytes({static_cast<const uint8_t*>(bytes), values.size() * sizeof(T)});
  }

  // Begins the next field and returns its size; Some() then reads it.
  size_t Begin();
  // The next bytes of the field that Begin() began.
  void Some(Span<uint8_t> bytes);
  // The size of the next field, which remains the next.
  size_t PeekSize();

  // Where the next field begins, and back to there.
  size_t position() const { return next_; }
  void Rewind(size_t position);
  void Skip(size_t fields);

 private:
  void Exactly(Span<uint8_t> bytes);
  bool EqualsBytes(Span<const uint8_t> bytes);

  TestFile file_;
  size_t next_ = 0;  // Where the next field begins.
  size_t left_ = 0;  // Of the field that is being read.
  const char* error_ = nullptr;
};

}  // namespace earshot::test
