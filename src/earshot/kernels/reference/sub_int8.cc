// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/add_integer.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/sub.h"

namespace earshot::reference {
namespace {

void InvokeSubInt8(const InvokeContext& context) {
  InvokeInCommonScale<int8_t>(context, [](int32_t a, int32_t b) { return a - b; });
}

}  // namespace

const Kernel kSubInt8 = {kSubInt8Key, PrepareSubInt8, InvokeSubInt8};

}  // namespace earshot::reference
