// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RecordingMicroAllocator: a MicroAllocator that says what the arena holds.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tensorflow/lite/micro/micro_allocator.h"

namespace tflite {

class RecordingMicroAllocator : public MicroAllocator {
 public:
  // Null: the arena is null or too small.
  static RecordingMicroAllocator* Create(uint8_t* tensor_arena, size_t arena_size);

  // Three lines through MicroPrintf(): all bytes, those that last, and those that are shared.
  void PrintAllocations() const;

 private:
  RecordingMicroAllocator(size_t size, size_t lost) : MicroAllocator(size, lost) {}
};

}  // namespace tflite
