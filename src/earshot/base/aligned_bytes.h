// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AlignedBytes: memory as models, arenas and spotters want it, from the heap. For programs and
// tests on hosts; the core itself has no heap and never includes this.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>

#include "earshot/base/span.h"

namespace earshot {

// Zeroed, aligned to 16 bytes, and exactly as long as asked for, so that sanitizers notice the
// first byte behind it. What nobody touches of a large block takes no memory on most systems.
class AlignedBytes {
 public:
  static constexpr size_t kAlignment = 16;

  AlignedBytes() = default;
  explicit AlignedBytes(size_t size) : size_(size), bytes_(Allocate(size)) {}
  // A copy of `content`.
  explicit AlignedBytes(Span<const uint8_t> content)
      : size_(content.size()), bytes_(Allocate(content.size())) {
    if (size_ != 0) std::memcpy(bytes_.get(), content.data(), size_);
  }

  Span<uint8_t> span() { return Span<uint8_t>(bytes_.get(), size_); }
  Span<const uint8_t> span() const { return Span<const uint8_t>(bytes_.get(), size_); }
  size_t size() const { return size_; }

 private:
  static_assert(alignof(std::max_align_t) >= kAlignment, "calloc aligns to max_align_t");
  static uint8_t* Allocate(size_t size) {
    void* bytes = std::calloc(size, 1);
    if (bytes == nullptr && size != 0) throw std::bad_alloc();
    return static_cast<uint8_t*>(bytes);
  }
  struct Free {
    void operator()(uint8_t* bytes) const { std::free(bytes); }
  };

  size_t size_ = 0;
  std::unique_ptr<uint8_t, Free> bytes_;
};

}  // namespace earshot
