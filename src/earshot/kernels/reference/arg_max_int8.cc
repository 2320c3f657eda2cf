// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/arg_max.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeArgMaxInt8(const InvokeContext& context) {
  InvokeArgMax<int8_t>(context, [](int8_t a, int8_t b) { return a > b; });
}

}  // namespace

const Kernel kArgMaxInt8 = {kArgMaxInt8Key, PrepareArgMax, InvokeArgMaxInt8};

}  // namespace earshot::reference
