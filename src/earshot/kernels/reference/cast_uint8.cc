// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/cast.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCastUint8(const InvokeContext& context) {
  InvokeCast<uint8_t>(context, [](uint8_t value) { return value; });
}

}  // namespace

const Kernel kCastUint8 = {kCastUint8Key, PrepareCast, InvokeCastUint8};

}  // namespace earshot::reference
