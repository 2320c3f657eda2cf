// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MicroResourceVariables: what TensorFlow Lite Micro wants of models with resource variables. In
// Earshot the interpreter has them in the arena anyway; so this only counts.
#pragma once

#include "tensorflow/lite/micro/micro_allocator.h"

namespace tflite {

class MicroResourceVariables {
 public:
  // In the allocator's arena. Null: that is null or full.
  static MicroResourceVariables* Create(MicroAllocator* allocator, int count);

  int count() const { return count_; }

 private:
  explicit MicroResourceVariables(int count) : count_(count) {}

  int count_;
};

}  // namespace tflite
