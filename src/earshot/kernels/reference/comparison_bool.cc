// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/comparison.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// Of all six: the data says which.
void InvokeComparisonBool(const InvokeContext& context) {
  InvokeComparison<uint8_t>(context, [](uint8_t element) { return element != 0; });
}

}  // namespace

const Kernel kEqualBool = {kEqualBoolKey, PrepareComparison, InvokeComparisonBool};
const Kernel kNotEqualBool = {kNotEqualBoolKey, PrepareComparison, InvokeComparisonBool};

}  // namespace earshot::reference
