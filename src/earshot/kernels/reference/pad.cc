// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/kernels/pad.h"

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/copy_runs.h"
#include "earshot/kernels/reference/kernels.h"

namespace earshot::reference {
namespace {

void InvokePad(const InvokeContext& context) {
  const auto& data = context.data<Pad>();
  auto* output = context.output<uint8_t>(0);
  std::memset(output, static_cast<uint8_t>(data.zero), data.output_bytes);
  CopyRuns(context, data.inside, context.input<uint8_t>(0), output);
}

}  // namespace

const Kernel kPad = {kPadKey, PreparePad, InvokePad};

}  // namespace earshot::reference
