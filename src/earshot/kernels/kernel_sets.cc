// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/kernel_sets.h"

#include <atomic>
#include <cstdlib>
#include <cstring>

#include "earshot/kernels/all_kernels.h"

namespace earshot {

// The sets for this architecture: the build knows which there are (CMakeLists.txt).
#define EARSHOT_KERNEL_SET(set)      \
  namespace set {                    \
  extern const KernelSet kKernelSet; \
  }
EARSHOT_KERNEL_SET(reference)
EARSHOT_KERNEL_SET(portable)
#include "earshot/kernels/processor_sets.inc"
#undef EARSHOT_KERNEL_SET

namespace {

constexpr const KernelSet* kSets[] = {
    &reference::kKernelSet,
    &portable::kKernelSet,
#define EARSHOT_KERNEL_SET(set) &set::kKernelSet,
#include "earshot/kernels/processor_sets.inc"
#undef EARSHOT_KERNEL_SET
};

const KernelSet& FastestKernelSet() {
  const KernelSet* fastest = kSets[0];
  for (const KernelSet* set : kSets) {
    if (set->is_available()) fastest = set;
  }
  return *fastest;
}

}  // namespace

Span<const KernelSet* const> KernelSets() { return kSets; }

const KernelSet* FindKernelSet(const char* name) {
  for (const KernelSet* set : kSets) {
    if (std::strcmp(set->name, name) == 0 && set->is_available()) return set;
  }
  return nullptr;
}

const KernelSet& ChosenKernelSet() {
  static std::atomic<const KernelSet*> chosen{nullptr};
  if (const KernelSet* set = chosen.load(); set != nullptr) return *set;
  const char* name = std::getenv(kKernelSetVariable);
  const KernelSet* set = name == nullptr ? nullptr : FindKernelSet(name);
  if (set == nullptr) set = &FastestKernelSet();
  // Of several first calls at the same time, one decides for all.
  const KernelSet* decided = nullptr;
  return chosen.compare_exchange_strong(decided, set) ? *set : *decided;
}

const char* ImplementationName(const Kernel& kernel) {
  for (const KernelSet* set : kSets) {
    for (size_t i = 0; i < set->kernels.size(); ++i) {
      if (&set->kernels.kernel(i) == &kernel) return set->name;
    }
  }
  return nullptr;
}

const OperatorResolver& AllKernelsResolver() { return ChosenKernelSet().kernels; }

}  // namespace earshot
