// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/comparison.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Of all six: the data says which.
void InvokeComparisonInt32(const InvokeContext& context) {
  InvokeComparison<int32_t>(context, [](int32_t element) { return element; });
}

}  // namespace

const Kernel kEqualInt32 = {kEqualInt32Key, PrepareComparison, InvokeComparisonInt32};
const Kernel kGreaterInt32 = {kGreaterInt32Key, PrepareComparison, InvokeComparisonInt32};
const Kernel kGreaterEqualInt32 = {kGreaterEqualInt32Key, PrepareComparison, InvokeComparisonInt32};
const Kernel kLessInt32 = {kLessInt32Key, PrepareComparison, InvokeComparisonInt32};
const Kernel kLessEqualInt32 = {kLessEqualInt32Key, PrepareComparison, InvokeComparisonInt32};
const Kernel kNotEqualInt32 = {kNotEqualInt32Key, PrepareComparison, InvokeComparisonInt32};

}  // namespace earshot::reference
