// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/variables.h"

namespace earshot::reference {
namespace {

void InvokeAssignVariable(const InvokeContext& context) {
  const auto& variable = context.data<Variable>();
  std::memcpy(context.state<uint8_t>(variable.offset), context.input<uint8_t>(1), variable.bytes);
}

}  // namespace

const Kernel kAssignVariable = {kAssignVariableKey, PrepareAssignVariable, InvokeAssignVariable};

}  // namespace earshot::reference
