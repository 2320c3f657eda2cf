// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/variables.h"

namespace earshot::reference {
namespace {

void InvokeReadVariable(const InvokeContext& context) {
  const auto& variable = context.data<Variable>();
  std::memcpy(context.output<uint8_t>(0), context.array<uint8_t>(variable.offset), variable.bytes);
}

}  // namespace

const Kernel kReadVariable = {kReadVariableKey, PrepareReadVariable, InvokeReadVariable};

}  // namespace earshot::reference
