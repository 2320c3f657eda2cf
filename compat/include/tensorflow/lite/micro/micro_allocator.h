// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MicroAllocator: one arena for any number of interpreters.
//
//   ├ allocator ┬ persistent of A ┬ persistent of B ┤   free   ├ shared: activations of A, or of B
//   ┤
//
// What must last lies in front, one interpreter's behind the other's; activations lie at the end,
// where all interpreters have theirs. So an inference overwrites the inputs and outputs of the
// others, as it does in TensorFlow Lite Micro.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace tflite {

class MicroAllocator {
 public:
  // Lies at the arena's beginning itself. Null: the arena is null, or has no room even for that.
  static MicroAllocator* Create(uint8_t* tensor_arena, size_t arena_size);

  MicroAllocator(const MicroAllocator&) = delete;
  MicroAllocator& operator=(const MicroAllocator&) = delete;

  // An arena of this many bytes is enough for all that is there now, if it begins at the same
  // remainder to MicroArenaBufferAlignment().
  size_t used_bytes() const;
  // Of them: what lasts, and what is shared.
  size_t persistent_bytes() const { return persistent_; }
  size_t shared_bytes() const { return shared_; }

  // Memory that lasts as long as the arena, at a multiple of 16, with all bytes zero. Null: there
  // is not enough.
  void* AllocatePersistentBuffer(size_t bytes);

  // The rest is for MicroInterpreter. Sizes are from the allocator's beginning, which is the first
  // multiple of 16 in the arena.

  // All behind what lasts, at a multiple of 16.
  earshot::Span<uint8_t> rest() const;
  size_t size() const { return size_; }
  size_t lost_bytes() const { return lost_; }
  // The first `persistent` bytes last from now on, and the last `shared` bytes are shared.
  // Precondition: neither is less than before, and both together fit.
  void Take(size_t persistent, size_t shared);
  // For a moment that many bytes were in use.
  void TakePeak(size_t bytes);

 protected:
  MicroAllocator(size_t size, size_t lost);

 private:
  uint8_t* begin() { return reinterpret_cast<uint8_t*>(this); }
  const uint8_t* begin() const { return reinterpret_cast<const uint8_t*>(this); }

  size_t size_;        // A multiple of 16.
  size_t lost_;        // In front of the allocator.
  size_t persistent_;  // The allocator included.
  size_t shared_ = 0;
  size_t peak_ = 0;
};

}  // namespace tflite
