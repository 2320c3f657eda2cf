// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/comparison.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Of all six: the data says which.
void InvokeComparisonInt8(const InvokeContext& context) {
  InvokeComparisonQuantized<int8_t>(context);
}

}  // namespace

const Kernel kEqualInt8 = {kEqualInt8Key, PrepareComparisonQuantized, InvokeComparisonInt8};
const Kernel kGreaterInt8 = {kGreaterInt8Key, PrepareComparisonQuantized, InvokeComparisonInt8};
const Kernel kGreaterEqualInt8 = {kGreaterEqualInt8Key, PrepareComparisonQuantized,
                                  InvokeComparisonInt8};
const Kernel kLessInt8 = {kLessInt8Key, PrepareComparisonQuantized, InvokeComparisonInt8};
const Kernel kLessEqualInt8 = {kLessEqualInt8Key, PrepareComparisonQuantized, InvokeComparisonInt8};
const Kernel kNotEqualInt8 = {kNotEqualInt8Key, PrepareComparisonQuantized, InvokeComparisonInt8};

}  // namespace earshot::reference
