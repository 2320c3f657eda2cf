// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/cast.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCastInt16(const InvokeContext& context) {
  InvokeCast<int16_t>(context, [](int16_t value) { return value; });
}

}  // namespace

const Kernel kCastInt16 = {kCastInt16Key, PrepareCast, InvokeCastInt16};

}  // namespace earshot::reference
