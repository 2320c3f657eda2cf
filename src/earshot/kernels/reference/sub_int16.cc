// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/add_integer.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/sub.h"

namespace earshot::reference {
namespace {

void InvokeSubInt16(const InvokeContext& context) {
  InvokeInCommonScale<int16_t>(context, [](int32_t a, int32_t b) { return a - b; });
}

}  // namespace

const Kernel kSubInt16 = {kSubInt16Key, PrepareSubInt16, InvokeSubInt16};

}  // namespace earshot::reference
