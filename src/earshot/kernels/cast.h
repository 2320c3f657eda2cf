// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CAST: the same numbers as another type, whatever their quantization.
//
//   input 0: any shape
//   output:  the same shape
//
// To bool: whether it is not 0. From float32 to integers: toward zero, numbers beyond the type
// become its nearest one, and what is no number becomes 0. From integers to narrower ones: the low
// bits.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: to the same eight types.
constexpr KernelKey kCastBoolKey(BuiltinOperator::CAST, TensorType::BOOL);
constexpr KernelKey kCastFloat32Key(BuiltinOperator::CAST, TensorType::FLOAT32);
constexpr KernelKey kCastInt16Key(BuiltinOperator::CAST, TensorType::INT16);
constexpr KernelKey kCastInt32Key(BuiltinOperator::CAST, TensorType::INT32);
constexpr KernelKey kCastInt64Key(BuiltinOperator::CAST, TensorType::INT64);
constexpr KernelKey kCastInt8Key(BuiltinOperator::CAST, TensorType::INT8);
constexpr KernelKey kCastUint32Key(BuiltinOperator::CAST, TensorType::UINT32);
constexpr KernelKey kCastUint8Key(BuiltinOperator::CAST, TensorType::UINT8);

struct Cast {
  int32_t count;
  int32_t output_type;  // A TensorType.
};

// Checks the operator and leaves a Cast as its data.
//
// kInvalidModel: shapes differ. kUnsupported: a type of output that is none of the eight.
Verdict PrepareCast(PrepareContext& context);

}  // namespace earshot
