// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CIRCULAR_BUFFER, a custom operator of TFLM's streaming models: the last inputs in a row, the
// oldest first.
//
//   input:    int8 [1, 1, width, depth]
//   output 0: int8 [1, slots, width, depth]; what came before the first input is the zero point
//   output 1: bool, one; may be left out: whether this is a cycles_max-th input
//   options:  cycles_max: so many inputs make one that the operators behind have to know of
//
// Without output 1, Invoke() ends here until there are so many new inputs
// (Interpreter::has_new_outputs()).
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: one batch.
constexpr KernelKey kCircularBufferInt8Key = KernelKey::Custom("CIRCULAR_BUFFER", TensorType::INT8);

struct CircularBuffer {
  int32_t kept_bytes;  // Of all slots but the newest.
  int32_t slot_bytes;
  int32_t cycles_max;
  int32_t zero_point;
  int32_t tells;           // Whether there is output 1.
  uint32_t slots_offset;   // int8_t[kept_bytes + slot_bytes], kept from one invoke to the next.
  uint32_t cycles_offset;  // int32_t: inputs that are still to come, this one included.
};

// A model without cycles_max, or with one below 1, means what TFLM takes for it: 1 with 5, 13 or 25
// slots, or as a model's fifth such operator with [2, 96] in each; otherwise 2.
//
// kInvalidModel: shapes that do not fit together. kUnsupported: other types, several batches.
Verdict PrepareCircularBufferInt8(PrepareContext& context);

}  // namespace earshot
