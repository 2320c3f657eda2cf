// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx2/kernels.h"
#include "earshot/kernels/kernel_sets.h"

namespace earshot::avx2 {
namespace {

bool IsAvailable() { return __builtin_cpu_supports("avx2") != 0; }

constexpr const Kernel* kKernels[] = {
#define EARSHOT_KERNEL(name) &avx2::k##name,
#include "earshot/kernels/kernel_list.inc"
};

}  // namespace

extern const KernelSet kKernelSet = {"avx2", IsAvailable, OperatorResolver(kKernels)};

}  // namespace earshot::avx2
