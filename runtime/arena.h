// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Arena: the caller's one piece of memory, handed out from the front, by offset.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/span.h"

namespace earshot {

// Where an arena must begin, and the alignment of every activation in it.
constexpr size_t kArenaAlignment = 16;

// The next multiple of `alignment`, a power of two.
constexpr uint64_t AlignUp(uint64_t value, uint64_t alignment) {
  return (value + alignment - 1) & ~(alignment - 1);
}

// Goes on counting when the memory is used up, so that whoever allocates learns how much all of it
// would have taken. Precondition: the memory begins at a multiple of kArenaAlignment.
class Arena {
 public:
  explicit Arena(Span<uint8_t> memory) : memory_(memory) {}

  // `count` zeroed T, and where they begin. Once anything did not fit, every span is empty.
  template <typename T>
  Span<T> Allocate(size_t count, uint32_t* offset) {
    const uint64_t begin = AlignUp(used_, alignof(T));
    used_ = begin + static_cast<uint64_t>(count) * sizeof(T);
    *offset = static_cast<uint32_t>(begin);
    if (!fits()) return {};
    void* place = memory_.data() + begin;
    T* elements = static_cast<T*>(place);
    for (size_t i = 0; i < count; ++i) elements[i] = T{};
    return Span<T>(elements, count);
  }

  // All bytes that were asked for, whether they fitted or not.
  uint64_t used() const { return used_; }
  bool fits() const { return used_ <= memory_.size(); }

 private:
  Span<uint8_t> memory_;
  uint64_t used_ = 0;
};

}  // namespace earshot
