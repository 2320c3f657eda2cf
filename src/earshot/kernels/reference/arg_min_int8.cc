// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/arg_max.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeArgMinInt8(const InvokeContext& context) {
  InvokeArgMax<int8_t>(context, [](int8_t a, int8_t b) { return a < b; });
}

}  // namespace

const Kernel kArgMinInt8 = {kArgMinInt8Key, PrepareArgMax, InvokeArgMinInt8};

}  // namespace earshot::reference
