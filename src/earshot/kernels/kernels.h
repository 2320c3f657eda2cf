// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The kernel that programs should use for each operator and type: the fastest that runs on every
// processor, and the reference kernel where there is no faster one. All of them give the same bits.
//
// Programs, and the lists that earshot-embed writes, name kernels by this namespace. A set for one
// kind of processor is another folder beside portable/, chosen here, and nothing else changes.
#pragma once

#include "earshot/kernels/portable/kernels.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::kernels {

using portable::kConv2DInt8;
using portable::kDepthwiseConv2DInt8;
using portable::kFullyConnectedInt8;
using reference::kAddInt8;
using reference::kAssignVariable;
using reference::kAveragePool2DFloat32;
using reference::kAveragePool2DInt8;
using reference::kCallOnce;
using reference::kConcatenationInt8;
using reference::kConv2DFloat32;
using reference::kDepthwiseConv2DFloat32;
using reference::kDequantizeInt8;
using reference::kFullyConnectedFloat32;
using reference::kLogisticInt8;
using reference::kMaxPool2DInt8;
using reference::kMeanInt8;
using reference::kMulInt8;
using reference::kPadInt8;
using reference::kQuantizeFloat32;
using reference::kQuantizeInt8;
using reference::kQuantizeUint8;
using reference::kReadVariable;
using reference::kReshapeFloat32;
using reference::kReshapeInt8;
using reference::kSoftmaxFloat32;
using reference::kSoftmaxInt8;
using reference::kSplitVInt8;
using reference::kStridedSliceInt8;
using reference::kVarHandle;

}  // namespace earshot::kernels
