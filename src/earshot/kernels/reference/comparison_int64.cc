// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/comparison.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Of all six: the data says which.
void InvokeComparisonInt64(const InvokeContext& context) {
  InvokeComparison<schema::Int64>(context, ValueOf);
}

}  // namespace

const Kernel kEqualInt64 = {kEqualInt64Key, PrepareComparison, InvokeComparisonInt64};
const Kernel kGreaterInt64 = {kGreaterInt64Key, PrepareComparison, InvokeComparisonInt64};
const Kernel kGreaterEqualInt64 = {kGreaterEqualInt64Key, PrepareComparison, InvokeComparisonInt64};
const Kernel kLessInt64 = {kLessInt64Key, PrepareComparison, InvokeComparisonInt64};
const Kernel kLessEqualInt64 = {kLessEqualInt64Key, PrepareComparison, InvokeComparisonInt64};
const Kernel kNotEqualInt64 = {kNotEqualInt64Key, PrepareComparison, InvokeComparisonInt64};

}  // namespace earshot::reference
