// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/all_kernels.h"

#include <cstddef>

#include "earshot/kernels/kernels.h"

namespace earshot {
namespace {

struct NamedKernel {
  const Kernel* kernel;
  const char* name;
};

constexpr NamedKernel kNamedKernels[] = {
    {&kernels::kAddInt8, "kernels::kAddInt8"},
    {&kernels::kAssignVariable, "kernels::kAssignVariable"},
    {&kernels::kAveragePool2DFloat32, "kernels::kAveragePool2DFloat32"},
    {&kernels::kAveragePool2DInt8, "kernels::kAveragePool2DInt8"},
    {&kernels::kCallOnce, "kernels::kCallOnce"},
    {&kernels::kConcatenationInt8, "kernels::kConcatenationInt8"},
    {&kernels::kConv2DFloat32, "kernels::kConv2DFloat32"},
    {&kernels::kConv2DInt8, "kernels::kConv2DInt8"},
    {&kernels::kDepthwiseConv2DFloat32, "kernels::kDepthwiseConv2DFloat32"},
    {&kernels::kDepthwiseConv2DInt8, "kernels::kDepthwiseConv2DInt8"},
    {&kernels::kDequantizeInt8, "kernels::kDequantizeInt8"},
    {&kernels::kFullyConnectedFloat32, "kernels::kFullyConnectedFloat32"},
    {&kernels::kFullyConnectedInt8, "kernels::kFullyConnectedInt8"},
    {&kernels::kLogisticInt8, "kernels::kLogisticInt8"},
    {&kernels::kMaxPool2DInt8, "kernels::kMaxPool2DInt8"},
    {&kernels::kMeanInt8, "kernels::kMeanInt8"},
    {&kernels::kMulInt8, "kernels::kMulInt8"},
    {&kernels::kPadInt8, "kernels::kPadInt8"},
    {&kernels::kQuantizeFloat32, "kernels::kQuantizeFloat32"},
    {&kernels::kQuantizeInt8, "kernels::kQuantizeInt8"},
    {&kernels::kQuantizeUint8, "kernels::kQuantizeUint8"},
    {&kernels::kReadVariable, "kernels::kReadVariable"},
    {&kernels::kReshapeFloat32, "kernels::kReshapeFloat32"},
    {&kernels::kReshapeInt8, "kernels::kReshapeInt8"},
    {&kernels::kSoftmaxFloat32, "kernels::kSoftmaxFloat32"},
    {&kernels::kSoftmaxInt8, "kernels::kSoftmaxInt8"},
    {&kernels::kSplitVInt8, "kernels::kSplitVInt8"},
    {&kernels::kStridedSliceInt8, "kernels::kStridedSliceInt8"},
    {&kernels::kVarHandle, "kernels::kVarHandle"},
};

constexpr size_t kKernelCount = sizeof(kNamedKernels) / sizeof(kNamedKernels[0]);

struct KernelList {
  const Kernel* kernels[kKernelCount];
};

constexpr KernelList ListKernels() {
  KernelList list = {};
  for (size_t i = 0; i < kKernelCount; ++i) list.kernels[i] = kNamedKernels[i].kernel;
  return list;
}

constexpr KernelList kAllKernels = ListKernels();
constexpr OperatorResolver kAllKernelsResolver(kAllKernels.kernels);

}  // namespace

Span<const Kernel* const> AllKernels() { return kAllKernels.kernels; }

const OperatorResolver& AllKernelsResolver() { return kAllKernelsResolver; }

const char* KernelSymbol(const Kernel& kernel) {
  for (const NamedKernel& named : kNamedKernels) {
    if (named.kernel == &kernel) return named.name;
  }
  return nullptr;
}

}  // namespace earshot
