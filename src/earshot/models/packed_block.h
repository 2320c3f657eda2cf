// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The memory for an interpreter's packed weights. For hosts only.
#pragma once

#include "earshot/base/aligned_bytes.h"
#include "earshot/models/enough_memory.h"
#include "earshot/runtime/interpreter.h"
#include "earshot/runtime/packed_weights.h"

namespace earshot {

// Kept as long as the interpreter, or what that was moved to, runs.
class PackedBlock {
 public:
  PackedBlock() = default;  // Of nothing.

  // Packs the weights, unless that takes more than MaxMemory(): then the interpreter goes without.
  // Precondition: AllocateTensors() has succeeded.
  explicit PackedBlock(Interpreter* interpreter) {
    const size_t bytes = PackedBytes(*interpreter);
    if (bytes > MaxMemory()) return;
    memory_ = AlignedBytes(bytes);
    static_cast<void>(PackWeights(memory_.span(), interpreter));  // There is nothing to go wrong.
  }

 private:
  AlignedBytes memory_;
};

}  // namespace earshot
