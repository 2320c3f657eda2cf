// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/micro_resource_variable.h"

#include <new>

namespace tflite {

MicroResourceVariables* MicroResourceVariables::Create(MicroAllocator* allocator, int count) {
  if (allocator == nullptr) return nullptr;
  void* const memory = allocator->AllocatePersistentBuffer(sizeof(MicroResourceVariables));
  return memory == nullptr ? nullptr : new (memory) MicroResourceVariables(count);
}

}  // namespace tflite
