// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CONV_2D: each output channel is a filter over all input channels of a window.
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/convolution.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: no groups; int8 weights; no zero points.
constexpr KernelKey kConv2DInt16Key(BuiltinOperator::CONV_2D, TensorType::INT16, TensorType::INT8);
// Limits: no groups; at most 65,793 products per output.
constexpr KernelKey kConv2DInt8Key(BuiltinOperator::CONV_2D, TensorType::INT8, TensorType::INT8);
// Limits: as with int8 weights; constant weights.
constexpr KernelKey kConv2DInt4WeightsKey(BuiltinOperator::CONV_2D, TensorType::INT8,
                                          TensorType::INT4);
// Limits: no groups; one weight scale, any zero point; at most 33,025 products per output.
constexpr KernelKey kConv2DUint8Key(BuiltinOperator::CONV_2D, TensorType::UINT8, TensorType::UINT8);
// Limits: no groups.
constexpr KernelKey kConv2DFloat32Key(BuiltinOperator::CONV_2D, TensorType::FLOAT32,
                                      TensorType::FLOAT32);
// Limits: no groups; at most 65,793 products per output.
constexpr KernelKey kConv2DHybridKey(BuiltinOperator::CONV_2D, TensorType::FLOAT32,
                                     TensorType::INT8);

// Check the operator and leave a ConvolutionInteger, ConvolutionUint8, ConvolutionFloat32 or
// ConvolutionHybrid as its
// data. A hybrid image gets a zero point where there are several weight scales.
//
// kInvalidModel: tensors, their shapes or the options contradict each other or are missing.
// kUnsupported: other types, weights with a zero point, grouped
//   convolutions, an activation function other than NONE and the RELUs, or numbers beyond all use.
Verdict PrepareConv2DInt8(PrepareContext& context);
Verdict PrepareConv2DInt16(PrepareContext& context);
Verdict PrepareConv2DInt4Weights(PrepareContext& context);
Verdict PrepareConv2DUint8(PrepareContext& context);
Verdict PrepareConv2DFloat32(PrepareContext& context);
Verdict PrepareConv2DHybrid(PrepareContext& context);

}  // namespace earshot
