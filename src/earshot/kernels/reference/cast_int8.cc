// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/cast.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCastInt8(const InvokeContext& context) {
  InvokeCast<int8_t>(context, [](int8_t value) { return value; });
}

}  // namespace

const Kernel kCastInt8 = {kCastInt8Key, PrepareCast, InvokeCastInt8};

}  // namespace earshot::reference
