// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "kernels/all_kernels.h"

#include <cstddef>

#include "kernels/reference/kernels.h"

namespace earshot {
namespace {

struct NamedKernel {
  const Kernel* kernel;
  const char* name;
};

constexpr NamedKernel kNamedKernels[] = {
    {&reference::kAddInt8, "reference::kAddInt8"},
    {&reference::kAveragePool2DFloat32, "reference::kAveragePool2DFloat32"},
    {&reference::kAveragePool2DInt8, "reference::kAveragePool2DInt8"},
    {&reference::kConv2DFloat32, "reference::kConv2DFloat32"},
    {&reference::kConv2DInt8, "reference::kConv2DInt8"},
    {&reference::kDepthwiseConv2DFloat32, "reference::kDepthwiseConv2DFloat32"},
    {&reference::kDepthwiseConv2DInt8, "reference::kDepthwiseConv2DInt8"},
    {&reference::kDequantizeInt8, "reference::kDequantizeInt8"},
    {&reference::kFullyConnectedFloat32, "reference::kFullyConnectedFloat32"},
    {&reference::kFullyConnectedInt8, "reference::kFullyConnectedInt8"},
    {&reference::kLogisticInt8, "reference::kLogisticInt8"},
    {&reference::kMaxPool2DInt8, "reference::kMaxPool2DInt8"},
    {&reference::kMeanInt8, "reference::kMeanInt8"},
    {&reference::kMulInt8, "reference::kMulInt8"},
    {&reference::kPadInt8, "reference::kPadInt8"},
    {&reference::kQuantizeFloat32, "reference::kQuantizeFloat32"},
    {&reference::kQuantizeInt8, "reference::kQuantizeInt8"},
    {&reference::kQuantizeUint8, "reference::kQuantizeUint8"},
    {&reference::kReshapeFloat32, "reference::kReshapeFloat32"},
    {&reference::kReshapeInt8, "reference::kReshapeInt8"},
    {&reference::kSoftmaxFloat32, "reference::kSoftmaxFloat32"},
    {&reference::kSoftmaxInt8, "reference::kSoftmaxInt8"},
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
