// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/arg_max.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeArgMinUint8(const InvokeContext& context) {
  InvokeArgMax<uint8_t>(context, [](uint8_t a, uint8_t b) { return a < b; });
}

}  // namespace

const Kernel kArgMinUint8 = {kArgMinUint8Key, PrepareArgMax, InvokeArgMinUint8};

}  // namespace earshot::reference
