// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/call_once.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

// The interpreter has run the subgraph.
void InvokeCallOnce(const InvokeContext& /*context*/) {}

}  // namespace

const Kernel kCallOnce = {kCallOnceKey, PrepareCallOnce, InvokeCallOnce};

}  // namespace earshot::reference
