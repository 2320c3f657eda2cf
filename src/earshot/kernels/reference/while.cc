// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/control_flow.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/runtime/called_subgraph.h"

namespace earshot::reference {
namespace {

// Runs the condition or the body on what the operator's outputs hold.
bool RunOnOutputs(const InvokeContext& context, SubgraphCall& call) {
  for (size_t i = 0; i < call.input_count(); ++i) call.SetInput(i, context.output<uint8_t>(i));
  return call.Run();
}

bool IsTrue(const InvokeContext& context, const Loop& loop) {
  SubgraphCall condition(context, loop.condition);
  return RunOnOutputs(context, condition) && *condition.output(0) != 0;
}

void InvokeWhile(const InvokeContext& context) {
  const auto& loop = context.data<Loop>();
  {
    SubgraphCall body(context, loop.body);
    for (size_t i = 0; i < body.input_count(); ++i) {
      body.CopyLikeInput(i, context.input<uint8_t>(i), context.output<uint8_t>(i));
    }
  }
  while (IsTrue(context, loop)) {
    SubgraphCall body(context, loop.body);
    if (!RunOnOutputs(context, body)) return;
    for (size_t i = 0; i < body.output_count(); ++i) {
      body.CopyOutput(i, context.output<uint8_t>(i));
    }
  }
}

}  // namespace

const Kernel kWhile = {kWhileKey, PrepareWhile, InvokeWhile};

}  // namespace earshot::reference
