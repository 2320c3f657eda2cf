// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Arena: the caller's one piece of memory, handed out from the front, by offset.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "earshot/base/span.h"

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
  explicit Arena(Span<uint8_t> memory) : memory_(Countable(memory)) {}

  // `count` T with all bytes zero, and where they begin. Once anything did not fit, every span is
  // empty.
  template <typename T>
  Span<T> Allocate(size_t count, uint32_t* offset) {
    static_assert(std::is_trivially_copyable_v<T>);
    void* elements = AllocateBytes(static_cast<uint64_t>(count) * sizeof(T), alignof(T), offset);
    return Span<T>(static_cast<T*>(elements), elements == nullptr ? 0 : count);
  }

  // As Allocate(), but nothing is written there, nor is it shown: room for later.
  void Reserve(uint64_t bytes, size_t alignment, uint32_t* offset);

  // Gives back all that was asked for since used() was `used`. Precondition: all fits.
  void Release(uint32_t used) { used_ = used; }

  // What lies at an offset that Allocate() gave; null once anything did not fit.
  template <typename T>
  const T* At(uint32_t offset) const {
    const void* place = fits() ? memory_.data() + offset : nullptr;
    return static_cast<const T*>(place);
  }

  // What nobody has asked for yet; empty once anything did not fit.
  Span<uint8_t> unused() const {
    return fits() ? memory_.subspan(static_cast<size_t>(used_)) : Span<uint8_t>();
  }

  // All bytes that were asked for, whether they fitted or not; UINT32_MAX: so many or more, of
  // which nothing fits any more.
  uint32_t used() const { return used_; }
  bool fits() const { return used_ <= memory_.size(); }

 private:
  // As much of it as used() can count: all, but on hosts.
  static Span<uint8_t> Countable(Span<uint8_t> memory) {
    if constexpr (sizeof(size_t) > sizeof(uint32_t)) {
      if (memory.size() > INT32_MAX) return memory.subspan(0, INT32_MAX);
    }
    return memory;
  }

  // Null where it did not fit.
  void* AllocateBytes(uint64_t bytes, size_t alignment, uint32_t* offset);

  Span<uint8_t> memory_;
  uint32_t used_ = 0;
};

}  // namespace earshot
