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
constexpr KernelKey kDequantizeInt16Key(BuiltinOperator::DEQUANTIZE, TensorType::INT16);
constexpr KernelKey kDequantizeInt8Key(BuiltinOperator::DEQUANTIZE, TensorType::INT8);
constexpr KernelKey kDequantizeUint8Key(BuiltinOperator::DEQUANTIZE, TensorType::UINT8);

constexpr KernelKey kQuantizeFloat32ToInt16Key(BuiltinOperator::QUANTIZE, TensorType::FLOAT32,
                                               kAnyType, TensorType::INT16);
constexpr KernelKey kQuantizeFloat32ToInt8Key(BuiltinOperator::QUANTIZE, TensorType::FLOAT32,
                                              kAnyType, TensorType::INT8);
constexpr KernelKey kQuantizeFloat32ToUint8Key(BuiltinOperator::QUANTIZE, TensorType::FLOAT32,
                                               kAnyType, TensorType::UINT8);
constexpr KernelKey kQuantizeInt16ToInt16Key(BuiltinOperator::QUANTIZE, TensorType::INT16, kAnyType,
                                             TensorType::INT16);
constexpr KernelKey kQuantizeInt16ToInt32Key(BuiltinOperator::QUANTIZE, TensorType::INT16, kAnyType,
                                             TensorType::INT32);
constexpr KernelKey kQuantizeInt16ToInt8Key(BuiltinOperator::QUANTIZE, TensorType::INT16, kAnyType,
                                            TensorType::INT8);
constexpr KernelKey kQuantizeInt32ToInt16Key(BuiltinOperator::QUANTIZE, TensorType::INT32, kAnyType,
                                             TensorType::INT16);
constexpr KernelKey kQuantizeInt32ToInt8Key(BuiltinOperator::QUANTIZE, TensorType::INT32, kAnyType,
                                            TensorType::INT8);
constexpr KernelKey kQuantizeInt8ToInt16Key(BuiltinOperator::QUANTIZE, TensorType::INT8, kAnyType,
                                            TensorType::INT16);
constexpr KernelKey kQuantizeInt8ToInt32Key(BuiltinOperator::QUANTIZE, TensorType::INT8, kAnyType,
                                            TensorType::INT32);
constexpr KernelKey kQuantizeInt8ToInt8Key(BuiltinOperator::QUANTIZE, TensorType::INT8, kAnyType,
                                           TensorType::INT8);
constexpr KernelKey kQuantizeInt8ToUint8Key(BuiltinOperator::QUANTIZE, TensorType::INT8, kAnyType,
                                            TensorType::UINT8);
constexpr KernelKey kQuantizeUint8ToInt8Key(BuiltinOperator::QUANTIZE, TensorType::UINT8, kAnyType,
                                            TensorType::INT8);
constexpr KernelKey kQuantizeUint8ToUint8Key(BuiltinOperator::QUANTIZE, TensorType::UINT8, kAnyType,
                                             TensorType::UINT8);

// QUANTIZE from float32. DEQUANTIZE.
struct ScaleAndZeroPoint {
  int32_t count;
  float scale;
  int32_t zero_point;
};

// QUANTIZE from one integer to another.
struct Requantize {
  int32_t count;
  int32_t input_zero_point;
  QuantizedMultiplier multiplier;
  int32_t output_zero_point;
};

// Check the operator and leave the above as its data, for the types of any of their kernels.
//
// kInvalidModel: shapes differ, or the quantization is missing. kUnsupported: another output than
// float32 of DEQUANTIZE, or see MakeMultiplier().
Verdict PrepareQuantize(PrepareContext& context);
Verdict PrepareRequantize(PrepareContext& context);
Verdict PrepareDequantize(PrepareContext& context);

}  // namespace earshot
