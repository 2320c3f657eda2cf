// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AVERAGE_POOL_2D, L2_POOL_2D and MAX_POOL_2D: one number for each channel of a window, its mean,
// the root of the mean of its squares, or the largest.
//
//   input 0: image [batches, height, width, channels]
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/filter_window.h"
#include "earshot/kernels/quantization.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kAveragePool2DFloat32Key(BuiltinOperator::AVERAGE_POOL_2D, TensorType::FLOAT32);
constexpr KernelKey kL2Pool2DFloat32Key(BuiltinOperator::L2_POOL_2D, TensorType::FLOAT32);
constexpr KernelKey kMaxPool2DFloat32Key(BuiltinOperator::MAX_POOL_2D, TensorType::FLOAT32);

// Limits: same quantization in and out.
constexpr KernelKey kAveragePool2DInt16Key(BuiltinOperator::AVERAGE_POOL_2D, TensorType::INT16);
constexpr KernelKey kAveragePool2DInt8Key(BuiltinOperator::AVERAGE_POOL_2D, TensorType::INT8);
constexpr KernelKey kAveragePool2DUint8Key(BuiltinOperator::AVERAGE_POOL_2D, TensorType::UINT8);
constexpr KernelKey kMaxPool2DInt16Key(BuiltinOperator::MAX_POOL_2D, TensorType::INT16);
constexpr KernelKey kMaxPool2DInt8Key(BuiltinOperator::MAX_POOL_2D, TensorType::INT8);
constexpr KernelKey kMaxPool2DUint8Key(BuiltinOperator::MAX_POOL_2D, TensorType::UINT8);

struct Pool2DShape {
  FilterWindow window;
  int32_t batches;
  int32_t channels;
};

struct Pool2DInteger {
  Pool2DShape shape;
  IntegerOutput output;
};

struct Pool2DFloat32 {
  Pool2DShape shape;
  FloatRange output;
};

// Check the operator and leave a Pool2DInteger or Pool2DFloat32 as its data.
//
// kInvalidModel: tensors, their shapes or the options contradict each other or are missing.
// kUnsupported: another output type than the input's, an integer output that is quantized unlike
// the input, an activation function other than NONE and the RELUs, or numbers beyond all use.
Verdict PreparePool2DInt8(PrepareContext& context);
Verdict PreparePool2DInt16(PrepareContext& context);
Verdict PreparePool2DUint8(PrepareContext& context);
Verdict PreparePool2DFloat32(PrepareContext& context);

}  // namespace earshot
