// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Memory as models and arenas want it: aligned to 16 bytes, and exactly as long as asked for, so
// that sanitizers notice the first byte behind it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <new>
#include <vector>

#include "base/span.h"

namespace earshot::test {

class AlignedBytes {
 public:
  explicit AlignedBytes(size_t size)
      : size_(size), bytes_(static_cast<uint8_t*>(::operator new(size, kAlignment))) {
    std::memset(bytes_.get(), 0, size);
  }
  explicit AlignedBytes(const std::vector<uint8_t>& content) : AlignedBytes(content.size()) {
    if (size_ != 0) std::memcpy(bytes_.get(), content.data(), size_);
  }

  Span<uint8_t> span() { return Span<uint8_t>(bytes_.get(), size_); }
  Span<const uint8_t> span() const { return Span<const uint8_t>(bytes_.get(), size_); }
  size_t size() const { return size_; }

 private:
  static constexpr std::align_val_t kAlignment{16};
  struct Free {
    void operator()(uint8_t* bytes) const { ::operator delete(bytes, kAlignment); }
  };

  size_t size_;
  std::unique_ptr<uint8_t, Free> bytes_;
};

}  // namespace earshot::test
