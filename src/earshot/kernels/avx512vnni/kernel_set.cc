// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/avx512vnni/kernels.h"
#include "earshot/kernels/kernel_sets.h"

namespace earshot::avx512vnni {
namespace {

bool IsAvailable() {
  return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512bw") != 0 &&
         __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
         __builtin_cpu_supports("avx512vnni") != 0;
}

constexpr const Kernel* kKernels[] = {
#define EARSHOT_KERNEL(name) &avx512vnni::k##name,
#include "earshot/kernels/kernel_list.inc"
};

}  // namespace

extern const KernelSet kKernelSet = {"avx512vnni", IsAvailable, OperatorResolver(kKernels)};

}  // namespace earshot::avx512vnni
