// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/cast.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCastUint32(const InvokeContext& context) {
  InvokeCast<uint32_t>(context, [](uint32_t value) { return value; });
}

}  // namespace

const Kernel kCastUint32 = {kCastUint32Key, PrepareCast, InvokeCastUint32};

}  // namespace earshot::reference
