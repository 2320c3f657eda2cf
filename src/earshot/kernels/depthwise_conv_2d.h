// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// DEPTHWISE_CONV_2D: each output channel is a filter over one input channel of a window.
#pragma once

#include "earshot/base/status.h"
#include "earshot/kernels/convolution.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: any depth multiplier and dilation; int8 weights; int64 bias; no zero points.
constexpr KernelKey kDepthwiseConv2DInt16Key(BuiltinOperator::DEPTHWISE_CONV_2D, TensorType::INT16,
                                             TensorType::INT8);
// Limits: any depth multiplier and dilation.
constexpr KernelKey kDepthwiseConv2DInt8Key(BuiltinOperator::DEPTHWISE_CONV_2D, TensorType::INT8,
                                            TensorType::INT8);
// Limits: any depth multiplier and dilation; constant weights.
constexpr KernelKey kDepthwiseConv2DInt4WeightsKey(BuiltinOperator::DEPTHWISE_CONV_2D,
                                                   TensorType::INT8, TensorType::INT4);
// Limits: any depth multiplier and dilation; one weight scale, any zero point.
constexpr KernelKey kDepthwiseConv2DUint8Key(BuiltinOperator::DEPTHWISE_CONV_2D, TensorType::UINT8,
                                             TensorType::UINT8);
// Limits: any depth multiplier and dilation.
constexpr KernelKey kDepthwiseConv2DFloat32Key(BuiltinOperator::DEPTHWISE_CONV_2D,
                                               TensorType::FLOAT32, TensorType::FLOAT32);
constexpr KernelKey kDepthwiseConv2DHybridKey(BuiltinOperator::DEPTHWISE_CONV_2D,
                                              TensorType::FLOAT32, TensorType::INT8);

// Check the operator and leave a ConvolutionInteger, ConvolutionUint8, ConvolutionFloat32 or
// ConvolutionHybrid as its
// data. Output channel c looks at input channel c / depth_multiplier. A hybrid image gets a zero
// point.
//
// kInvalidModel and kUnsupported: as for CONV_2D (earshot/kernels/conv_2d.h).
Verdict PrepareDepthwiseConv2DInt8(PrepareContext& context);
Verdict PrepareDepthwiseConv2DInt16(PrepareContext& context);
Verdict PrepareDepthwiseConv2DInt4Weights(PrepareContext& context);
Verdict PrepareDepthwiseConv2DUint8(PrepareContext& context);
Verdict PrepareDepthwiseConv2DFloat32(PrepareContext& context);
Verdict PrepareDepthwiseConv2DHybrid(PrepareContext& context);

}  // namespace earshot
