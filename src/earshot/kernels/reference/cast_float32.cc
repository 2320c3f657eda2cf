// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/cast.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCastFloat32(const InvokeContext& context) {
  InvokeCast<float>(context, [](float value) { return value; });
}

}  // namespace

const Kernel kCastFloat32 = {kCastFloat32Key, PrepareCast, InvokeCastFloat32};

}  // namespace earshot::reference
