// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FlexbufferMap: numbers by name, in the form in which custom operators have their options.
//
// Source of the layout: the FlatBuffers project, "FlexBuffers".
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot {

class FlexbufferMap {
 public:
  // `bytes` stay with the caller. They may hold anything: nothing outside of them is read.
  explicit FlexbufferMap(Span<const uint8_t> bytes);

  // The whole number, or the truth as 0 or 1, that `name` stands for. False: the bytes are no map,
  // or there is no such number in it that an int32_t can hold.
  bool Find(const char* name, int32_t* value) const;

  // The number that `name` stands for, whole or not, as the nearest float. False: there is none.
  bool FindReal(const char* name, float* value) const;

  // Whether `name` stands for anything, be it no number.
  bool Has(const char* name) const;

 private:
  // A number as it lies in the bytes.
  struct Place {
    size_t at;
    size_t width;
    uint8_t kind;
  };

  // The little-endian number of `width` bytes at `at`; false: it lies outside.
  bool Read(size_t at, size_t width, uint64_t* number) const;
  // Where the offset at `at` points to.
  bool Follow(size_t at, size_t width, size_t* target) const;
  bool IsName(size_t key, const char* name) const;
  // Which pair has that name; count_: none.
  size_t IndexOf(const char* name) const;
  // Where the number of that name lies; false: there is no number.
  bool Locate(const char* name, Place* place) const;

  Span<const uint8_t> bytes_;
  size_t count_ = 0;  // Of pairs; 0 as well where the bytes are no map.
  size_t values_ = 0;
  size_t width_ = 0;  // Of a value.
  size_t keys_ = 0;
  size_t key_width_ = 0;
};

}  // namespace earshot
