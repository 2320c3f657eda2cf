// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/logical.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokeLogicalNot(const InvokeContext& context) {
  const auto* input = context.input<uint8_t>(0);
  auto* output = context.output<bool>(0);
  for (int32_t i = 0; i < context.data<Elementwise>().count; ++i) output[i] = input[i] == 0;
}

}  // namespace

const Kernel kLogicalNot = {kLogicalNotKey, PrepareLogicalNot, InvokeLogicalNot};

}  // namespace earshot::reference
