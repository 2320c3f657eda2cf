// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/cast.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCastInt32(const InvokeContext& context) {
  InvokeCast<int32_t>(context, [](int32_t value) { return value; });
}

}  // namespace

const Kernel kCastInt32 = {kCastInt32Key, PrepareCast, InvokeCastInt32};

}  // namespace earshot::reference
