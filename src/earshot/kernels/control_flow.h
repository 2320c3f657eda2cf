// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// IF and WHILE: have other subgraphs run, as often as truths say.
//
//   IF     input 0: bool, one; the others are what the chosen subgraph takes, in its order;
//   outputs:
//          what it gives
//   WHILE  inputs: what both subgraphs take at first; outputs: what the body gave at last, or the
//          inputs if it never ran. The condition gives one bool, the body as much as it takes.
//
// What goes in and out is copied. A WHILE whose condition stays true never ends, nor does Invoke()
// then, as in TFLM: models that are not trusted should not have it in their list of kernels.
#pragma once

#include <cstdint>

#include "earshot/base/status.h"
#include "earshot/runtime/kernel.h"

namespace earshot {

// Limits: no variable tensors in the subgraphs, which do not call themselves.
constexpr KernelKey kIfKey(BuiltinOperator::IF);
// Limits: no variable tensors in the subgraphs, which do not call themselves.
constexpr KernelKey kWhileKey(BuiltinOperator::WHILE);

// Both for SubgraphCall.
struct Branches {
  uint32_t then_branch;
  uint32_t else_branch;
};

struct Loop {
  uint32_t condition;
  uint32_t body;
};

// Each checks its operator and has its subgraphs prepared.
//
// kInvalidModel: no options, no such subgraph, or one that takes or gives something else.
// kUnsupported: more than kMostNestedCalls within one another, a subgraph that calls itself, the
//   main one or that of CALL_ONCE, variable tensors in one; what the subgraph's operators are
//   refused for.
Verdict PrepareIf(PrepareContext& context);
Verdict PrepareWhile(PrepareContext& context);

}  // namespace earshot
