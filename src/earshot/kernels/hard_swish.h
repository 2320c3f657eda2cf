// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// HARD_SWISH of int8: x * relu6(x + 3) / 6. That of float32: earshot/kernels/elementwise.h.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: the output's scale is at least 1/128 and at most 256 times the input's.
constexpr KernelKey kHardSwishInt8Key(BuiltinOperator::HARD_SWISH, TensorType::INT8);

// A positive real number as multiplier * 2^(exponent - 15), the multiplier having 15 bits.
struct ShortMultiplier {
  int32_t multiplier;
  int32_t exponent;
};

struct HardSwishInt8 {
  int32_t count;
  int32_t input_zero_point;
  int32_t output_zero_point;
  // Both from 1/128 of a step of the input: to steps of the output (exponent <= 0), and to x / 3 in
  // Q0.15.
  ShortMultiplier to_output;
  ShortMultiplier to_third;
};

// Checks the operator and leaves a HardSwishInt8 as its data.
//
// kInvalidModel: shapes differ, missing quantization. kUnsupported: another type of output, or
//   scales beyond the limits above or beyond all use.
Verdict PrepareHardSwishInt8(PrepareContext& context);

}  // namespace earshot
