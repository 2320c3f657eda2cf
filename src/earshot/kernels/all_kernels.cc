// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/all_kernels.h"

#include <cstddef>

#include "earshot/kernels/kernels.h"

namespace earshot {
namespace {

constexpr const Kernel* kAllKernels[] = {
#define EARSHOT_KERNEL(name) &kernels::k##name,
#include "earshot/kernels/kernel_list.inc"
};

constexpr const char* kSymbols[] = {
#define EARSHOT_KERNEL(name) "kernels::k" #name,
#include "earshot/kernels/kernel_list.inc"
};

constexpr OperatorResolver kResolver(kAllKernels);

}  // namespace

Span<const Kernel* const> AllKernels() { return kAllKernels; }

const OperatorResolver& DeviceKernelsResolver() { return kResolver; }

const char* KernelSymbol(const Kernel& kernel) {
  for (size_t i = 0; i < AllKernels().size(); ++i) {
    if (kAllKernels[i] == &kernel) return kSymbols[i];
  }
  return nullptr;
}

}  // namespace earshot
