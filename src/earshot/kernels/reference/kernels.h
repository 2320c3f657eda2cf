// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The reference kernels: each reads like its formula, runs everywhere, and defines what a faster
// one has to equal, int8 bit for bit. Results are those of TensorFlow Lite Micro's reference
// kernels; float32 sums run in the order of the filter, without fused multiply-add.
//
// Limits and errors of each: the header of its operator in kernels/.
#pragma once

#include "earshot/runtime/kernel.h"

namespace earshot::reference {

extern const Kernel kAddInt8;
extern const Kernel kAssignVariable;
extern const Kernel kAveragePool2DFloat32;
extern const Kernel kAveragePool2DInt8;
extern const Kernel kCallOnce;
extern const Kernel kConcatenationInt8;
extern const Kernel kConv2DFloat32;
extern const Kernel kConv2DInt8;
extern const Kernel kDepthwiseConv2DFloat32;
extern const Kernel kDepthwiseConv2DInt8;
extern const Kernel kDequantizeInt8;
extern const Kernel kFullyConnectedFloat32;
extern const Kernel kFullyConnectedInt8;
extern const Kernel kLogisticInt8;
extern const Kernel kMaxPool2DInt8;
extern const Kernel kMeanInt8;
extern const Kernel kMulInt8;
extern const Kernel kPadInt8;
extern const Kernel kQuantizeFloat32;
extern const Kernel kQuantizeInt8;
extern const Kernel kQuantizeUint8;
extern const Kernel kReadVariable;
extern const Kernel kReshapeFloat32;
extern const Kernel kReshapeInt8;
extern const Kernel kSoftmaxFloat32;
extern const Kernel kSoftmaxInt8;
extern const Kernel kSplitVInt8;
extern const Kernel kStridedSliceInt8;
extern const Kernel kVarHandle;

}  // namespace earshot::reference
