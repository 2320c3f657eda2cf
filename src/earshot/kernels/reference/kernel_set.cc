// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/kernel_sets.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

bool IsAvailable() { return true; }

constexpr const Kernel* kKernels[] = {
#define EARSHOT_KERNEL(name) &reference::k##name,
#include "earshot/kernels/kernel_list.inc"
};

}  // namespace

extern const KernelSet kKernelSet = {"reference", IsAvailable, OperatorResolver(kKernels)};

}  // namespace earshot::reference
