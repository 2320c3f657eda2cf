// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// TRANSPOSE_CONV: each pixel of the input adds a filter, times its value, to a window of the
// output. It is what CONV_2D is to its input, the other way round.
//
//   input 0: int32, the shape of the output; it is not looked at, since the output has one
//   input 1: filter [output_channels, height, width, input_channels] (int8 where the image is
//   int16) input 2: image [batches, height, width, input_channels] input 3: optional bias, one per
//   output channel (int32 where the image is int8, int64 for int16)
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/kernels/convolution.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

constexpr KernelKey kTransposeConvFloat32Key =
    KernelKey(BuiltinOperator::TRANSPOSE_CONV, TensorType::FLOAT32).WithInputs(2, 1);
// Limits: at most 65,793 products per output; the activation function is left out, as in TFLM.
constexpr KernelKey kTransposeConvInt8Key =
    KernelKey(BuiltinOperator::TRANSPOSE_CONV, TensorType::INT8).WithInputs(2, 1);
// Limits: int8 weights; no zero points; the activation function is left out, as in TFLM.
constexpr KernelKey kTransposeConvInt16Key =
    KernelKey(BuiltinOperator::TRANSPOSE_CONV, TensorType::INT16).WithInputs(2, 1);

constexpr size_t kTransposeConvFilter = 1;
constexpr size_t kTransposeConvImage = 2;
constexpr size_t kTransposeConvBias = 3;

// Check the operator and leave a ConvolutionFloat32 or ConvolutionInteger as its data. Its window
// is that of the CONV_2D which makes the image of the output: `input` of an axis is the output's
// extent here, `output` the image's.
//
// kInvalidModel: tensors, their shapes or the options contradict each other or are missing.
// kUnsupported: other types, weights with a zero point, a float32 activation
//   function other than the RELUs, or numbers beyond all use.
Verdict PrepareTransposeConvFloat32(PrepareContext& context);
Verdict PrepareTransposeConvInt8(PrepareContext& context);
Verdict PrepareTransposeConvInt16(PrepareContext& context);

}  // namespace earshot
