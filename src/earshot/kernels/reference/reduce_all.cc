// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/logical.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeReduceAll(const InvokeContext& context) {
  Reduce(
      context.data<Reduction>(), context.input<uint8_t>(0), context.output<uint8_t>(0), true,
      [](bool value, uint8_t element) { return value && element != 0; },
      [](bool value) { return static_cast<uint8_t>(value ? 1 : 0); });
}

}  // namespace

const Kernel kReduceAll = {kReduceAllKey, PrepareReduceAll, InvokeReduceAll};

}  // namespace earshot::reference
