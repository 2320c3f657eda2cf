// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <cstring>

#include "earshot/kernels/reference/copy_runs.h"
#include "earshot/kernels/reference/kernels.h"
#include "earshot/kernels/reference/window_place.h"
#include "earshot/kernels/window.h"

namespace earshot::reference {
namespace {

void InvokeDynamicUpdateSlice(const InvokeContext& context) {
  const auto& data = context.data<Window>();
  auto* output = context.output<uint8_t>(0);
  std::memcpy(output, context.input<uint8_t>(0), data.whole_bytes);
  CopyRuns(context, data.copy, context.input<uint8_t>(1), output + WindowPlace(context, 2));
}

}  // namespace

const Kernel kDynamicUpdateSlice = {kDynamicUpdateSliceKey, PrepareDynamicUpdateSlice,
                                    InvokeDynamicUpdateSlice};

}  // namespace earshot::reference
