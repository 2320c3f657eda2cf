// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/cast.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeCastInt64(const InvokeContext& context) { InvokeCast<schema::Int64>(context, ValueOf); }

}  // namespace

const Kernel kCastInt64 = {kCastInt64Key, PrepareCast, InvokeCastInt64};

}  // namespace earshot::reference
