// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RSQRT on int8: 1 / sqrt(x), element by element. That of float32 is in elementwise.h.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: 127 where the input is 0 or less.
constexpr KernelKey kRsqrtInt8Key(BuiltinOperator::RSQRT, TensorType::INT8);

// Bits that results have beyond steps of the output, before they are scaled.
constexpr int32_t kRsqrtShift = 20;

struct RsqrtInt8 {
  int32_t count;
  int32_t input_zero_point;
  QuantizedMultiplier multiplier;  // 1 / (sqrt(input scale) * output scale * 2^kRsqrtShift).
  IntegerOutput output;
};

// Checks the operator and leaves an RsqrtInt8 as its data.
//
// kInvalidModel: shapes differ, missing quantization. kUnsupported: another type of output, scales
//   beyond all use.
Verdict PrepareRsqrtInt8(PrepareContext& context);

}  // namespace earshot
