// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>

#include "earshot/kernels/pad.h"
#include "earshot/kernels/reference/copy_runs.h"
#include "earshot/kernels/reference/fill.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokePadV2(const InvokeContext& context) {
  const auto& data = context.data<Pad>();
  auto* output = context.output<uint8_t>(0);
  FillWithElement(context.input<uint8_t>(2), data.element_bytes, output, data.output_bytes);
  CopyRuns(context, data.inside, context.input<uint8_t>(0), output);
}

}  // namespace

const Kernel kPadV2 = {kPadV2Key, PreparePadV2, InvokePadV2};

}  // namespace earshot::reference
