// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/add.h"
#include "earshot/kernels/reference/add_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeAddInt16(const InvokeContext& context) {
  InvokeInCommonScale<int16_t>(context, [](int32_t a, int32_t b) { return a + b; });
}

}  // namespace

const Kernel kAddInt16 = {kAddInt16Key, PrepareAddInt16, InvokeAddInt16};

}  // namespace earshot::reference
