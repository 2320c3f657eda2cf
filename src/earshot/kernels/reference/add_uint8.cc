// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/add.h"
#include "earshot/kernels/reference/add_integer.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeAddUint8(const InvokeContext& context) {
  InvokeInCommonScale<uint8_t>(context, [](int32_t a, int32_t b) { return a + b; });
}

}  // namespace

const Kernel kAddUint8 = {kAddUint8Key, PrepareAddUint8, InvokeAddUint8};

}  // namespace earshot::reference
