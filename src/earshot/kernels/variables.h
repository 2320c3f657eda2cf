// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// VAR_HANDLE, READ_VARIABLE and ASSIGN_VARIABLE: what a model remembers from one Invoke() to the
// next.
//
//   VAR_HANDLE       output 0: a resource, which stands for the variable of the name in its options
//   READ_VARIABLE    input 0: a resource; output 0: a copy of the variable
//   ASSIGN_VARIABLE  input 0: a resource; input 1: what the variable holds from now on
//
// A variable is memory in the persistent part of the arena. All handles of one name stand for the
// same one. Nothing is left to do for VAR_HANDLE at run time: the others know where it leads.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: any type with plain elements; each variable is set by the subgraph of CALL_ONCE, which
// comes first.
constexpr KernelKey kAssignVariableKey(BuiltinOperator::ASSIGN_VARIABLE, TensorType::RESOURCE);
constexpr KernelKey kReadVariableKey(BuiltinOperator::READ_VARIABLE, TensorType::RESOURCE);
constexpr KernelKey kVarHandleKey(BuiltinOperator::VAR_HANDLE);

struct Variable {
  uint32_t offset;  // For InvokeContext::state() and array().
  uint32_t bytes;
  int32_t type;  // A TensorType.
};

// Each checks its operator and leaves a Variable as its data, for any type of plain elements.
//
// CALL_ONCE is the model's first operator, and each variable is assigned by its subgraph: so none
// is ever read without a value, and that subgraph is where its size is known from.
//
// kInvalidModel: wrong inputs or outputs, no options, a resource that no VAR_HANDLE in front of it
//   in the same subgraph gives, a value whose type or size is not the variable's.
// kUnsupported: a variable without such an assignment, READ_VARIABLE in CALL_ONCE's subgraph, other
//   kinds of resources, values without plain elements.
Verdict PrepareVarHandle(PrepareContext& context);
Verdict PrepareReadVariable(PrepareContext& context);
Verdict PrepareAssignVariable(PrepareContext& context);

}  // namespace earshot
