// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/reference/cast.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCastBool(const InvokeContext& context) {
  InvokeCast<uint8_t>(context, [](uint8_t value) { return value != 0; });
}

}  // namespace

const Kernel kCastBool = {kCastBoolKey, PrepareCast, InvokeCastBool};

}  // namespace earshot::reference
