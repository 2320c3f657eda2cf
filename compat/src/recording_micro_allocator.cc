// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/recording_micro_allocator.h"

#include <new>

#include "tensorflow/lite/micro/micro_log.h"

namespace tflite {

RecordingMicroAllocator* RecordingMicroAllocator::Create(uint8_t* tensor_arena, size_t arena_size) {
  static_assert(sizeof(RecordingMicroAllocator) == sizeof(MicroAllocator));
  MicroAllocator* const plain = MicroAllocator::Create(tensor_arena, arena_size);
  if (plain == nullptr) return nullptr;
  return new (plain) RecordingMicroAllocator(plain->size(), plain->lost_bytes());
}

void RecordingMicroAllocator::PrintAllocations() const {
  const auto number = [](size_t bytes) { return static_cast<unsigned long>(bytes); };
  MicroPrintf("arena: %lu bytes of %lu used", number(used_bytes()), number(lost_bytes() + size()));
  MicroPrintf("arena: %lu bytes last: operators, tensors, variables", number(persistent_bytes()));
  MicroPrintf("arena: %lu bytes are shared: activations, scratch buffers", number(shared_bytes()));
}

}  // namespace tflite
