// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// MINIMUM: the smaller one of two elements, with broadcasting.
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/broadcast.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: broadcasting over up to 4 axes.
constexpr KernelKey kMinimumInt32Key(BuiltinOperator::MINIMUM, TensorType::INT32);
constexpr KernelKey kMinimumInt64Key(BuiltinOperator::MINIMUM, TensorType::INT64);
constexpr KernelKey kMinimumFloat32Key(BuiltinOperator::MINIMUM, TensorType::FLOAT32);
// Limits: broadcasting over up to 4 axes; same quantization in and out.
constexpr KernelKey kMinimumInt16Key(BuiltinOperator::MINIMUM, TensorType::INT16);
constexpr KernelKey kMinimumInt8Key(BuiltinOperator::MINIMUM, TensorType::INT8);

// The prepare functions are PrepareBroadcastFloat32() and those of the other types
// (earshot/kernels/broadcast.h).

}  // namespace earshot
