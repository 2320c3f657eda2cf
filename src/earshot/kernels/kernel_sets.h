// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// On hosts, implementations are chosen when the program runs: a set has, for each kernel of
// kernel_list.inc, the implementation that is best with what its processor offers. All sets give
// the same bits.
//
// Firmware has no need of this: it lists kernels (earshot/kernels/kernels.h).
#pragma once

#include "earshot/base/span.h"
#include "earshot/runtime/operator_resolver.h"

namespace earshot {

struct KernelSet {
  const char* name;          // That of its folder: "reference", "portable", "avx2" ...
  bool (*is_available)();    // Whether the processor has what the set needs.
  OperatorResolver kernels;  // In the order of kernel_list.inc, as AllKernels() are.
};

// The sets of this build, slowest first: "reference", "portable", then those for this architecture.
Span<const KernelSet* const> KernelSets();

// The set of that name; null: this build has none, or this processor cannot run it.
const KernelSet* FindKernelSet(const char* name);

// The set of AllKernelsResolver(). Chosen by the first call, for good: the one that the environment
// variable EARSHOT_KERNELS names, or else the fastest available one. Any thread may call it.
const KernelSet& ChosenKernelSet();

// The name of the slowest set that has this kernel, which is that of the folder where it is; null:
// it is in none.
const char* ImplementationName(const Kernel& kernel);

// The environment variable. What it names in vain is ignored here: programs tell their users.
inline constexpr char kKernelSetVariable[] = "EARSHOT_KERNELS";

}  // namespace earshot
