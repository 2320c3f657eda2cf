// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/logical.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeLogicalOr(const InvokeContext& context) {
  ForEachPair(context.data<Broadcast>(), context.input<uint8_t>(0), context.input<uint8_t>(1),
              context.output<bool>(0), [](uint8_t a, uint8_t b) { return a != 0 || b != 0; });
}

}  // namespace

const Kernel kLogicalOr = {kLogicalOrKey, PrepareLogicalPair, InvokeLogicalOr};

}  // namespace earshot::reference
