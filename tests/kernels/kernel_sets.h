// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The sets of kernels that have to give the same bits.
#pragma once

#include <string>

#include "earshot/kernels/all_kernels.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot::test {

// The reference kernel of each operator and type, and no other.
inline const OperatorResolver& ReferenceKernelsResolver() {
  static constexpr const Kernel* kKernels[] = {
      &reference::kAddInt8,
      &reference::kAssignVariable,
      &reference::kAveragePool2DFloat32,
      &reference::kAveragePool2DInt8,
      &reference::kCallOnce,
      &reference::kConcatenationInt8,
      &reference::kConv2DFloat32,
      &reference::kConv2DInt8,
      &reference::kDepthwiseConv2DFloat32,
      &reference::kDepthwiseConv2DInt8,
      &reference::kDequantizeInt8,
      &reference::kFullyConnectedFloat32,
      &reference::kFullyConnectedInt8,
      &reference::kLogisticInt8,
      &reference::kMaxPool2DInt8,
      &reference::kMeanInt8,
      &reference::kMulInt8,
      &reference::kPadInt8,
      &reference::kQuantizeFloat32,
      &reference::kQuantizeInt8,
      &reference::kQuantizeUint8,
      &reference::kReadVariable,
      &reference::kReshapeFloat32,
      &reference::kReshapeInt8,
      &reference::kSoftmaxFloat32,
      &reference::kSoftmaxInt8,
      &reference::kSplitVInt8,
      &reference::kStridedSliceInt8,
      &reference::kVarHandle,
  };
  static constexpr OperatorResolver kResolver{Span<const Kernel* const>(kKernels)};
  return kResolver;
}

// For parameterized tests.
struct KernelSet {
  const char* name;
  const OperatorResolver& (*resolver)();
};

inline constexpr KernelSet kKernelSets[] = {{"Chosen", AllKernelsResolver},
                                            {"Reference", ReferenceKernelsResolver}};

}  // namespace earshot::test
