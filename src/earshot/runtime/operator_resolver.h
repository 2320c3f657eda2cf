// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// OperatorResolver: finds the kernel for an operator among those that were registered.
#pragma once

#include <cstddef>

#include "earshot/base/span.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Registering is listing: a constant array of kernels in read-only memory. What is not listed is
// not linked.
//
//   constexpr const Kernel* kKernels[] = {&kernels::kConv2DInt8, &kernels::kSoftmaxInt8};
//   constexpr OperatorResolver kResolver(kKernels);
class OperatorResolver {
 public:
  constexpr OperatorResolver() = default;
  // The array outlives the resolver and all that was made with it.
  constexpr explicit OperatorResolver(Span<const Kernel* const> kernels) : kernels_(kernels) {}

  // What Find() answers in place of an index: so an error can tell "other types" from "not at all".
  static constexpr int kNotAtAll = -1;
  static constexpr int kOtherTypesOnly = -2;

  // Index of the first kernel whose key fits an operator; negative: there is none. A key that names
  // a type wants a tensor of that type at its place.
  int Find(const OperatorView& op) const;

  const Kernel& kernel(size_t index) const { return *kernels_[index]; }
  size_t size() const { return kernels_.size(); }

 private:
  Span<const Kernel* const> kernels_;
};

}  // namespace earshot
