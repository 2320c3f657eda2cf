// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/variables.h"

namespace earshot::reference {
namespace {

// Those who use the resource know where it leads.
void InvokeVarHandle(const InvokeContext& /*context*/) {}

}  // namespace

const Kernel kVarHandle = {kVarHandleKey, PrepareVarHandle, InvokeVarHandle};

}  // namespace earshot::reference
