// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SUM, REDUCE_MAX and REDUCE_MIN over some axes of a tensor (earshot/kernels/reduction.h, which
// also has their prepare functions).
#pragma once

#include "earshot/kernels/reduction.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: constant axes, up to 8 axes in all.
constexpr KernelKey kReduceMaxFloat32Key(BuiltinOperator::REDUCE_MAX, TensorType::FLOAT32);
constexpr KernelKey kReduceMinFloat32Key(BuiltinOperator::REDUCE_MIN, TensorType::FLOAT32);
constexpr KernelKey kSumFloat32Key(BuiltinOperator::SUM, TensorType::FLOAT32);
constexpr KernelKey kSumInt16Key(BuiltinOperator::SUM, TensorType::INT16);
constexpr KernelKey kSumInt8Key(BuiltinOperator::SUM, TensorType::INT8);
// Limits: constant axes, up to 8 axes in all; same quantization in and out.
constexpr KernelKey kReduceMaxInt8Key(BuiltinOperator::REDUCE_MAX, TensorType::INT8);
constexpr KernelKey kReduceMinInt8Key(BuiltinOperator::REDUCE_MIN, TensorType::INT8);

}  // namespace earshot
