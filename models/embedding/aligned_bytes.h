// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AlignedBytes: memory that begins where models and spotters must begin.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/span.h"
#include "runtime/arena.h"
#include "runtime/model.h"

namespace earshot {

class AlignedBytes {
 public:
  explicit AlignedBytes(size_t size) : blocks_((size + kAlignment - 1) / kAlignment), size_(size) {}

  Span<uint8_t> span() {
    void* begin = blocks_.data();
    return Span<uint8_t>(static_cast<uint8_t*>(begin), size_);
  }

 private:
  static constexpr size_t kAlignment = 16;
  static_assert(kAlignment % kModelAlignment == 0 && kAlignment % kArenaAlignment == 0);

  struct alignas(kAlignment) Block {
    uint8_t bytes[kAlignment];
  };
  std::vector<Block> blocks_;
  size_t size_;
};

}  // namespace earshot
