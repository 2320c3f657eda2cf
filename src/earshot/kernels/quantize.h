// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// QUANTIZE and DEQUANTIZE: from real numbers to stored ones, from one quantization to another, and
// back to real numbers.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: to float32.
constexpr KernelKey kDequantizeInt8Key(BuiltinOperator::DEQUANTIZE, TensorType::INT8);
// Limits: to int8.
constexpr KernelKey kQuantizeFloat32Key(BuiltinOperator::QUANTIZE, TensorType::FLOAT32);
// Limits: to int8 or uint8.
constexpr KernelKey kQuantizeInt8Key(BuiltinOperator::QUANTIZE, TensorType::INT8);
constexpr KernelKey kQuantizeUint8Key(BuiltinOperator::QUANTIZE, TensorType::UINT8);

// QUANTIZE from float32 to int8. DEQUANTIZE from int8 to float32.
struct ScaleAndZeroPoint {
  int32_t count;
  float scale;
  int32_t zero_point;
};

// QUANTIZE from int8 or uint8 to int8 or uint8.
//
// An int8 is the uint8 of the same meaning less 128, so both types are seen as int8 here: a uint8
// has its top bit flipped on the way in or out, and its zero point lowered by 128.
struct Requantize {
  int32_t count;
  int32_t input_zero_point;  // As int8.
  QuantizedMultiplier multiplier;
  Int8Output output;   // As int8.
  uint8_t input_flip;  // 0x80 for uint8, else 0.
  uint8_t output_flip;
  uint8_t reserved[2];
};

// Check the operator and leave the above as its data.
//
// kInvalidModel: shapes differ, or the quantization is missing.
// kUnsupported: other types.
Verdict PrepareQuantizeFloat32(PrepareContext& context);
Verdict PrepareRequantize(PrepareContext& context);
Verdict PrepareDequantizeInt8(PrepareContext& context);

}  // namespace earshot
