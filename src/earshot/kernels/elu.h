// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ELU of int8: x, or e^x - 1 where that is negative. That of float32:
// earshot/kernels/elementwise.h.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kEluInt8Key(BuiltinOperator::ELU, TensorType::INT8);

struct EluInt8 {
  int32_t count;
  float input_scale;
  int32_t input_zero_point;
  float inverse_output_scale;
  int32_t output_zero_point;
};

// Checks the operator and leaves an EluInt8 as its data.
//
// kInvalidModel: shapes differ, missing quantization. kUnsupported: another type of output.
Verdict PrepareEluInt8(PrepareContext& context);

}  // namespace earshot
