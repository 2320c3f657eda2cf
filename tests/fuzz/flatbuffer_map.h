// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Where in a model file what lies: its flatbuffer as a list of places.
#pragma once

#include <cstdint>
#include <vector>

#include "earshot/base/span.h"

namespace earshot::test {

struct FilePlace {
  enum Kind : uint8_t {
    kScalar,           // A number of element_bytes, 1 or 4.
    kVector,           // The length of a vector of numbers (4 or 8 bytes each), which lie behind
                       // it; or of offsets to tables: then element_bytes is 0.
    kContent,          // The length of a vector of bytes.
    kReference,        // An offset to a table.
    kVectorReference,  // An offset to a vector of numbers or bytes of element_bytes.
    kVtableEntry,      // Where in a table a field is: 16 bits.
  };

  Kind kind;
  uint8_t element_bytes;
  uint16_t what;   // The same number: the same field, or the same kind of table.
  uint32_t at;     // In the file, in bytes.
  uint32_t count;  // Elements of a vector.
};

// All places that lie inside of `bytes`, of every table once, as far as offsets lead there; what is
// damaged is left out. A limited number of them. Empty: it is no flatbuffer.
std::vector<FilePlace> PlacesOf(Span<const uint8_t> bytes);

}  // namespace earshot::test
