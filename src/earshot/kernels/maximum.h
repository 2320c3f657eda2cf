// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MAXIMUM: the larger one of two elements, with broadcasting.
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/broadcast.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kMaximumInt32Key(BuiltinOperator::MAXIMUM, TensorType::INT32);
constexpr KernelKey kMaximumInt64Key(BuiltinOperator::MAXIMUM, TensorType::INT64);
constexpr KernelKey kMaximumFloat32Key(BuiltinOperator::MAXIMUM, TensorType::FLOAT32);
// Limits: broadcasting over up to 4 axes; same quantization in and out.
constexpr KernelKey kMaximumInt16Key(BuiltinOperator::MAXIMUM, TensorType::INT16);
constexpr KernelKey kMaximumInt8Key(BuiltinOperator::MAXIMUM, TensorType::INT8);

// The prepare functions are PrepareBroadcastFloat32() and those of the other types
// (earshot/kernels/broadcast.h).

}  // namespace earshot
