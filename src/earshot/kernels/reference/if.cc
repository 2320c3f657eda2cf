// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/control_flow.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/runtime/called_subgraph.h"

namespace earshot::reference {
namespace {

void InvokeIf(const InvokeContext& context) {
  const auto& branches = context.data<Branches>();
  const bool condition = *context.input<uint8_t>(0) != 0;
  SubgraphCall call(context, condition ? branches.then_branch : branches.else_branch);
  for (size_t i = 0; i < call.input_count(); ++i) call.SetInput(i, context.input<uint8_t>(1 + i));
  if (!call.Run()) return;
  for (size_t i = 0; i < call.output_count(); ++i) {
    call.CopyOutput(i, context.output<uint8_t>(i));
  }
}

}  // namespace

const Kernel kIf = {kIfKey, PrepareIf, InvokeIf};

}  // namespace earshot::reference
