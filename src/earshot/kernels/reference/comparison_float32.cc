// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/comparison.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Of all six: the data says which.
void InvokeComparisonFloat32(const InvokeContext& context) {
  InvokeComparison<float>(context, [](float element) { return element; });
}

}  // namespace

const Kernel kEqualFloat32 = {kEqualFloat32Key, PrepareComparison, InvokeComparisonFloat32};
const Kernel kGreaterFloat32 = {kGreaterFloat32Key, PrepareComparison, InvokeComparisonFloat32};
const Kernel kGreaterEqualFloat32 = {kGreaterEqualFloat32Key, PrepareComparison,
                                     InvokeComparisonFloat32};
const Kernel kLessFloat32 = {kLessFloat32Key, PrepareComparison, InvokeComparisonFloat32};
const Kernel kLessEqualFloat32 = {kLessEqualFloat32Key, PrepareComparison, InvokeComparisonFloat32};
const Kernel kNotEqualFloat32 = {kNotEqualFloat32Key, PrepareComparison, InvokeComparisonFloat32};

}  // namespace earshot::reference
