// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Input: bytes that come once, with a look ahead.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <vector>

#include "earshot/base/span.h"

namespace earshot::host {

// Fills the bytes and returns how many there were, fewer only at the end.
using ByteReader = std::function<size_t(Span<uint8_t>)>;

// A reader that can take back what it has given.
class Input {
 public:
  explicit Input(const ByteReader& read) : read_(read) {}

  std::vector<uint8_t> Take(size_t size) {
    std::vector<uint8_t> bytes(size);
    const size_t held = std::min(size, held_.size());
    std::copy_n(held_.begin(), held, bytes.begin());
    held_.erase(held_.begin(), held_.begin() + static_cast<ptrdiff_t>(held));
    bytes.resize(held + (held < size ? read_(Span<uint8_t>(bytes).subspan(held)) : 0));
    taken_ += bytes.size();
    return bytes;
  }

  // The next bytes, which stay.
  std::vector<uint8_t> Peek(size_t size) {
    std::vector<uint8_t> bytes = Take(size);
    taken_ -= bytes.size();
    held_.insert(held_.begin(), bytes.begin(), bytes.end());
    return bytes;
  }

  void Skip(uint64_t size) {
    while (size > 0) {
      const size_t taken = Take(static_cast<size_t>(std::min<uint64_t>(size, 1 << 16))).size();
      if (taken == 0) return;
      size -= taken;
    }
  }

  uint64_t taken() const { return taken_; }
  std::vector<uint8_t> held() const { return held_; }

 private:
  const ByteReader& read_;
  std::vector<uint8_t> held_;
  uint64_t taken_ = 0;
};

}  // namespace earshot::host
