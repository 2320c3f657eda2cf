// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CALL_ONCE: has another subgraph run once, before all else: it sets variables to their start
// values.
//
// It takes and gives nothing.
#pragma once

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: the model's first operator; its subgraph is number 1, and takes and gives nothing.
constexpr KernelKey kCallOnceKey(BuiltinOperator::CALL_ONCE);

// Checks the operator. The interpreter looks for it by itself, as a model's first operator, and
// runs its subgraph in the first Invoke() and in the first one after ResetVariables().
//
// kInvalidModel: inputs or outputs, no options, no such subgraph.
// kUnsupported: a CALL_ONCE that is not the first operator of the main subgraph, another subgraph
//   than number 1, where converters put it, or one that takes or gives tensors.
Verdict PrepareCallOnce(PrepareContext& context);

}  // namespace earshot
