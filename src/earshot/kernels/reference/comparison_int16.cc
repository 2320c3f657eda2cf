// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/comparison.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Of all six: the data says which.
void InvokeComparisonInt16(const InvokeContext& context) {
  InvokeComparisonQuantized<int16_t>(context);
}

}  // namespace

const Kernel kEqualInt16 = {kEqualInt16Key, PrepareComparisonQuantized, InvokeComparisonInt16};
const Kernel kGreaterInt16 = {kGreaterInt16Key, PrepareComparisonQuantized, InvokeComparisonInt16};
const Kernel kGreaterEqualInt16 = {kGreaterEqualInt16Key, PrepareComparisonQuantized,
                                   InvokeComparisonInt16};
const Kernel kLessInt16 = {kLessInt16Key, PrepareComparisonQuantized, InvokeComparisonInt16};
const Kernel kLessEqualInt16 = {kLessEqualInt16Key, PrepareComparisonQuantized,
                                InvokeComparisonInt16};
const Kernel kNotEqualInt16 = {kNotEqualInt16Key, PrepareComparisonQuantized,
                               InvokeComparisonInt16};

}  // namespace earshot::reference
