// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/kernel_sets.h"
#include "earshot/kernels/portable/kernels.h"

namespace earshot::portable {
namespace {

bool IsAvailable() { return true; }

constexpr const Kernel* kKernels[] = {
#define EARSHOT_KERNEL(name) &portable::k##name,
#include "earshot/kernels/kernel_list.inc"
};

}  // namespace

extern const KernelSet kKernelSet = {"portable", IsAvailable, OperatorResolver(kKernels)};

}  // namespace earshot::portable
