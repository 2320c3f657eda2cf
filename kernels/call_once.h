// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// CALL_ONCE: has another subgraph run once, before all else: it sets variables to their start
// values.
//
// It takes and gives nothing.
#pragma once

#include "base/status.h"
#include "runtime/kernel.h"

namespace earshot {

// Checks the operator and names its subgraph to the interpreter, which runs that in the first
// Invoke(), and in the first one after ResetVariables().
//
// kInvalidModel: inputs or outputs, no options, no such subgraph, or the main one.
// kUnsupported: a second CALL_ONCE, one in a subgraph that a CALL_ONCE names, or a subgraph that
//   takes or gives tensors.
Verdict PrepareCallOnce(PrepareContext& context);

}  // namespace earshot
